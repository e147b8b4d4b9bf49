import GuaranteeClients
import Translation

/// A program's own HTTP client, as the clients of the toolkit use one.
struct ForeignTransport: ExchangeTransport {
    let transport: any AdapterTransport

    func send(_ request: ExchangeRequest, to base: BaseURL, limits: TransportLimits) async throws(TransportError)
        -> ExchangeResponse
    {
        let asked = AdapterRequest(
            method: request.method, url: base.description + request.path,
            headers: request.headers.fields.map { ($0.name, $0.value) }, body: request.body)
        do {
            let answer = try await transport.send(asked)
            var headers = HeaderFields()
            for (name, value) in answer.headers { headers.append(name, value) }
            return ExchangeResponse(status: answer.status, headers: headers, body: answer.body)
        } catch is CancellationError where Task.isCancelled {
            throw TransportError(.cancelled, nothingSent: false, "the call was cancelled")
        } catch let error as AdapterTransportError {
            throw TransportError(
                error.nothingSent ? .notConnected : .interrupted, nothingSent: error.nothingSent, error.message)
        } catch {
            throw TransportError(.interrupted, nothingSent: false, "the transport failed")
        }
    }
}

/// A program's own tokens.
struct ForeignTokens: TokenSource {
    let provide: @Sendable () async throws -> String

    func token() async throws(TokenError) -> BearerToken {
        let text: String
        do { text = try await provide() } catch { throw TokenError(.missing, "The program has no token.") }
        return BearerToken(try TokenText.checked(text, in: "What the program gives for a token"))
    }

    func replacement(for refused: BearerToken) async throws(TokenError) -> BearerToken? {
        let other = try await token()
        return other == refused ? nil : other
    }
}

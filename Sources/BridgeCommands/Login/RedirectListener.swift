import Foundation
import GuaranteeClients
import Hummingbird
import Logging
import ServiceLifecycle

/// Waits on this machine for the browser that comes back from a login.
struct RedirectListener: Sendable {
    let address: ListenAddress
    let flow: AuthorizationCodeFlow

    /// The code that the browser brings.
    ///
    /// - Throws: `TokenError`: consent was denied, or nobody came in time.
    func code(within patience: Duration) async throws -> Secret {
        let (codes, found) = AsyncStream<Result<Secret, TokenError>>.makeStream()
        let responder = CallbackResponder { [flow] (request: Request, _: BasicRequestContext) in
            do throws(TokenError) {
                let code = try flow.code(inRedirect: request.uri.string)
                found.yield(.success(code))
                return Self.page("The code has arrived: this window can be closed, the terminal tells how it went on.")
            } catch  where error.code == .missing {
                // A browser asks for more than the page: its icon, for one.
                return Self.page(error.message, status: .notFound)
            } catch {
                found.yield(.failure(error))
                return Self.page(error.message, status: .badRequest)
            }
        }
        var logger = Logger(label: "nctsbridge.login")
        logger.logLevel = .error
        let application = Application(
            responder: responder,
            configuration: ApplicationConfiguration(address: .hostname(address.host, port: address.port)),
            logger: logger)
        let services = ServiceGroup(services: [application], logger: logger)
        // A server that is cancelled leaves connections behind that nobody owns: it is shut down instead.
        let serving = Task {
            do { try await services.run() } catch { found.yield(.failure(Self.error(error, address))) }
            found.finish()
        }
        let code = await first(of: codes, within: patience)
        // The browser is to have its page before the listener ends.
        await services.triggerGracefulShutdown()
        await serving.value
        return try code.get()
    }

    private func first(
        of codes: AsyncStream<Result<Secret, TokenError>>, within patience: Duration
    ) async -> Result<Secret, TokenError> {
        await withTaskGroup(of: Result<Secret, TokenError>?.self) { group in
            group.addTask {
                for await code in codes { return code }
                return nil
            }
            group.addTask {
                guard (try? await Task.sleep(for: patience)) != nil else { return nil }
                return .failure(TokenError(.missing, "Nobody logged in within \(patience): run login again."))
            }
            let ended = await group.next() ?? nil
            group.cancelAll()
            return ended ?? .failure(TokenError(.cancelled, "The login was cancelled."))
        }
    }

    private static func error(_ error: any Error, _ address: ListenAddress) -> TokenError {
        TokenError(.unavailable, "Can't listen on \(address.description(port: address.port)): \(error)")
    }

    private static func page(_ text: String, status: HTTPResponse.Status = .ok) -> Response {
        Response(
            status: status, headers: [.contentType: "text/plain; charset=utf-8"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text + "\n")))
    }
}

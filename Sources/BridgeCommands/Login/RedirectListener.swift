import Foundation
import GuaranteeClients
import Hummingbird
import Logging

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
                return Self.page("You are logged in: this window can be closed.")
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
        return try await withThrowingTaskGroup(of: Secret?.self) { group in
            group.addTask {
                try await application.run()
                return nil
            }
            group.addTask {
                for await code in codes {
                    // The browser is to have its page before the listener ends.
                    try await Task.sleep(for: .milliseconds(200))
                    return try code.get()
                }
                return nil
            }
            group.addTask {
                try await Task.sleep(for: patience)
                throw TokenError(.missing, "Nobody logged in within \(patience): run login again.")
            }
            defer { group.cancelAll() }
            while let code = try await group.next() {
                if let code { return code }
            }
            throw TokenError(.cancelled, "The login was cancelled.")
        }
    }

    private static func page(_ text: String, status: HTTPResponse.Status = .ok) -> Response {
        Response(
            status: status, headers: [.contentType: "text/plain; charset=utf-8"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text + "\n")))
    }
}

import ArgumentParser
import Batch
import Comparison
import Evidence
import Gateway
import GuaranteeClients
import HTTPTransport
import Translation

/// The exit codes of design section 7, by what ended a command.
enum Exit {
    /// Some input was rejected.
    static let rejected = ExitCode(1)
    /// No answer that says anything about the guarantee.
    static let inconclusive = ExitCode(2)
    static let noInput = ExitCode(66)
    static let defect = ExitCode(70)
    static let cantWrite = ExitCode(73)
    /// The service, or a port of this machine, is not to be had.
    static let unavailable = ExitCode(75)

    /// Runs a command's body; what ends it is told on standard error, with the exit code that fits.
    static func reporting(_ body: () async throws -> Void) async throws {
        do {
            try await body()
        } catch let error as InputError {
            throw fail(error.description, noInput)
        } catch let error as OutputError {
            throw fail(error.description, cantWrite)
        } catch let error as MappingError {
            throw fail(error.description, ExitCode.validationFailure)
        } catch let error as TokenError {
            throw fail(error.description, code(error.code))
        } catch let error as EvidenceError {
            throw fail(error.description, code(error.code))
        } catch let error as TransportSetupError {
            throw fail(error.description, ExitCode.validationFailure)
        } catch let error as SettingsProblems {
            throw fail(error.description, ExitCode.validationFailure)
        } catch let error as GatewayError {
            throw fail(error.description, error.code == .cantWrite ? cantWrite : .validationFailure)
        } catch let error as ExitCode {
            throw error
        } catch let error as ValidationError {
            throw error
        } catch {
            throw fail("a defect of nctsbridge: \(error)", defect)
        }
    }

    private static func code(_ code: TokenError.Code) -> ExitCode {
        switch code {
        case .cantStore: cantWrite
        case .unavailable: unavailable
        default: inconclusive
        }
    }

    private static func code(_ code: EvidenceError.Code) -> ExitCode {
        switch code {
        case .missing, .unknown, .cantRead: noInput
        case .busy, .cantWrite: cantWrite
        case .mismatch: ExitCode.validationFailure
        }
    }

    /// What a verdict exits with; nil where all is well.
    static func code(of verdict: Verdict) -> ExitCode? {
        switch verdict {
        case .ready: nil
        case .notReady: rejected
        case .notEnoughEvidence: inconclusive
        }
    }

    static func fail(_ message: String, _ code: ExitCode) -> ExitCode {
        Terminal.error("nctsbridge: \(message)")
        return code
    }
}

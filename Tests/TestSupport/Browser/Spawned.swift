import Foundation

/// A program that is started, and waited for.
///
/// Not by Foundation's `Process`: that reads past its memory now and then where more than a thousand files are open
/// (swift-corelibs-foundation, pull request 5472), as there are while servers are tested.
struct Spawned {
    private let id: pid_t

    struct Failure: Error, CustomStringConvertible {
        var description: String
    }

    /// - Parameters:
    ///   - input, output, errors: files.
    init(_ command: [String], in folder: URL, input: String, output: String, errors: String) throws {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for (descriptor, path, flags) in [(0, input, O_RDONLY), (1, output, O_WRONLY), (2, errors, O_WRONLY)] {
            posix_spawn_file_actions_addopen(&actions, Int32(descriptor), path, flags, 0)
        }
        // What is open here is none of the program's.
        let start = """
            import os, sys
            os.closerange(3, 1 << 20)
            os.chdir(sys.argv[1])
            os.execvp(sys.argv[2], sys.argv[2:])
            """
        let environment = ProcessInfo.processInfo.environment.map { "\($0.key)=\($0.value)" }
        let arguments = ["/usr/bin/env", "python3", "-c", start, folder.path] + command
        var id: pid_t = 0
        let error = Self.withPointers(to: arguments) { arguments in
            Self.withPointers(to: environment) { environment in
                posix_spawn(&id, "/usr/bin/env", &actions, nil, arguments, environment)
            }
        }
        guard error == 0 else { throw Failure(description: "\(command[0]): \(String(cString: strerror(error)))") }
        self.id = id
    }

    /// Waits for its end, and ends what takes longer.
    ///
    /// - Returns: the exit code, or the signal's number below zero.
    func status(within limit: Duration) -> Int32 {
        let deadline = ContinuousClock.now + limit
        var status: Int32 = 0
        while waitpid(id, &status, WNOHANG) == 0 {
            if ContinuousClock.now > deadline { kill(id, SIGKILL) }
            usleep(10_000)
        }
        let signal = status & 0x7F
        return signal == 0 ? status >> 8 & 0xFF : -signal
    }

    private static func withPointers<Value>(
        to texts: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Value
    ) -> Value {
        let pointers = texts.map { strdup($0) }
        defer { for pointer in pointers { free(pointer) } }
        return body(pointers + [nil])
    }
}

import ArgumentParser
import Batch
import Foundation
import Translation

/// Where an access code comes from: never from an argument, which other users of the machine can see.
struct AccessCodeOptions: ParsableArguments {
    @Option(help: ArgumentHelp("A file that holds the access code, readable by you alone.", valueName: "file"))
    var accessCodeFile: String?

    @Option(help: ArgumentHelp("The environment variable that holds the access code.", valueName: "name"))
    var accessCodeEnv: String?

    func validate() throws {
        guard accessCodeFile == nil || accessCodeEnv == nil else {
            throw ValidationError("Give --access-code-file or --access-code-env, not both.")
        }
    }

    /// The code; a person at the terminal is asked where neither option tells it.
    func load() throws -> AccessCode {
        let text: String
        if let accessCodeFile {
            text = try Self.contents(of: accessCodeFile)
        } else if let accessCodeEnv {
            guard let value = ProcessInfo.processInfo.environment[accessCodeEnv] else {
                throw ValidationError("The variable \(accessCodeEnv) is not set: put the access code into it.")
            }
            text = value
        } else {
            guard let answer = SecretPrompt.ask("Access code: ") else {
                throw ValidationError(
                    "There is no terminal to ask for the access code: give --access-code-file or --access-code-env.")
            }
            text = answer
        }
        guard !text.isEmpty else { throw ValidationError("The access code is empty.") }
        return AccessCode(text)
    }

    private static func contents(of path: String) throws -> String {
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT != S_IFDIR,
            let bytes = FileManager.default.contents(atPath: path)
        else { throw InputError(path: path, message: "can't be read") }
        guard status.st_mode & 0o077 == 0 else {
            throw ValidationError("\(path) can be read by others: run chmod 600 \(path) first.")
        }
        // Line ends are looked at as bytes: CR and LF together are one character.
        var text = Array(bytes)[...]
        if text.last == 0x0A { text.removeLast() }
        if text.last == 0x0D { text.removeLast() }
        return String(decoding: text, as: UTF8.self)
    }
}

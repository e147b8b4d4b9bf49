import ArgumentParser
import Batch
import Foundation

struct Verify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Check files against the manifest of the run that read and wrote them.",
        discussion: """
            Run it where convert was run: paths are those of the manifest. Exit code 0: all is as it was; 1: something is \
            not.
            """)

    @Argument(help: "What convert --manifest wrote.")
    var manifest: String

    @Flag(help: "Convert once more, and compare what comes out.")
    var again = false

    @Option(
        help: ArgumentHelp("Whose signature the manifest must bear: an Ed25519 public key (PEM).", valueName: "file"))
    var publicKey: String?

    func run() async throws {
        try await Exit.reporting {
            guard let data = FileManager.default.contents(atPath: manifest) else {
                throw InputError(path: manifest, message: "can't be read")
            }
            let manifest = try Manifest(parsing: data, path: manifest)
            var problems = try signatureProblems(data)
            var inputs: [String] = []
            for input in manifest.inputs { inputs += Self.problem(of: input, "input") }
            problems += inputs
            for output in manifest.outputs { problems += Self.problem(of: output.file, output.kind) }
            if again {
                if inputs.isEmpty {
                    problems += try await convertedAgain(manifest)
                } else {
                    problems.append("not converted again: the inputs are not what they were")
                }
            }
            for problem in problems { Terminal.error(problem) }
            guard problems.isEmpty else { throw Exit.rejected }
            let files = manifest.inputs.count + manifest.outputs.count
            Terminal.error(
                "\(files) files are what they were: \(manifest.inputs.count) read, \(manifest.outputs.count) written"
                    + (again ? "; converted again, all came out the same" : "")
                    + (publicKey == nil ? "." : "; the signature is right."))
        }
    }

    private func signatureProblems(_ data: Data) throws -> [String] {
        guard let publicKey else { return [] }
        guard let signature = FileManager.default.contents(atPath: manifest + ".sig") else {
            return ["\(manifest): it bears no signature: \(manifest).sig is not there"]
        }
        return try ManifestSignature.isValid(signature, of: data, with: publicKey)
            ? [] : ["\(manifest): the signature is not that of this manifest and this key"]
    }

    private static func problem(of file: FileDigest, _ kind: String) -> [String] {
        do throws(InputError) {
            let now = try FileDigest(of: file.path)
            if now == file { return [] }
            return [
                "\(file.path) (\(kind)): \(now.bytes == file.bytes ? "has other bytes" : "has \(now.bytes) bytes, not \(file.bytes)")"
            ]
        } catch {
            return ["\(file.path) (\(kind)): \(error.message)"]
        }
    }

    /// Converts as the manifest says, elsewhere, and compares.
    private func convertedAgain(_ manifest: Manifest) async throws -> [String] {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
            "nctsbridge-verify-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        defer { try? FileManager.default.removeItem(at: folder) }
        guard var convert = try? Convert.parse(manifest.arguments), let seed = UInt64(manifest.seed) else {
            return ["\(self.manifest): its arguments are none that this version takes"]
        }
        let places = convert.redirect(to: folder.path, besides: manifest)
        let tally = try await convert.convert(at: RunMoment(now: manifest.clock, seed: seed)).tally
        var problems: [String] = []
        if tally.records.read != manifest.records.read || tally.records.converted != manifest.records.converted {
            problems.append(
                "converted again: \(tally.records.converted) of \(tally.records.read) records, not "
                    + "\(manifest.records.converted) of \(manifest.records.read)")
        }
        for output in manifest.outputs {
            guard let path = places(output.file.path) else {
                problems.append("\(output.file.path) (\(output.kind)): is no output of these arguments")
                continue
            }
            let now = try? FileDigest(of: path)
            if now?.sha256 != output.file.sha256 {
                problems.append(
                    "\(output.file.path) (\(output.kind)): \(now == nil ? "did not come" : "came") out \(now == nil ? "again" : "differently") when converted again"
                )
            }
        }
        return problems
    }
}

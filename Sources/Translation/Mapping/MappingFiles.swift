internal import Foundation
internal import Mappings

/// Where the mapping files come from: those that were built in, or a folder that replaces them (design section 3).
package struct MappingFiles: Sendable {
    private let read: @Sendable (String) throws -> [UInt8]
    /// The files' names below `mappings/`, sorted: `rules/CD037A.yaml`.
    package let names: [String]

    /// The files that were built into the toolkit.
    package static let embedded: MappingFiles = {
        var contents: [String: [UInt8]] = [:]
        for index in 0..<nctsbridge_mapping_file_count() {
            let file = nctsbridge_mapping_file_at(index)
            guard let name = file.name, let bytes = file.bytes else { continue }
            contents[String(cString: name)] = Array(UnsafeBufferPointer(start: bytes, count: file.count))
        }
        return MappingFiles(contents: contents)
    }()

    package init(contents: [String: [UInt8]]) {
        names = contents.keys.sorted()
        read = { name in
            guard let bytes = contents[name] else { throw MappingError(file: name, message: "there is no such file") }
            return bytes
        }
    }

    /// The files of a folder with the same layout as `mappings/`.
    package init(folder: String) throws(MappingError) {
        let root = URL(fileURLWithPath: folder, isDirectory: true)
        var names: [String] = []
        for part in ["rules", "schemas", "tables"] {
            do {
                let files = try FileManager.default.contentsOfDirectory(atPath: root.appendingPathComponent(part).path)
                names += files.filter { !$0.hasPrefix(".") }.map { "\(part)/\($0)" }
            } catch {
                throw MappingError(file: "\(folder)/\(part)", message: "the folder can't be read")
            }
        }
        self.names = names.sorted()
        read = { name in
            guard let data = FileManager.default.contents(atPath: root.appendingPathComponent(name).path) else {
                throw MappingError(file: "\(folder)/\(name)", message: "the file can't be read")
            }
            return Array(data)
        }
    }

    package func bytes(of name: String) throws -> [UInt8] { try read(name) }
}

/// Why mapping files can't be used: the file, the line where there is one, and what to mend.
package struct MappingError: Error, Equatable, CustomStringConvertible {
    package var file: String
    package var line: Int?
    package var message: String

    package init(file: String, line: Int? = nil, message: String) {
        self.file = file
        self.line = line
        self.message = message
    }

    package var description: String { line.map { "\(file):\($0): \(message)" } ?? "\(file): \(message)" }
}

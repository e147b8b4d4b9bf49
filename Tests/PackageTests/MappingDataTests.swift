import Foundation
import Testing
import Translation

@Suite struct `Mappings are data` {
    @Test func `and all of their files are built in, as they are`() throws {
        let files = try Repository.files(in: "mappings", extensions: ["yaml", "xsd", "json"])
        #expect(Set(files.keys) == Set(MappingFiles.embedded.names))
        for (name, text) in files {
            #expect(try MappingFiles.embedded.bytes(of: name) == Array(text.utf8), "\(name) differs")
        }
    }

    @Test func `that fit together`() throws {
        let (_, problems) = try MappingSet.check(.embedded)
        #expect(problems == [])
    }

    @Test func `so no leaf of an XML message is named in Swift`() throws {
        let schemas = try Repository.files(in: "mappings/schemas", extensions: ["xsd"])
        var names: Set<String> = []
        for text in schemas.values {
            for part in text.components(separatedBy: "<xs:element name=\"").dropFirst() {
                guard part.prefix(while: { $0 != ">" }).contains("type=") else { continue }
                names.insert(String(part.prefix { $0 != "\"" }))
            }
        }
        #expect(names.count > 100)
        for (path, text) in try Repository.files(in: "Sources", extensions: ["swift"]) {
            let words = Set(Self.code(text).split { !($0.isLetter || $0.isNumber) }.map(String.init))
            #expect(words.isDisjoint(with: names), "\(path) names \(words.intersection(names))")
        }
    }

    @Test(arguments: ["taxIdentifier", "guaranteeReference", "errorPointer", "errorType", "errorReason", "currencyCL"])
    func `and no member of a JSON message either`(name: String) throws {
        for (path, text) in try Repository.files(in: "Sources", extensions: ["swift"]) {
            #expect(!Self.code(text).contains(name), "\(path) names \(name)")
        }
    }

    /// A file without its comments.
    private static func code(_ text: String) -> String {
        text.split(separator: "\n").map { line in
            line.range(of: "//").map { String(line[..<$0.lowerBound]) } ?? String(line)
        }.joined(separator: "\n")
    }
}

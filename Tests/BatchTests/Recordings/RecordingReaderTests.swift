import Foundation
import TestSupport
import Testing
import Translation

@testable import Batch

@Suite final class `Reading recordings` {
    private let root = FileManager.default.temporaryDirectory.appending(path: "nctsbridge-\(UUID().uuidString)")

    init() throws {
        try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(at: root)
    }

    @Test func `goes through folders of all kinds of files, and through what can't be read`() throws {
        let good = Recordings.exchange()
        for (name, text) in [
            ("a.ndjson", "\(good)\n{\n\(good)\n"), ("b.har", HTTPArchiveTests.archive([HTTPArchiveTests.entry()])),
            ("c/empty.json", ""), ("d.txt", try Recordings.sample("v1-xml/CD906A.xml")),
        ] {
            let url = root.appending(path: name)
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: url)
        }
        try FileManager.default.createSymbolicLink(
            atPath: root.appending(path: "e.json").path, withDestinationPath: "nowhere")
        let items = try Recordings.items(at: root.path, of: .v1)
        let names = items.map { String($0.source.dropFirst(root.path.count + 1)) }
        #expect(
            names == [
                "a.ndjson:1", "a.ndjson:1", "a.ndjson:2", "a.ndjson:3", "a.ndjson:3", "b.har, entry 1",
                "b.har, entry 1",
                "c/empty.json", "d.txt", "e.json",
            ])
        #expect(items.compactMap { $0.error?.code } == [.malformedJSON, .unknownMessage, .unreadable])
    }

    @Test func `ends where whoever asked wants no more`() throws {
        struct Enough: Error {}
        let file = root.appending(path: "a.ndjson")
        try Data(String(repeating: Recordings.exchange() + "\n", count: 1000).utf8).write(to: file)
        let mappings = try Recordings.mappings.get()
        let reader = RecordingReader(
            side: .v1, mappings: mappings, masker: Masker(mappings), options: InputOptions())
        var count = 0
        #expect(throws: Enough.self) {
            try reader.read(try InputFiles.find([file.path]).files) { _ in
                count += 1
                if count == 10 { throw Enough() }
            }
        }
        #expect(count == 10)
    }

    private static let pieces = [
        "{", "}", "[", "]", ",", ":", "\"", "\n", " ", "null", "17", "{\"log\":{\"entries\":[", "]}}", "\\", "é", "\0",
        "\"request\":", "\"response\":", "\"status\":200", "\"body\":", "\"path\":\"/customs/guarantees/balances\"",
        "\"method\":\"POST\"", "\"payload\":", "\"headers\":{}", "\"url\":\"https://x\"", "<CD037A>", "<a/>",
        Recordings.exchange(), HTTPArchiveTests.entry(), HTTPArchiveTests.archive([HTTPArchiveTests.entry()]),
        Recordings.v1Body,
    ]

    @Test func `takes whatever comes, the same in pieces of any size`() throws {
        var random = SeededRandom.forTest("RecordingReaderTests")
        for _ in 0..<400 {
            var text = random.pick(["", "", HTTPArchiveTests.archive(["{}"]), Recordings.exchange() + "\n"])
            for _ in 0..<random.below(12) { text += random.pick(Self.pieces) }
            var bytes = random.chance(10) ? utf16(text) : Array(text.utf8)
            for _ in 0..<random.below(3) where !bytes.isEmpty {
                bytes[random.below(bytes.count)] = UInt8(random.below(256))
            }
            for side in [RecordedSide.v1, .v2] {
                let whole = try Recordings.items(in: bytes, of: side).map { $0.source + " " + $0.summary }
                let parts = try Recordings.items(in: bytes, of: side, chunkSize: random.int(in: 1...50))
                #expect(parts.map { $0.source + " " + $0.summary } == whole)
            }
        }
    }
}

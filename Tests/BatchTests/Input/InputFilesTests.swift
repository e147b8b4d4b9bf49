import Foundation
import Testing
import Translation

@testable import Batch

@Suite("Finding files")
final class InputFilesTests {
    private let root = FileManager.default.temporaryDirectory.appending(path: "nctsbridge-\(UUID().uuidString)")

    init() throws {
        try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(at: root)
    }

    private func write(_ path: String, _ text: String = "<a/>") throws {
        let url = root.appending(path: path)
        try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: url)
    }

    private func link(_ path: String, to target: String) throws {
        try FileManager.default.createSymbolicLink(
            atPath: root.appending(path: path).path, withDestinationPath: target)
    }

    @Test("Folders are walked, sorted by bytes, without hidden names")
    func walk() throws {
        for path in ["in/b.xml", "in/a/z.xml", "in/a.xml", "in/B", "in/é", "in/a/.x", "in/.git/c", "in/a/d/e"] {
            try write(path)
        }
        let folder = root.appending(path: "in").path
        let found = try InputFiles.find([folder])
        let files = found.files
        #expect(files.map(\.relativePath) == ["B", "a.xml", "a/d/e", "a/z.xml", "b.xml", "é"])
        #expect(files.map(\.path) == files.map { folder + "/" + $0.relativePath })
        #expect(files.allSatisfy { !$0.isNamed })
        #expect(found.hidden == 2)
        #expect(try InputFiles.find([folder + "/"]).files == files)
    }

    @Test("Inputs keep their order, and a file that is named its name")
    func named() throws {
        for path in ["2/b", "1/a", ".hidden"] { try write(path) }
        let names = ["2", "-", "1/a", ".hidden"].map { $0 == "-" ? $0 : root.appending(path: $0).path }
        let files = try InputFiles.find(names).files
        #expect(files.map(\.relativePath) == ["b", "stdin", "a", ".hidden"])
        #expect(files.map(\.isNamed) == [false, true, true, true])
        #expect(files[1].path == "-")
        #expect(files[2].path == names[2])
    }

    @Test("An input that is not there, and standard input twice, are refused")
    func missing() throws {
        let path = root.appending(path: "none").path
        let error = try #require(throws: InputError.self) { try InputFiles.find([path]) }
        #expect(error.path == path)
        #expect(throws: InputError.self) { try InputFiles.find(["-", "-"]) }
    }

    @Test("A file that is reached twice is refused: its records would count twice")
    func twice() throws {
        for path in ["in/a", "in/b"] { try write(path) }
        let folder = root.appending(path: "in").path
        for inputs in [
            ["\(folder)/a", "\(folder)/a"], [folder, "\(folder)/b"], [folder, folder],
            ["\(folder)/a", "\(folder)//a"], [folder, "\(folder)/../in/b"], ["\(folder)/./a", folder],
        ] {
            let error = #expect(throws: InputError.self) { try InputFiles.find(inputs) }
            #expect(error?.path.hasPrefix(folder) == true)
            #expect(error?.message == "is among the inputs twice: name it once")
        }
        #expect(try InputFiles.find(["\(folder)/a", "\(folder)/b"]).files.count == 2)
    }

    @Test("A folder without messages has no files")
    func empty() throws {
        #expect(try InputFiles.find([root.path]).files.isEmpty)
    }

    @Test("Links are followed, but no folder is read twice and no cycle entered")
    func links() throws {
        for path in ["in/real/x", "out/y", "file"] { try write(path) }
        try link("in/real/loop", to: "..")
        try link("in/again", to: "real")
        try link("in/away", to: "../out")
        try link("in/linked", to: "../file")
        try link("in/dangling", to: "nowhere")
        let files = try InputFiles.find([root.appending(path: "in").path]).files
        #expect(files.map(\.relativePath) == ["away/y", "dangling", "linked", "real/x"])
    }

    @Test("What can't be read is one record that says why")
    func unreadable() throws {
        try link("dangling", to: "nowhere")
        for path in [root.path, root.appending(path: "dangling").path, root.appending(path: "none").path] {
            let file = InputFile(path: path, relativePath: "x", isNamed: true)
            var reader = RecordReader(file, options: InputOptions())
            let next = reader.next()
            let record = try #require(next)
            #expect(record.failure?.code == .unreadable)
            #expect(record.file == file)
            #expect(reader.next() == nil)
        }
    }

    @Test("Files are read from disk like bytes in memory")
    func reading() throws {
        let text = (0..<20_000).map { #"{"id":\#($0),"payload":"<a/>"}"# }.joined(separator: "\r\n")
        try write("x.dat", text)
        let file = try #require(try InputFiles.find([root.appending(path: "x.dat").path]).files.first)
        var reader = RecordReader(file, options: InputOptions())
        var count = 0
        while let record = reader.next() {
            #expect(record.idText == "\(count)")
            #expect(record.line == count + 1)
            count += 1
        }
        #expect(count == 20_000)
    }
}

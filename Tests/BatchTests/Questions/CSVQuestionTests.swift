import Foundation
import Testing
import Translation

@testable import Batch

@Suite struct `Questions in CSV` {
    private let files: QuestionFiles
    private static let header = "guaranteeReference,taxIdentifier,accessCode"
    private static let row = "23GB0000010000854,GB954131533000,AC01"

    init() throws {
        files = try QuestionFiles()
    }

    @Test func `are read by their header, in any order`() throws {
        let list = try files.list(
            #"""
            label,accessCode,guaranteeType,taxIdentifier,user,guaranteeReference
            "the waiver, ""GB""",AC01,0,GB954131533000,anna,23GB0000010000854
            ,,,,,23GB0000010000863

            """#)
        #expect(list.problems.isEmpty && list.warnings.isEmpty)
        let first = try #require(list.questions.first)
        #expect(first.source.hasSuffix("queries:2"))
        #expect(first.grn == GRN("23GB0000010000854"))
        #expect(first.tin == "GB954131533000")
        #expect(first.accessCode?.secret == "AC01")
        #expect(first.label == "the waiver, \"GB\"")
        #expect(first.user == "anna")
        #expect(first.guaranteeType == "0")
        #expect(list.questions.count == 2)
        let second = list.questions[1]
        #expect(
            second.tin == nil && second.accessCode == nil && second.user == nil && second.label == nil
                && second.guaranteeType == nil)
    }

    @Test func `may be separated, ended and encoded as spreadsheets do`() throws {
        let text = "\(Self.header)\n\(Self.row)\n"
        for separator in [";", "\t"] {
            let other = text.replacingOccurrences(of: ",", with: separator)
            for variant in [
                other, "\u{FEFF}" + other, other.replacingOccurrences(of: "\n", with: "\r\n"), "\n\n" + other,
            ] {
                let list = try files.list(variant)
                #expect(list.questions.map(\.accessCode?.secret) == ["AC01"])
                #expect(list.problems.isEmpty)
            }
            #expect(try files.list(utf16(other)).questions.map(\.tin) == ["GB954131533000"])
        }
        let padded = try files.list(" guaranteeReference , accessCode\n 23GB0000010000854,AC 1\n")
        // Values are neither trimmed nor folded.
        #expect(padded.questions.map(\.grn) == [GRN(" 23GB0000010000854")])
        #expect(padded.questions.map(\.accessCode?.secret) == ["AC 1"])
        #expect(padded.warnings.map(\.message) == ["the GRN has not the form of one"])
    }

    @Test func `take access codes from variables, where the list names one`() throws {
        let list = try files.list(
            """
            guaranteeReference,accessCode,accessCodeEnv
            23GB0000010000854,,CODE
            23GB0000010000863,AC01,
            23GB0000010000872,AC01,CODE
            23XI0000010000655,,NONE
            23XI0000010000664,,EMPTY
            """, environment: ["CODE": "AC99", "EMPTY": ""])
        #expect(list.questions.map(\.accessCode?.secret) == ["AC99", "AC01"])
        #expect(
            list.complaints == [
                ":4 both accessCode and accessCodeEnv are filled: leave one of them empty",
                ":5 the variable that accessCodeEnv names is not set, or empty: put the access code into it",
                ":6 the variable that accessCodeEnv names is not set, or empty: put the access code into it",
            ])
    }

    @Test func `lose a bad row alone`() throws {
        let text = """
            \(Self.header),guaranteeType
            \(Self.row),0
            \(Self.row)
            ,GB954131533000,AC01,1
            \(Self.row),3

            ,,,
            \(Self.row),1,2
            \(Self.row),9
            "23GB0000010000854
            23GB0000010000863,GB954131533000,"AC
            01",1
            \(Self.row),4
            """
        let list = try files.list(text)
        #expect(list.questions.map { $0.source.place } == [":2", ":9", ":13"])
        #expect(
            list.complaints == [
                ":3 has 3 fields where the header has 4: quote fields that hold separators",
                ":4 guaranteeReference is empty: each question needs one",
                ":5 guaranteeType is none of 0, 1, 2, 4 and 9",
                ":8 has 5 fields where the header has 4: quote fields that hold separators",
                ":10 is left out: a quote is not closed, or not doubled",
                ":11 accessCode holds a line break: see whether a quote is missing",
            ])
    }

    @Test func `go on behind a broken quote with the next whole row`() throws {
        for broken in ["23GB,\"GB\"x,AC01", "\"23GB,GB,AC01\nx\ny,z", "23GB,\"GB,AC01"] {
            let list = try files.list("\(Self.header)\n\(Self.row)\n\(broken)\n\(Self.row)\n")
            let lines = broken.split(separator: "\n").count
            #expect(list.questions.map { $0.source.place } == [":2", ":\(3 + lines)"])
            #expect(list.problems.map { $0.source.place } == [":3"])
            if lines > 1 { #expect(list.problems[0].message.hasPrefix("the lines up to 5 are left out")) }
        }
        let last = try files.list("\(Self.header)\n\(Self.row)\n23GB,\"GB,AC01")
        #expect(last.questions.count == 1 && last.problems.count == 1)
        // Far behind an open quote, which takes in more than a row can be.
        let far = "\(Self.header)\n23GB,\"GB,AC01\n" + String(repeating: "\(Self.row)\n", count: 40_000)
        let list = try files.list(far)
        #expect(list.questions.count == 40_000)
        #expect(list.problems.map { $0.source.place } == [":2"])
    }

    @Test func `that are no UTF-8 fail in their row`() throws {
        let bytes = Array("\(Self.header)\n23GB".utf8) + [0xE9] + Array(",GB,AC01\n\(Self.row)\n".utf8)
        let list = try files.list(bytes)
        #expect(list.rows == [":3 23GB0000010000854"])
        #expect(list.complaints == [":2 is not UTF-8: save the file in UTF-8"])
    }

    @Test func `need a header that can be read by`() throws {
        for (text, complaint) in [
            (Self.row, "the first row is no header"),
            ("taxIdentifier,accessCode\nGB,AC01\n", "there is no column guarantee"),
            ("\(Self.header),accessCode\n\(Self.row),AC01\n", "the column accessCode stands here twice"),
            ("GuaranteeReference,accessCode\n\(Self.row)\n", "there is no column guaranteeReference"),
            ("rubbish", "the first row is no header"),
            ("\"\(Self.header)\n\(Self.row)\n", "the first row is no header"),
            ("\(Self.row)\n\(Self.row)\n", "the first row is no header"),
        ] {
            let list = try files.list(text)
            #expect(list.questions.isEmpty)
            #expect(list.problems.map { $0.source.place } == [":1"], "\(text)")
            #expect(list.problems[0].message.hasPrefix(complaint), "\(list.problems[0])")
        }
    }

    @Test func `pass over columns that nobody knows, and say so`() throws {
        let list = try files.list("\(Self.header),office,GRN\n\(Self.row),GB000060,x\n\(Self.row),,\n")
        #expect(list.questions.count == 2 && list.problems.isEmpty)
        #expect(list.warnings.map { $0.source.place } == [":1", ":1"])
        #expect(list.warnings[0].message.contains("\"office\""))
        #expect(
            list.warnings[0].message.hasSuffix(
                "guaranteeReference, taxIdentifier, accessCode, accessCodeEnv, user, label, guaranteeType"))
    }

    @Test func `warn of check digits that don't fit`() throws {
        let list = try files.list("guaranteeReference\n23GB0000010000855\n05DE3300BE0001067A001017\nX1\n")
        #expect(list.questions.count == 3 && list.problems.isEmpty)
        #expect(list.warnings.map { $0.source.place } == [":2", ":4"])
    }

    @Test func `warn where others can read the access codes`() throws {
        let text = Array("\(Self.header)\n\(Self.row)\n".utf8)
        for (mode, count) in [(0o644, 1), (0o640, 1), (0o604, 1), (0o600, 0), (0o611, 0)] {
            let list = try QuestionFiles.list(at: try files.write(text, mode: mode))
            #expect(list.warnings.count == count)
            #expect(list.questions.count == 1 && list.problems.isEmpty)
        }
        let named = Array("guaranteeReference,accessCodeEnv\n23GB0000010000854,CODE\n".utf8)
        let list = try QuestionFiles.list(at: try files.write(named, mode: 0o644), environment: ["CODE": "AC01"])
        #expect(list.warnings.isEmpty && list.questions.count == 1)
    }

    @Test func `with a masked access code have none`() throws {
        let list = try files.list("guaranteeReference,accessCode\n23GB0000010000854,****\n")
        #expect(list.questions.map(\.accessCode) == [nil])
        #expect(list.warnings.count == 1 && list.problems.isEmpty)
    }

    @Test func `never tell an access code`() throws {
        let secret = "Zq7x"
        let texts = [
            "23GB0000010000854,GB954131533000,\(secret)\n", "\(Self.header)\n,GB,\(secret)\n",
            "\(Self.header)\n23GB,\"GB\"x,\(secret)\n", "\(Self.header)\n23GB,\(secret)\n",
            "\(Self.header),accessCodeEnv\n23GB,,,\(secret)\n",
            "\(Self.header),accessCodeEnv\n23GB,,\(secret),\(secret)\n",
            "\(Self.header),guaranteeType\n23GB,,,\(secret)\n", "\(Self.header)\n\(secret),\(secret),\(secret)\n",
            #"{"guaranteeReference":"23GB","accessCode":"\#(secret)""#, #"{"accessCode":"\#(secret)"}"#,
            #"{"guaranteeReference":"23GB","accessCode":["\#(secret)"]}"#,
            #"{"guaranteeReference":"23GB","accessCode":"\#(secret)","accessCode":"\#(secret)"}"#,
            #"{"guaranteeReference":"23GB","accessCodeEnv":"\#(secret)"}"#,
            #"{"method":"POST","path":"/customs/guarantees/balances","body":{"accessCode":"\#(secret)"}}"#,
            "<CD034A><GUAREF2><ACCDOC728><AccCodCOD729>\(secret)</AccCodCOD729></ACCDOC728></GUAREF2></CD034A>",
            #"{"request":{"method":"POST","path":"/customs/guarantees/balances","body":"\#(secret)"}}"#, secret,
        ]
        for text in texts {
            let list = try files.list(text)
            #expect(list.problems.isEmpty == (list.questions.count > 0), "\(text)")
            var told = ""
            dump(list, to: &told)
            let withoutGRN =
                list.questions.contains { $0.grn.text == secret } ? "\(list.problems)\(list.warnings)" : told
            #expect(!withoutGRN.contains(secret), "\(text)")
        }
    }
}

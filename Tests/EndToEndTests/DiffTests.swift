import Foundation
import Testing

@Suite("nctsbridge diff")
struct DiffTests {
    private func diff(_ left: String, _ right: String, _ more: [String] = []) throws -> Bridge.Result {
        try Bridge.run(["diff", "samples/\(left)", "samples/\(right)"] + more)
    }

    @Test("0: equal in meaning, whatever the format and the spelling")
    func equal() throws {
        for (left, right) in [
            ("v2-json/balance-double.json", "v2-json/balance.json"),
            ("v2-json/balance-currencyCL.json", "v2-json/balance.json"),
            ("v1-json/functional-error-incorrect-grn.json", "v2-json/error-404.json"),
            ("v1-xml/scenario-wrong-access-code-answer.xml", "v1-json/scenario-wrong-access-code.json"),
        ] {
            let result = try diff(left, right)
            #expect(result.exitCode == 0, "\(left) \(right): \(result.outputText)")
            #expect(result.outputText.contains("equal in meaning"))
        }
    }

    @Test("1: different, with the rule where one explains it")
    func different() throws {
        let amounts = try diff("v2-json/balance.json", "v2-json/published-23GB0000010000863-answer.json")
        #expect(amounts.exitCode == 1)
        #expect(amounts.outputText.contains("≠ balance  262626"))
        #expect(amounts.outputText.hasSuffix("different\n"))
        let eori = try diff(
            "v1-json/functional-error-incorrect-eori.json", "v2-json/balance.json", ["--format", "json"])
        #expect(eori.exitCode == 1)
        let json = try JSONTree(eori.output)
        #expect(json["rule"]?.text == "tax-identifier-not-asked")
        #expect(json["left"]?["condition"]?.text == "tax-identifier-refused")
        #expect(json["differences"]?.items.first?["aspect"]?.text == "kind")
    }

    @Test("2: not to be compared, and why")
    func incomparable() throws {
        let question = try diff("v1-json/query.json", "v2-json/balance.json")
        #expect(question.exitCode == 2)
        #expect(question.errorText.contains("one is a question and the other an answer"))
        let broken = try diff("bad/truncated.xml", "v2-json/balance.json")
        #expect(broken.exitCode == 2)
        #expect(broken.errorText.contains("samples/bad/truncated.xml: malformed-xml: line"))
        let patchless = try diff(
            "v1-json/functional-error-incorrect-eori.json", "v2-json/balance.json", ["--format", "patch"])
        #expect(patchless.exitCode == 2)
        #expect(try diff("nowhere.json", "v2-json/balance.json").exitCode == 66)
        #expect(try Bridge.run(["diff", "-", "-"]).exitCode == 64)
    }

    @Test("never shows an access code")
    func secrets() throws {
        let scratch = try Scratch()
        let left = try scratch.write("left.json", #"{"accessCode":"QZ9X"}"#)
        let right = try scratch.write("right.json", #"{"accessCode":"QZ9Y"}"#)
        for format in ["text", "json", "patch"] {
            let result = try Bridge.run(["diff", left, right, "--format", format])
            #expect(result.exitCode == (format == "patch" ? 2 : 1))
            #expect(!result.outputText.contains("QZ9") && !result.errorText.contains("QZ9"))
        }
        let refusal =
            #"{"status":400,"body":{"code":"BAD_REQUEST","message":"Access code QZ9 must be four alphanumeric characters."}}"#
        let path = try scratch.write("refusal.json", refusal)
        for format in ["text", "json", "patch"] {
            let result = try Bridge.run(
                ["diff", path, "samples/v2-json/balance.json", "--left-from", "v2-json", "--format", format])
            #expect(result.exitCode == 1)
            #expect(!result.outputText.contains("QZ9"))
        }
    }

    // python3's jsonpatch, from PyPI, applies what the patch says.
    @Test("gives a patch that turns the one form into the other")
    func patch() throws {
        let program = """
            import json, subprocess, sys, jsonpatch
            binary, pairs = sys.argv[1], sys.argv[2:]
            def body(path):
                document = json.load(open(path))
                return document.get("body", document)
            for left, right in zip(pairs[::2], pairs[1::2]):
                patch = subprocess.run([binary, "diff", left, right, "--format", "patch"], capture_output=True).stdout
                assert jsonpatch.apply_patch(body(left), json.loads(patch)) == body(right), (left, right, patch)
            print("applied", len(pairs) // 2)
            """
        let names = [
            "balance", "balance-double", "error-404", "error-406", "balance-currencyCL", "balance-without-link",
        ]
        let pairs = names.flatMap { left in
            names.flatMap { ["samples/v2-json/\(left).json", "samples/v2-json/\($0).json"] }
        }
        let binary = try #require(Bridge.executable).path
        let (status, output) = try Shell.run([Shell.python, "-c", program, binary] + pairs)
        #expect(status == 0)
        #expect(output == "applied \(pairs.count / 2)\n")
    }
}

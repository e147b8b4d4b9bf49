import Foundation
import Reports
import TestSupport
import Testing

// python3's junitparser and jsonschema, from PyPI, read what is written.
@Suite struct `Other programs` {
    private func check(_ program: String, _ format: ReportFormat) async throws -> String {
        let scratch = try ScratchFolder()
        var files: [String] = []
        for scenario in Scenario.allCases {
            files.append(try scratch.write("\(scenario.rawValue)", Data(try await scenario.text(format).utf8)).path)
        }
        let schema = Tools.package.appendingPathComponent("docs/report.schema.json").path
        let result = try Tools.run([Tools.python, "-c", program, schema] + files)
        #expect(result.status == 0, "\(result.errors)")
        return result.output
    }

    @Test func `read the cases of a run, and count them as the report does`() async throws {
        let output = try await check(
            """
            import sys, junitparser
            for path in sys.argv[2:]:
                told, counted = junitparser.JUnitXml.fromfile(path), junitparser.JUnitXml.fromfile(path)
                for suite in counted: suite.update_statistics()
                counted.update_statistics()
                for one, other in [(told, counted)] + list(zip(told, counted)):
                    for name in ("tests", "failures", "errors", "skipped"):
                        assert getattr(one, name) == getattr(other, name), (path, name, one, other)
                assert [suite.name for suite in told] == ["pairs", "verdict"]
                cases = [case for suite in told for case in suite]
                assert len({case.name for case in cases}) == len(cases) == told.tests
                assert all(case.time >= 0 and case.classname for case in cases)
                last = cases[-1]
                assert last.classname == "verdict"
                assert len(last.result) == (0 if path.endswith(("ready", "population")) else 1)
                for case in cases[:-1]:
                    for result in case.result:
                        assert result.message, case
                        if isinstance(result, junitparser.Failure):
                            assert "v1.0" in result.text and "v2.0" in result.text, result.text
            print("read", len(sys.argv) - 2)
            """, .junit)
        #expect(output == "read \(Scenario.allCases.count)\n")
    }

    @Test func `find the JSON as its schema says, and nothing that it does not say`() async throws {
        let output = try await check(
            """
            import json, sys, jsonschema
            schema = json.load(open(sys.argv[1]))
            jsonschema.Draft202012Validator.check_schema(schema)
            validator = jsonschema.Draft202012Validator(schema)
            for path in sys.argv[2:]:
                report = json.load(open(path))
                errors = [(list(error.path), error.message) for error in validator.iter_errors(report)]
                assert not errors, (path, errors[:3])
                for change in ({"verdict": "maybe"}, {"more": 1}, {"version": 2}, {"pairs": [{"number": 1}]}):
                    assert not validator.is_valid(report | change), change
                short = dict(report)
                del short["classes"]
                assert not validator.is_valid(short)

            # Each object says all that it may hold, and each member of the report is explained.
            def objects(node, place):
                if isinstance(node, dict):
                    if "properties" in node:
                        assert node.get("additionalProperties") is False, place
                        assert set(node["required"]) == set(node["properties"]), place
                    for name, value in node.items(): objects(value, place + "/" + name)
                if isinstance(node, list):
                    for value in node: objects(value, place)
            objects(schema, "")
            print("valid", len(sys.argv) - 2)
            """, .json)
        #expect(output == "valid \(Scenario.allCases.count)\n")
    }
}

import Foundation
import Reports
import TestSupport
import Testing

/// What can be said of the page without a browser.
@Suite struct `The page` {
    @Test(arguments: Scenario.allCases)
    func `asks nothing of anyone else`(scenario: Scenario) async throws {
        let page = try await scenario.text(.html)
        for name in ["@import", "url(http", "<link rel=\"stylesheet", "<iframe", "<object", "<embed", "<img"] {
            #expect(!page.contains(name), "\(name)")
        }
        #expect(page.firstMatch(of: /<[a-z]+[^>]*\s(src|action|srcset|data|poster|background)=/) == nil)
        let targets = page.components(separatedBy: " href=\"").dropFirst().map { $0.prefix { $0 != "\"" } }
        #expect(targets.allSatisfy { $0.hasPrefix("#") || $0 == "data:," })
        #expect(page.components(separatedBy: "url(").dropFirst().allSatisfy { $0.hasPrefix("#fill-") })
        #expect(page.contains("content=\"default-src &#39;none&#39;") || page.contains("content=\"default-src 'none'"))
    }

    @Test func `has one script, and names its digest`() async throws {
        let page = try await Scenario.hostile.text(.html)
        let scripts = page.components(separatedBy: "<script")
        #expect(scripts.count == 2)
        let source = scripts[1].dropFirst().components(separatedBy: "</script>")[0]
        let scratch = try ScratchFolder()
        let file = try scratch.write("script.js", Data(source.utf8))
        let result = try Tools.run(["openssl", "dgst", "-sha256", "-binary", "-out", file.path + ".sha", file.path])
        #expect(result.status == 0, "\(result.errors)")
        let digest = try Data(contentsOf: URL(fileURLWithPath: file.path + ".sha")).base64EncodedString()
        #expect(page.contains("script-src 'sha256-\(digest)'"), "PageScript.digest must be sha256-\(digest)")
    }

    @Test func `shows hostile texts as what they are`() async throws {
        let page = try await Scenario.hostile.text(.html)
        for tag in ["<script>alert", "<img", "onerror=alert(1)>\u{22}", "</title></script>"] {
            #expect(!page.contains(tag), "\(tag)")
        }
        #expect(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"))
        #expect(page.contains("\\u{202E}"))
        #expect(
            page.unicodeScalars.allSatisfy {
                $0 == "\n" || $0 == "\u{200D}" || $0.properties.generalCategory != .format
            })
        #expect(page.unicodeScalars.allSatisfy { $0 == "\n" || $0.properties.generalCategory != .control })
        // Bodies are cut, and it is said.
        #expect(page.contains("<span class=\"note\">… the first 2,048 of "))
    }

    @Test func `knows nothing of what was purged`() async throws {
        let page = try await Scenario.purged.text(.html)
        #expect(page.count(of: "<bdi class=\"grn\">purged</bdi>") == 30)
        #expect(!page.contains("class=\"label\""))
        #expect(!page.contains(" GBP"))
        let json = try await Scenario.purged.text(.json)
        #expect(json.count(of: "\"grn\":null,\"purged\":true") == 30)
    }

    @Test(arguments: [false, true])
    func `has colours that can be told apart`(isDark: Bool) async throws {
        let style = try await Scenario.empty.text(.html).components(separatedBy: "<style>")[1]
        let rule = style.components(separatedBy: isDark ? "prefers-color-scheme: dark) { :root {" : ":root {")[1]
        let colours = try Self.colours(String(rule.prefix { $0 != "}" }))
        for text in ["--ink", "--muted", "--accent", "--alarm"] {
            for ground in ["--paper", "--panel", "--wash"] {
                let contrast = try Self.contrast(#require(colours[text]), #require(colours[ground]))
                #expect(contrast >= 4.5, "\(text) on \(ground): \(contrast)")
            }
        }
        for fill in ["--fill", "--grey", "--alarm", "--accent"] {
            let contrast = try Self.contrast(#require(colours[fill]), #require(colours["--paper"]))
            #expect(contrast >= 3, "\(fill): \(contrast)")
        }
    }

    private static func colours(_ rule: String) throws -> [String: [Double]] {
        var colours: [String: [Double]] = [:]
        for part in rule.split(separator: ";") {
            let words = part.split(separator: ":").map { $0.trimmingCharacters(in: .whitespacesAndNewlines) }
            guard words.count == 2, words[1].hasPrefix("#"), let number = Int(words[1].dropFirst(), radix: 16) else {
                continue
            }
            colours[words[0]] = [16, 8, 0].map { Double(number >> $0 & 255) / 255 }
        }
        return colours
    }

    /// By WCAG 2.2.
    private static func contrast(_ one: [Double], _ other: [Double]) -> Double {
        func luminance(_ colour: [Double]) -> Double {
            let linear = colour.map { $0 <= 0.04045 ? $0 / 12.92 : pow(($0 + 0.055) / 1.055, 2.4) }
            return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
        }
        let (first, second) = (luminance(one), luminance(other))
        return (max(first, second) + 0.05) / (min(first, second) + 0.05)
    }
}

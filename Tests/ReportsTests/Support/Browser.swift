import Foundation
import TestSupport

/// Debian's Chromium, without a screen.
enum Browser {
    struct Visit {
        /// The page's elements, as they were at the end.
        var elements: String
        /// What the page, or the browser about it, said on the console.
        var console: [String]
    }

    /// Opens a page, and waits until nothing moves any more.
    static func visit(_ url: String, isDark: Bool = false, flags: [String] = []) throws -> Visit {
        let scratch = try ScratchFolder()
        let command =
            [
                "chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
                "--disable-extensions", "--disable-background-networking", "--allow-file-access-from-files",
                "--user-data-dir=\(scratch.url.path)", "--enable-logging=stderr", "--v=0", "--virtual-time-budget=4000",
                "--blink-settings=preferredColorScheme=\(isDark ? 0 : 1)", "--dump-dom",
            ] + flags + [url]
        let result = try Tools.run(command)
        guard result.status == 0 else {
            throw Failure(
                description:
                    "Debian's chromium is needed, and ended with \(result.status): \(result.errors.suffix(2_000))")
        }
        return Visit(
            elements: result.output,
            console: result.errors.split(separator: "\n").filter { $0.contains("CONSOLE") }.map { String($0) })
    }

    struct Failure: Error, CustomStringConvertible {
        var description: String
    }

    /// A page as it is opened: how wide its window is, and what follows `#` in its address.
    struct Frame {
        var name: String
        var page: String
        var width = 1280
        var fragment = ""
    }

    /// Opens pages in frames, lets a script look at them, and returns what it found.
    ///
    /// - Parameter script: the body of a function of `frames`, the windows by name, that returns what is to be known.
    static func examine(_ frames: [Frame], isDark: Bool = false, script: String) throws -> (
        found: Any, console: [String]
    ) {
        let scratch = try ScratchFolder()
        var elements: [String] = []
        for (index, frame) in frames.enumerated() {
            _ = try scratch.write("\(index).html", Data(frame.page.utf8))
            let style = "width:\(frame.width)px;height:900px"
            elements.append(
                "<iframe name='\(frame.name)' src='\(index).html#\(frame.fragment)' style='\(style)'></iframe>")
        }
        let harness = """
            <!DOCTYPE html><meta charset="utf-8"><body>\(elements.joined())<pre id="found"></pre><script>
            addEventListener("load", async () => {
              let found;
              try {
                const windows = Array.from(document.querySelectorAll("iframe"), (e) => [e.name, e.contentWindow]);
                const frames = Object.fromEntries(windows);
                found = await (async (frames) => {\(script)})(frames);
              } catch (error) { found = { error: String(error) + error.stack }; }
              document.getElementById("found").textContent = JSON.stringify(found);
            });
            </script></body>
            """
        let file = try scratch.write("harness.html", Data(harness.utf8))
        let visit = try self.visit(file.absoluteString, isDark: isDark)
        let text =
            visit.elements.components(separatedBy: "<pre id=\"found\">").last?.components(separatedBy: "</pre>").first
            ?? ""
        let json = text.replacingOccurrences(of: "&lt;", with: "<").replacingOccurrences(of: "&gt;", with: ">")
            .replacingOccurrences(of: "&nbsp;", with: "\u{A0}").replacingOccurrences(of: "&amp;", with: "&")
        return (try JSONSerialization.jsonObject(with: Data(json.utf8), options: .fragmentsAllowed), visit.console)
    }
}

import Foundation
import Reports
import TestSupport

/// A visit of a live page in Chromium, against a stub of its gateway.
enum LiveVisit {
    /// - Parameters:
    ///   - page: the state that the page is made of.
    ///   - states: what the steps may send, by `stub.send(states[0])`.
    ///   - steps: Python, by `LiveDriver`.
    /// - Returns: `result`, and in its `console` what the page, or the browser about it, said there.
    static func run(_ page: LiveState, states: [LiveState] = [], steps: String) throws -> [String: Any] {
        let scratch = try ScratchFolder()
        let given: [String: Any] = [
            "page": String(decoding: LivePage.html(page), as: UTF8.self), "policy": LivePage.policy,
            "events": LivePage.events, "states": states.map { String(decoding: $0.json(), as: UTF8.self) },
            "profile": scratch.url.appendingPathComponent("profile").path,
        ]
        let file = try scratch.write("given.json", JSONSerialization.data(withJSONObject: given))
        let script = try scratch.write("visit.py", Data(LiveDriver.program(steps).utf8))
        let visit = try Tools.run([Tools.python, script.path, file.path])
        guard visit.status == 0,
            let found = try JSONSerialization.jsonObject(with: Data(visit.output.utf8)) as? [String: Any]
        else {
            throw Browser.Failure(description: "the visit ended with \(visit.status): \(visit.errors.suffix(3_000))")
        }
        return found
    }
}

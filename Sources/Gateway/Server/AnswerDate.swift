import Foundation

/// The time of day as the header `Date` tells it: put into words once a second.
final class AnswerDate {
    private var second = 0
    private var known = ""

    func text() -> String {
        var now = time(nil)
        if now != second {
            second = now
            var parts = tm()
            gmtime_r(&now, &parts)
            known = String(unsafeUninitializedCapacity: 32) { bytes in
                bytes.withMemoryRebound(to: CChar.self) { text in
                    strftime(text.baseAddress, text.count, "%a, %d %b %Y %H:%M:%S GMT", &parts)
                }
            }
        }
        return known
    }
}

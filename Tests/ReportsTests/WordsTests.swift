import Foundation
import Testing

@testable import Reports

@Suite struct `Numbers and texts` {
    @Test func `are spelled the same everywhere`() {
        #expect([0, 7, 999, 1_000, 1_234_567].map(Numbers.count) == ["0", "7", "999", "1,000", "1,234,567"])
        #expect(Numbers.count(1, "pair") == "1 pair")
        #expect(Numbers.count(2, "pair") == "2 pairs")
        #expect([0.01, 0.0025, 0.5, 0, 1].map(Numbers.percent) == ["1 %", "0.25 %", "50 %", "0 %", "100 %"])
        #expect([0.12, 0.0015, 12.3456].map(Numbers.milliseconds) == ["120", "1.5", "12,346"])
        #expect(
            [0.12, 2.44, 60, 300, 5400, 86_400].map(Numbers.duration)
                == ["120 ms", "2.4 s", "1 minute", "5 minutes", "1.5 hours", "1 day"])
        #expect(
            [(0, 3), (3, 3), (1, 100_000), (99_999, 100_000)].map(Numbers.share) == [
                "0.0 %", "100.0 %", "<0.1 %", ">99.9 %",
            ])
    }

    @Test func `tell on which side of the limit a bound is`() {
        #expect(Numbers.bound(0.0072001, against: 0.01) == "0.73 %")
        #expect(Numbers.bound(0.0099692, against: 0.01) == "1.00 %")
        #expect(Numbers.bound(0.0100023, against: 0.01) == "1.1 %")
        #expect(Numbers.bound(0.0100023, against: 0.010001) == "1.1 %")
        #expect(Numbers.bound(0.0099692, against: 0.00997) == "0.997 %")
        #expect(Numbers.bound(0.095, against: 0.01) == "9.5 %")
        #expect(Numbers.bound(0.07, against: 0.01) == "7.0 %")
        #expect(Numbers.bound(0, against: 0.01) == "0 %")
        #expect(Numbers.bound(1, against: 0.01) == "100 %")
    }

    @Test func `have moments in UTC, to the millisecond`() {
        let moment = Moment(Date(timeIntervalSince1970: 1_795_597_200.123))
        #expect(moment.iso8601 == "2026-11-25T09:00:00.123Z")
        #expect(moment.words == "2026-11-25 09:00:00")
        #expect(moment.longDay == "25 Nov 2026")
        #expect(Moment(Date(timeIntervalSince1970: 1_795_597_199.9999)).iso8601 == "2026-11-25T09:00:00.000Z")
    }

    @Test func `from outside are seen as they are`() {
        #expect(VisibleText.of("plain") == "plain")
        #expect(VisibleText.of("a\r\nb\tc") == "a b c")
        #expect(VisibleText.of("a\r\nb\tc", keepsLines: true) == "a\nb\tc")
        #expect(
            VisibleText.of("x\u{202E}y\u{1B}\u{0}\u{FEFF}\u{2028}\u{FFFE}")
                == "x\\u{202E}y\\u{1B}\\u{0}\\u{FEFF}\\u{2028}\\u{FFFE}")
        #expect(VisibleText.of("é 漢字 👩‍👩‍👧 ١") == "é 漢字 👩‍👩‍👧 ١")
        #expect(VisibleText.shortened("abcdef", to: 4) == "abc…")
    }

    @Test func `break no Markdown table`() {
        #expect(MarkdownText.escaped("a|b *c* <d> [e](f)") == "a\\|b \\*c\\* &lt;d&gt; \\[e\\](f)")
        #expect(MarkdownText.escaped("https://x www.y") == "https&#58;//x www&#46;y")
        #expect(MarkdownText.code("a|b") == "`a\\|b`")
        #expect(MarkdownText.code("a``b") == "```a``b```")
        #expect(MarkdownText.code("`") == "`` ` ``")
        #expect(MarkdownText.code("") == "")
    }

    @Test func `break no markup`() {
        let text = "<a href=\"x\" title='y'>&"
        #expect(("\(text)" as Markup).text == "&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;")
        #expect(("\("a\nb")\("a\nb", lines: true)" as Markup).text == "a ba\nb")
        let inner: Markup = "<b>\(text)</b>"
        #expect(("\(inner)\(nil as Markup?)\(1.0 / 3)\(2.0)" as Markup).text == inner.text + "0.332")
    }

    @Test func `fit a terminal`() {
        #expect(TerminalText.width("漢字é") == 5)
        #expect(TerminalText.wrapped("one two three", to: 7) == ["one two", "three"])
        #expect(TerminalText.wrapped("tax-identifier-refused", to: 16) == ["tax-identifier-", "refused"])
        #expect(TerminalText.wrapped("abcdefgh", to: 3) == ["abc", "def", "gh"])
        #expect(TerminalText.wrapped("", to: 3) == [""])
    }
}

@Suite struct `The axes of charts` {
    @Test(arguments: [0.3, 1, 7, 12, 99, 1_234, 100_000])
    func `go from 0 to a round number above`(highest: Double) {
        let axis = LinearAxis(upTo: highest)
        #expect(axis.highest >= highest)
        #expect((2...7).contains(axis.ticks.count))
        #expect(axis.place(0) == 0)
        #expect(axis.place(axis.highest) == 1)
    }

    @Test func `count in whole numbers`() {
        #expect(LinearAxis(upTo: 2, isWhole: true).ticks.map(\.label) == ["0", "1", "2"])
    }

    @Test func `show zero where factors can't`() {
        let axis = LogarithmicAxis(from: 0.004, to: 1, bottom: "0 %", label: Numbers.percent)
        #expect(axis.ticks.map(\.label) == ["0 %", "1 %", "10 %", "100 %"])
        #expect(axis.place(0) == 0)
        #expect(axis.place(1) == 1)
    }

    @Test(arguments: [0.004, 3, 59, 600, 7_300, 86_400, 700_000, 40_000_000])
    func `have few round moments`(length: Double) {
        let start = Date(timeIntervalSince1970: 1_795_597_261)
        let axis = TimeAxis(Span(from: start, until: start.addingTimeInterval(length)))
        #expect(axis.ticks.count <= 6)
        #expect(Set(axis.ticks.map(\.label)).count == axis.ticks.count)
        #expect(axis.ticks.allSatisfy { (0...1).contains(axis.place($0.value)) })
    }
}

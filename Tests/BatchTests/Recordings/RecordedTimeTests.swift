import Foundation
import Testing

@testable import Batch

@Suite struct `Times in recordings` {
    @Test(
        arguments: [
            ("2021-09-14T09:52:15Z", 1_631_613_135), ("2021-09-14T09:52:15.5Z", 1_631_613_135.5),
            ("2021-09-14T09:52:15,25Z", 1_631_613_135.25), ("2021-09-14t09:52:15z", 1_631_613_135),
            ("2021-09-14 09:52:15Z", 1_631_613_135), ("2021-09-14T10:52:15+01:00", 1_631_613_135),
            ("2021-09-14T10:52:15+0100", 1_631_613_135), ("2021-09-14T10:52:15+01", 1_631_613_135),
            ("2021-09-13T23:22:15-10:30", 1_631_613_135), ("2021-09-14T09:52Z", 1_631_613_120),
            ("1970-01-01T00:00:00Z", 0), ("1969-12-31T23:59:59Z", -1), ("2000-02-29T00:00:00Z", 951_782_400),
            ("2024-12-31T23:59:60Z", 1_735_689_600), ("2021-09-14T09:52:15.123456789Z", 1_631_613_135.123456789),
        ])
    func `in ISO 8601 are read to the fraction, in any zone`(text: String, seconds: Double) throws {
        let date = try #require(RecordedTime.iso8601(text))
        #expect(abs(date.epoch - seconds) < 0.000_001)
    }

    @Test(
        arguments: [
            "", "2021-09-14", "2021-09-14T09:52:15", "2021-09-14T09:52", "2021-13-14T09:52:15Z", "2021-02-29T00:00:00Z",
            "1900-02-29T00:00:00Z", "2021-09-14T24:00:00Z", "2021-09-14T09:60:00Z", "2021-09-14T09:52:15.Z",
            "2021-09-14T09:52:15Zx", "2021-09-14T09:52:15+1", "2021-09-14T09:52:15+01:0", "14/09/2021 09:52",
            "1631613135",
            "2021-09-14T09:52:15+25:00", "٢٠٢١-09-14T09:52:15Z",
        ])
    func `are none where the day, the time or the zone is not told`(text: String) {
        #expect(RecordedTime.iso8601(text) == nil)
    }

    @Test(arguments: [
        "Tue, 14 Sep 2021 09:52:15 GMT", "Tue, 14 sep 2021 09:52:15 UTC", "Wed, 14 Sep 2021 09:52:15 GMT",
    ])
    func `of HTTP are read`(text: String) throws {
        #expect(try #require(RecordedTime.http(text)).epoch == 1_631_613_135)
    }

    @Test(
        arguments: [
            "", "Tue, 14 Sep 2021 09:52:15", "Tue, 14 Sep 21 09:52:15 GMT", "Tue, 31 Sep 2021 09:52:15 GMT",
            "Tue, 14 Xyz 2021 09:52:15 GMT", "Tue, 14 Sep 2021 09:52 GMT", "Tue, 14 Sep 2021 09:52:15 CET",
            "a, b c d e f",
            "Tuesday, 14-Sep-21 09:52:15 GMT",
        ])
    func `of HTTP that are something else are none`(text: String) {
        #expect(RecordedTime.http(text) == nil)
    }
}

/// A dual run whose outcome is known beforehand: a scenario for the simulator, the list of what to ask, and the class that
/// each pair must get.
package struct PlantedRun: Sendable {
    package struct Pair: Sendable {
        package var label: String
        package var grn: String
        package var tin: String
        package var accessCode: String
        package var pairClass: String
        package var rule: String?
    }

    package private(set) var pairs: [Pair] = []
    private var guarantees: [String] = []
    package static let accessCode = "Z9q7"
    package static let holder = "GB111111111111"

    /// - Parameters:
    ///   - count: how many pairs; each class gets its share.
    ///   - kinds: which ones are planted; nil: all but those that take long.
    package init(_ count: Int, kinds: [Kind]? = nil) {
        let kinds = kinds ?? Kind.allCases
        for number in 0..<count { plant(kinds[number % kinds.count], number) }
    }

    /// What is planted.
    package enum Kind: String, CaseIterable, Sendable {
        case balance, zero, largest, pending, wrongCode, unknownGRN, unsupportedType
        case trailingZero, innerName
        case unknownEORI, otherCountry, noCurrency
        case moved
        /// v2.0 answers 2,000 seconds late: too late for amounts that are comparable within 1,500.
        case late
        case otherAmount, otherCurrency, refusedByV2, refusedByV1
        case v2Fails, v1Unavailable, v2Drops, v2Truncates, v2Babbles, v2Throttles, v1Expires, movesTwice
    }

    private mutating func plant(_ kind: Kind, _ number: Int) {
        let country = kind == .otherCountry ? "DE" : number % 5 == 0 ? "XI" : "GB"
        let digits = String(100_000_000_000 + number * 37)
        let grn = "24\(country)\(digits)7"
        var pair = Pair(
            label: "\(kind.rawValue) \(number)", grn: grn, tin: Self.holder, accessCode: Self.accessCode,
            pairClass: "same", rule: nil)
        var members = ["balance: \(1000 + number).5"]
        func body(_ rest: String) -> String {
            #"v2: {status: 200, body: '{"_links":{"self":{"href":"/customs/guarantees/\#(grn)/balance"}},\#(rest)}'}"#
        }
        func inconclusive(_ plans: String...) {
            pair.pairClass = "inconclusive"
            members += plans
        }
        switch kind {
        case .balance: break
        case .zero: members = ["balance: 0"]
        case .largest: members = ["balance: 123456789012345"]
        case .pending: members.append("v1: {after: 40}")
        case .wrongCode: pair.accessCode = "X0x0"
        case .unknownGRN: members = []
        case .unsupportedType: members.append("type: 2")
        case .trailingZero:
            pair.pairClass = "equivalent"
            members.append(body(#""balance":\#(1000 + number).50,"currency":"GBP""#))
        case .innerName:
            pair.pairClass = "equivalent"
            members.append(body(#""balance":\#(1000 + number).5,"currencyCL":"GBP""#))
        case .unknownEORI:
            (pair.pairClass, pair.rule, pair.tin) = ("explained", "tax-identifier-not-asked", "GB999999999999")
        case .otherCountry: (pair.pairClass, pair.rule) = ("explained", "grn-not-taken-by-v2")
        case .noCurrency:
            (pair.pairClass, pair.rule) = ("explained", "currency-not-told")
            members.append("v2: {currency: none}")
        case .moved:
            pair.pairClass = "drifted"
            members += ["v1: [{calls: 1, balance: 70}, {balance: 60}]", "v2: {balance: 60}"]
        case .late:
            pair.pairClass = "stale"
            members.append("v2: {delay: 2000}")
        case .otherAmount:
            pair.pairClass = "different"
            members.append("v2: {balance: 31.01}")
        case .otherCurrency:
            pair.pairClass = "different"
            members.append("v2: {currency: EUR}")
        case .refusedByV2:
            pair.pairClass = "different"
            members.append("v2: {condition: not-found}")
        case .refusedByV1:
            pair.pairClass = "different"
            members.append("v1: {errors: [{type: 12, pointer: GRR(1).ACC(1).Access code}]}")
        case .v2Fails: inconclusive("v2: {condition: server-error}")
        case .v1Unavailable: inconclusive("v1: {condition: unavailable}")
        case .v2Drops: inconclusive("v2: {drop: true}")
        case .v2Truncates: inconclusive("v2: {truncate: 20}")
        case .v2Babbles: inconclusive("v2: {status: 200, body: '<html>'}")
        case .v2Throttles: inconclusive("v2: {condition: throttled}")
        case .v1Expires: inconclusive("v1: {after: never}")
        case .movesTwice: inconclusive("v1: [{calls: 1, balance: 1}, {balance: 3}]", "v2: {balance: 2}")
        }
        if !members.isEmpty {
            let own = ["grn: \(grn)", "holder: \(Self.holder)", "accessCode: \(Self.accessCode)"]
            guarantees.append("  - {" + (own + members).joined(separator: ", ") + "}")
        }
        pairs.append(pair)
    }

    /// - Parameters:
    ///   - scale: the simulator's seconds to a real one.
    ///   - more: further lines of the scenario.
    package func scenario(scale: Int, more: String = "") -> String {
        """
        time: {scale: \(scale)}
        platform: {callsPerSecond: 0}
        published: false
        v1: {keep: 600, queriesPerDay: 100000}
        eoris: [\(Self.holder)]
        guarantees:
        \(guarantees.joined(separator: "\n"))
        \(more)

        """
    }

    package var csv: String {
        let rows = pairs.map { "\($0.grn),\($0.tin),\($0.accessCode),\($0.label)" }
        return (["guaranteeReference,taxIdentifier,accessCode,label"] + rows).joined(separator: "\n") + "\n"
    }

    package var ndjson: String {
        pairs.map {
            #"{"guaranteeReference":"\#($0.grn)","taxIdentifier":"\#($0.tin)","accessCode":"\#($0.accessCode)","label":"\#($0.label)"}"#
        }.joined(separator: "\n") + "\n"
    }

    /// How many pairs must be of each class.
    package var classes: [String: Int] { Dictionary(pairs.map { ($0.pairClass, 1) }, uniquingKeysWith: +) }
}

import TestSupport
import Translation

/// A question as clients put it to v1.0.
struct V1Question: Sendable {
    var grn: String
    var tin: String
    var accessCode: String
    var token = V1Question.clientToken

    static let clientToken = "client-token-7731"
    static let path = "/customs/guarantees/balances"

    init(_ grn: String, tin: String = PlantedRun.holder, accessCode: String = PlantedRun.accessCode) {
        self.grn = grn
        self.tin = tin
        self.accessCode = accessCode
    }

    init(_ pair: PlantedRun.Pair) {
        self.init(pair.grn, tin: pair.tin, accessCode: pair.accessCode)
    }

    private var headers: HeaderFields {
        ["Accept": "application/vnd.hmrc.1.0+json", "Authorization": "Bearer \(token)"]
    }

    var request: ExchangeRequest {
        var request = ExchangeRequest(method: "POST", path: Self.path, headers: headers)
        request.headers["Content-Type"] = "application/json"
        request.body = Array(
            #"{"taxIdentifier":"\#(tin)","guaranteeReference":"\#(grn)","accessCode":"\#(accessCode)"}"#.utf8)
        return request
    }

    func state(at path: String) -> ExchangeRequest { ExchangeRequest(method: "GET", path: path, headers: headers) }
}

extension ExchangeResponse {
    /// What a client of the API sees of an answer, whoever handed it on: all but its date and the gateway's marks.
    var seen: Seen {
        let marks = ["date", "x-nctsbridge", "x-request-id"]
        return Seen(
            status: status,
            headers: headers.fields.filter { !marks.contains($0.name.lowercased()) }.map { "\($0.name): \($0.value)" }
                .sorted(),
            body: body)
    }

    struct Seen: Sendable, Equatable, CustomStringConvertible {
        var status: Int
        var headers: [String]
        var body: [UInt8]

        var description: String { "\(status) \(headers) \(String(decoding: body.prefix(500), as: UTF8.self))" }
    }
}

import GuaranteeAdapter
import Testing

@Suite struct `A request with bad values` {
    struct Case: Sendable, CustomTestStringConvertible {
        var request: BalanceRequest
        var complaints: [String]

        init(_ request: BalanceRequest, _ complaints: String...) {
            self.request = request
            self.complaints = complaints
        }

        var testDescription: String { complaints.joined(separator: "; ") }
    }

    @Test(arguments: [
        Case(.about(tin: ""), "INVALID_TAX_IDENTIFIER: Tax identifier must not be empty"),
        Case(
            .about(tin: "GB12345678901234567"),
            "INVALID_TAX_IDENTIFIER: Tax identifier has a maximum length of 17 characters"),
        Case(.about(tin: "GB 1"), "INVALID_TAX_IDENTIFIER: Tax identifier must be alphanumeric"),
        Case(.about(""), "INVALID_GUARANTEE_REFERENCE: Guarantee reference must not be empty"),
        Case(
            .about("23GB000001000085412345678"),
            "INVALID_GUARANTEE_REFERENCE: Guarantee reference has a maximum length of 24 characters"),
        Case(.about("23GB/../x"), "INVALID_GUARANTEE_REFERENCE: Guarantee reference must be alphanumeric"),
        Case(.about(code: "Zq7"), "INVALID_ACCESS_CODE: Access code must be 4 characters in length"),
        Case(
            .about("-", tin: "-", code: "Zq7x-"), "INVALID_TAX_IDENTIFIER: Tax identifier must be alphanumeric",
            "INVALID_GUARANTEE_REFERENCE: Guarantee reference must be alphanumeric",
            "INVALID_ACCESS_CODE: Access code must be 4 characters in length",
            "INVALID_ACCESS_CODE: Access code must be alphanumeric"),
    ])
    func `is told of each, in v1.0's order`(this: Case) async throws {
        let fixture = try AdapterFixture()
        let error = try #require(await fixture.submit(this.request).error)
        #expect(error.status == 400)
        #expect(error.code == "BAD_REQUEST")
        #expect(error.message == "Bad request")
        #expect(error.complaints.map { "\($0.code): \($0.reason)" } == this.complaints)
        #expect(!"\(error) \(error.complaints)".contains("Zq7"))
        #expect(fixture.service.requests.isEmpty)
    }

    @Test func `locks nothing`() async throws {
        let fixture = try AdapterFixture()
        #expect(await fixture.submit(.about(code: "-")).failure == "400 BAD_REQUEST")
        #expect(await fixture.submit().amount == "262626")
    }
}

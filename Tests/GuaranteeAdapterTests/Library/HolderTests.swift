import GuaranteeAdapter
import Testing

@Suite struct `A guarantee whose holders are listed` {
    private func fixture() throws -> AdapterFixture {
        try AdapterFixture {
            $0.holders = [
                ("23GB0000010000854", "GB954131533000"), ("23GB0000010000854", "GB2"), ("23GB0000010000863", "GB3"),
                ("23XI0000010000655", "XI4"),
            ]
        }
    }

    private static let unknown = ["12 RC1.TIN", "12 GRR(1).OTG(1).TIN", "26 RC1.TIN"]

    @Test(arguments: ["GB954131533000", "GB2"])
    func `is told of to each of them`(tin: String) async throws {
        #expect(try await fixture().submit(.about(tin: tin)).amount == "262626")
    }

    @Test(arguments: [
        ("23GB0000010000854", "GB3", ["12 GRR(1).OTG(1).TIN"]), ("23XI0000010000655", "GB3", ["12 GRR(1).OTG(1).TIN"]),
        ("23GB0000010000854", "GB9", unknown), ("23GB0000010000854", "XI4", unknown),
        ("23GB0000010000854", "gb2", unknown),
    ])
    func `is told of to nobody else, as v1.0 refused them`(grn: String, tin: String, reasons: [String]) async throws {
        let fixture = try fixture()
        #expect(await fixture.submit(.about(grn, tin: tin)).reasons == reasons)
        #expect(fixture.service.requests.isEmpty)
        // A refusal took v1.0's lock, too.
        #expect(await fixture.submit(.about(grn, tin: tin)).failure == "429 TOO_MANY_REQUESTS")
    }

    @Test func `keeps no other from being asked about`() async throws {
        #expect(try await fixture().submit(.about("23GB0000010000872", tin: "GB9")).amount == "262626")
        #expect(try await AdapterFixture().submit(.about(tin: "GB9")).amount == "262626")
    }
}

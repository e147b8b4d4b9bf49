import GuaranteeModel
import Testing

@Suite("An access code never shows itself")
struct AccessCodeTests {
    private let code = AccessCode("Zq7!")

    private func shown(_ value: Any) -> [String] {
        var dumped = ""
        dump(value, to: &dumped)
        var printed = ""
        print(value, to: &printed)
        debugPrint(value, to: &printed)
        return [dumped, printed, String(describing: value), String(reflecting: value), "\(value)"]
    }

    @Test("Alone")
    func alone() {
        #expect(String(describing: code) == "****")
        #expect("\(code)" == "****")
        for text in shown(code) { #expect(!text.contains("Zq7!")) }
        #expect(Mirror(reflecting: code).children.isEmpty)
    }

    @Test("Inside a message, an optional, a list or a dictionary")
    func inside() {
        var guarantee = Guarantee(grn: GRN("23GB0000010000854"))
        guarantee.accessCode = code
        var message = BalanceMessage(kind: .query)
        message.guarantees = [guarantee]
        let values: [Any] = [message, guarantee, Optional(code) as Any, [code], ["code": code], (1, code), Set([code])]
        for value in values {
            for text in shown(value) { #expect(!text.contains("Zq7!")) }
        }
        #expect("\(message)".contains("23GB0000010000854"))
    }

    @Test("It is told from another, and gives itself to who asks by name")
    func compared() {
        #expect(code == AccessCode("Zq7!"))
        #expect(code != AccessCode("zq7!"))
        #expect(code.secret == "Zq7!")
    }
}

import Testing

@testable import GuaranteeAdapter

@Suite struct `A table of what expires` {
    private var table = ExpiringTable<String, Int>(lifetime: .seconds(60))

    private func value(_ key: String, _ second: Int) -> Int? { table.value(of: key, at: .seconds(second))?.value }

    @Test mutating func `holds values for their lifetime, and tells their age`() {
        table.set(1, for: "a", at: .seconds(10))
        #expect(table.value(of: "a", at: .seconds(25))?.age == .seconds(15))
        #expect(value("a", 69) == 1)
        #expect(value("a", 70) == nil)
        #expect(value("b", 10) == nil)
    }

    @Test mutating func `keeps what was set anew`() {
        table.set(1, for: "a", at: .seconds(0))
        table.set(2, for: "a", at: .seconds(30))
        table.set(3, for: "b", at: .seconds(65))
        #expect(value("a", 65) == 2)
        #expect(value("a", 89) == 2)
        #expect(value("a", 90) == nil)
        #expect(table.count == 2)
    }

    @Test mutating func `removes what was set then, and nothing newer`() {
        table.set(1, for: "a", at: .seconds(0))
        table.remove("a", setAt: .seconds(1))
        #expect(value("a", 1) == 1)
        table.remove("a", setAt: .seconds(0))
        #expect(value("a", 1) == nil)
        table.set(2, for: "a", at: .seconds(2))
        table.set(3, for: "b", at: .seconds(61))
        #expect(value("a", 61) == 2)
    }

    @Test mutating func `forgets what is old when something is set`() {
        for second in 0..<600 { table.set(second, for: "\(second)", at: .seconds(second)) }
        #expect(table.count == 60)
    }

    @Test func `makes room by forgetting the oldest`() {
        var table = ExpiringTable<Int, Int>(lifetime: .seconds(60), capacity: 10)
        for key in 0..<25 { table.set(key, for: key, at: .seconds(1)) }
        #expect(table.count == 10)
        #expect(table.value(of: 14, at: .seconds(1)) == nil)
        #expect(table.value(of: 15, at: .seconds(1))?.value == 15)
    }

    @Test func `holds nothing where nothing lives`() {
        var table = ExpiringTable<Int, Int>(lifetime: .zero)
        table.set(1, for: 1, at: .zero)
        #expect(table.count == 0)
    }
}

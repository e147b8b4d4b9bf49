import GuaranteeModel
import TestSupport
import Testing

@testable import Translation

@Suite("The greatest messages that the schemas allow are converted and undone")
struct MaximalRepeatTests {
    static let cases: [(message: String, group: String, count: Int)] = [
        ("CD034A", "GUAREF2", 99), ("CD037A", "GUAREF2", 99), ("CD037A", "GUAREF2/USAUSA", 9_999),
        ("CD037A", "GUAREF2/GUARNR/GUAOTHADD", 99), ("CD037A", "GUAREF2/COMGUACMP/GUACOMGUAGDS2", 99),
        ("CD037A", "GUAREF2/COMGUACMP/VALLIMNONECVLD", 99), ("CD037A", "GUAREF2/INDGUABYGNR/GUAGRTGDS3", 99),
        ("CD037A", "GUAREF2/INDGUABYGNR/VALLIMNONECMIT", 99), ("CD906A", "FUNERRER1", 999),
    ]

    @Test("A group repeated as often as it may be", arguments: cases)
    func repeats(message: String, group: String, count: Int) throws {
        let plan = Fixtures.plan(message)
        let node = try #require(plan.node(at: group))
        #expect(plan.nodes[node].maximum == count)
        var generator = MessageGenerator(
            plan: plan, mappings: Fixtures.mappings, random: .forTest("\(count) times \(message)/\(group)"))
        var shape = MessageShape.full
        shape.repeated = group
        let generated = generator.message(of: shape)
        #expect(generated.tree.nodes.indices.count { generated.tree.name(of: $0) == plan.nodes[node].name } == count)
        for target in [MessageFormat.v1JSON, .v2JSON] {
            // So many reasons may hold none that v2.0 has.
            if Convertibility(message: generated, target: target).isRefused { continue }
            let trip = RoundTrip(from: .v1XML, to: TranslationOptions(target: target))
            let reading = try trip.there.read(generated.tree)
            let conversion = try trip.there.write(reading, supply: Supply(context: Fixtures.context), remainder: nil)
            #expect(trip.differences(generated.tree, try trip.undo(conversion)) == [])
            #expect(AccountingCheck(conversion).problems == [])
        }
    }

    @Test("Everything that the schema has, once", arguments: Direction.all)
    func everything(_ direction: Direction) throws {
        var generator = MessageGenerator(
            plan: Fixtures.plan(direction.message), mappings: Fixtures.mappings,
            random: .forTest("all of \(direction.testDescription)"))
        let trips = TripSet(direction)
        for number in 0..<20 {
            let generated = generator.message(of: .full)
            guard !Convertibility(message: generated, target: direction.target).isRefused else { continue }
            let trip = trips.trip(number, &generator.random)
            let reading = try trip.there.read(generated.tree)
            let conversion = try trip.there.write(reading, supply: Supply(context: Fixtures.context), remainder: nil)
            #expect(trip.differences(generated.tree, try trip.undo(conversion)) == [])
        }
    }
}

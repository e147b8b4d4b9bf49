import GuaranteeModel
import TestSupport

@testable import Translation

/// A message that was made, and what is known of it from the making.
struct GeneratedMessage {
    var plan: MessagePlan
    var tree: WireTree
    var facts: MessageFacts
}

/// What a generated message says, noted while it was made: what tells whether it has a counterpart.
struct MessageFacts {
    var guarantees: [[HubField: String]] = []
    var reasons: [DrawnReason] = []
    var valueErrorCodes: [String] = []
    var shapeErrors: Set<HubList> = []
    /// The row of the table whose words the message says.
    var condition: String?
    var queryIdentifiers: [String] = []
    /// An amount that XML can't hold.
    var holdsHugeAmount = false
}

/// A reason for refusal, drawn as a whole so that it means something.
struct DrawnReason {
    var type: Int
    var pointer: String
    var text = ""
    /// Whether the message says the text.
    var saysText = false

    static let known = [
        DrawnReason(type: 12, pointer: "RC1.TIN"),
        DrawnReason(type: 12, pointer: "GRR(1).Guarantee reference number (GRN)"),
        DrawnReason(type: 12, pointer: "GRR(1).ACC(1).Access code"),
        DrawnReason(type: 12, pointer: "GRR(1).OTG(1).TIN"),
        DrawnReason(type: 14, pointer: "GRR(1).GQY(1).Query identifier", text: "R261"),
        DrawnReason(type: 26, pointer: "RC1.TIN"),
    ]
}

/// How a message is to be made.
struct MessageShape {
    /// How likely what may be absent is there, in percent.
    var optionalPercent = 30
    /// How often what repeats is there at most.
    var repeats = 1
    /// The place in the schema of a group that is there as often as it may be.
    var repeated: String?
    /// Whether XML leaves get white space that is collapsed.
    var isLoose = false
    /// How likely a JSON object gets a member that the schema does not list, in percent.
    var unlistedPercent = 0
    /// Whether the message lies in an envelope.
    var isEnveloped = false
    /// How many messages stand together in an array; 0: no array.
    var arrayCount = 0
    /// Whether values are such that v2.0 and XML can hold them.
    var isConvertible = true

    static func random(_ random: inout SeededRandom, for plan: MessagePlan) -> MessageShape {
        var shape = MessageShape()
        shape.optionalPercent = random.pick([0, 10, 10, 30, 30, 60, 100])
        shape.repeats = random.pick([1, 1, 1, 2, 3])
        shape.isLoose = random.chance(25)
        shape.unlistedPercent = random.pick([0, 0, 20, 50])
        shape.isEnveloped = random.chance(20)
        shape.isConvertible = random.chance(90)
        if plan.format != .v1XML, plan.canStandWithOthers, !shape.isEnveloped, random.chance(15) {
            shape.arrayCount = random.int(in: 1...4)
        }
        return shape
    }

    /// Everything that the schema has, once.
    static let full = MessageShape(optionalPercent: 100)
}

extension MessagePlan {
    /// Whether several of these in an array are the parts of one message.
    var canStandWithOthers: Bool {
        switch file.meaning {
        case .kind(.query), .kind(.answer): true
        default: false
        }
    }

    /// The nodes that a message of its own may begin with.
    var groupRoots: [Int] { roots.map(\.node).filter { !nodes[$0].isLeaf } }

    /// Whether the message is told from its twin of the other version by its content.
    var isToldByContent: Bool {
        if case .condition = file.meaning { false } else { true }
    }
}

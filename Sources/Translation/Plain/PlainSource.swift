import GuaranteeModel
import XMLMessages

/// A message's plan, laid out for messages that are as they should be: what each leaf may be and where its value goes. Only
/// queries and answers have one.
package final class PlainSource: Sendable {
    /// A class, as the nodes of plans are: handing it on costs a reference.
    final class Element: Sendable {
        let planNode: Int
        let children: Range<Int>
        let minimum: Int
        /// A leaf's type; nil for groups.
        let check: PlainCheck?
        let binding: Rule.Binding?
        /// The hub's field, by its place among all.
        let slot: Int
        /// What the leaf must say.
        let constant: [UInt8]?
        /// Whether messages that have it are none for this way.
        let isForeign: Bool

        func step(isList: Bool) -> PlainStep {
            if isForeign { return PlainStep(kind: .other) }
            guard let check else { return PlainStep(kind: isList ? .list : .group) }
            if constant != nil { return PlainStep(kind: .other) }
            switch binding {
            case .amount? where check.isAnyNumber: return PlainStep(kind: .amount, slot: Int32(slot))
            case nil: return check.step(.lost, slot: slot) ?? PlainStep(kind: .other)
            case .move?: return check.step(.moved, slot: slot) ?? PlainStep(kind: .other)
            default: return PlainStep(kind: .other)
            }
        }

        init(_ planNode: Int, children: Range<Int>, in plan: MessagePlan, slot: Int, secrecy: Masker.Secrecy) {
            let node = plan.nodes[planNode]
            self.planNode = planNode
            self.children = children
            self.slot = slot
            minimum = node.minimum
            check = node.type.map { PlainCheck($0, plan.format.syntax) }
            binding = node.rule.binding
            if node.rule.otherwise != nil, case .constant(let text)? = node.rule.sources.first {
                constant = Array(text.utf8)
            } else {
                constant = nil
            }
            isForeign =
                node.isArray || node.list != nil && node.list != .guarantees || secrecy == .depends
                || node.rule.binding.map { !$0.isPlain } ?? false
        }
    }

    package let plan: MessagePlan
    /// Its place among the sources of a run: what counts are kept by.
    package let number: Int
    let kind: BalanceMessage.Kind
    let elements: [Element]
    /// The elements again, as bare numbers. Written in `init` and freed in `deinit` alone: between them it is only read.
    nonisolated(unsafe) let steps: UnsafeMutablePointer<PlainStep>
    /// And as members of JSON. The same goes for these.
    nonisolated(unsafe) let members: UnsafeMutablePointer<PlainMember>
    /// What the digest has of the elements, one behind the other.
    let canonical: [UInt8]
    /// The element that is the list of guarantees; a message must have it once.
    let list: Int?
    /// What the message becomes; nil where it is only read.
    let target: PlainTarget?

    init?(_ plan: MessagePlan, number: Int, masker: Masker, target: PlainTarget?) {
        guard case .kind(let kind) = plan.file.meaning, kind == .query || kind == .answer else { return nil }
        self.plan = plan
        self.number = number
        self.kind = kind
        self.target = target
        // Level by level: so the children of each lie one behind the other.
        var order = [MessagePlan.root]
        var ranges: [Range<Int>] = []
        var next = 0
        while next < order.count {
            let children = plan.nodes[order[next]].children
            ranges.append(order.count..<order.count + children.count)
            order += children
            next += 1
        }
        list = order.firstIndex { plan.nodes[$0].list == .guarantees }
        let slots = Dictionary(uniqueKeysWithValues: HubField.allCases.enumerated().map { ($1, $0) })
        let secrecies = order.map { masker.secrecy(of: $0, in: plan) }
        elements = order.indices.map { index in
            Element(
                order[index], children: ranges[index], in: plan,
                slot: plan.nodes[order[index]].rule.binding.flatMap { slots[$0.field] } ?? -1,
                secrecy: secrecies[index])
        }
        steps = .allocate(capacity: elements.count)
        members = .allocate(capacity: elements.count)
        var canonical: [UInt8] = []
        for (index, element) in elements.enumerated() {
            let node = plan.nodes[element.planNode]
            var step = element.step(isList: index == list)
            step.isSecret = secrecies[index] == .secret && element.check != nil
            step.canonicalStart = Int32(canonical.count)
            let kind = element.check == nil ? WireTree.Kind.group : .string
            canonical += "\t\(kind.rawValue)\t".utf8
            let member = PlainMember(
                leafKind: element.check?.kind ?? .group, firstChild: Int32(element.children.lowerBound),
                endOfChildren: Int32(element.children.upperBound),
                required: Int32(node.children.count { plan.nodes[$0].minimum > 0 }),
                isRequired: element.minimum > 0, nameStart: Int32(canonical.count),
                nameCount: Int32(node.nameBytes.count))
            (members + index).initialize(to: member)
            canonical += node.nameBytes + [0x09]
            step.canonicalCount = Int32(canonical.count) - step.canonicalStart
            (steps + index).initialize(to: step)
        }
        self.canonical = canonical
    }

    deinit {
        steps.deallocate()
        members.deallocate()
    }

    /// The shape of a message in XML.
    var shape: XMLShape {
        XMLShape(
            elements: elements.map { element in
                let node = plan.nodes[element.planNode]
                return XMLShape.Element(
                    name: node.name, children: element.children, minimum: node.minimum, maximum: node.maximum)
            })
    }
}

extension Rule.Binding {
    /// Whether the leaf's value is the hub's, and no other name or wording for it.
    fileprivate var isPlain: Bool {
        switch self {
        case .alias, .spelling: false
        default: true
        }
    }
}

extension Masker {
    enum Secrecy {
        case open, secret
        /// Another leaf tells.
        case depends
    }

    /// Whether a leaf of a plan is masked by its name, or that of a group around it.
    func secrecy(of planNode: Int, in plan: MessagePlan) -> Secrecy {
        var secrecy = Secrecy.open
        var node = planNode
        while node >= 0 {
            switch self.secrecy(ofName: plan.nodes[node].nameBytes) {
            case .secret: return .secret
            case .depends: secrecy = .depends
            case .open: break
            }
            node = plan.nodes[node].parent
        }
        return secrecy
    }
}

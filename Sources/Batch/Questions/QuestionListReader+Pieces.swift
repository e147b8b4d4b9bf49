import Translation

/// Lists in JSON, and stored messages.
extension QuestionListReader {
    mutating func readPieces(_ file: InputFile, _ input: PeekedInput, isAll: Bool) {
        RecordedPieces(options: options).read(file, input, isAll: isAll) { piece in
            if case .json(let tree, _) = piece.content, !piece.isEntry, isRow(tree) {
                readRow(tree, piece.source)
            } else {
                readStored(piece)
            }
        }
    }

    // MARK: - Lists

    /// Whether a value is a row of a list: an object with the members of one, unless it is an answer that repeats its
    /// question.
    private func isRow(_ tree: WireTree) -> Bool {
        guard tree.nodes[WireTree.root].kind == .group, ExchangeShape.shape(at: WireTree.root, in: tree) == nil else {
            return false
        }
        let known = tree.children(of: WireTree.root).map { columns.column(named: tree.nameBytes(of: $0)) }
        let own: [QuestionColumn] = [.grn, .tin, .accessCode, .accessCodeVariable]
        guard known.contains(where: { $0.map(own.contains) ?? false }) else { return false }
        guard known.contains(nil), let interpreter = interpreters.first else { return true }
        let kind = (try? interpreter.json.read(tree))?.hub.kind
        return kind == nil || kind == .query
    }

    private mutating func readRow(_ tree: WireTree, _ source: String) {
        var row = QuestionRow(source: source)
        var isWhole = true
        for member in tree.children(of: WireTree.root) {
            guard let column = columns.column(named: tree.nameBytes(of: member)) else {
                warn(ofUnknown: tree.nameBytes(of: member), source)
                continue
            }
            let name = columns.name(column)
            if column == .accessCode, tree.nodes[member].kind != .null { holdsSecrets = true }
            if tree.nodes[member].isSuperseded {
                complain(source, "\(name) stands here twice: keep one of the two")
                isWhole = false
                continue
            }
            switch tree.nodes[member].kind {
            case .string: if !tree.textBytes(of: member).isEmpty { row.cells[column] = tree.text(of: member) }
            case .null: break
            // Here alone nothing can be lost of a number.
            case .number where column == .guaranteeType: row.cells[column] = tree.text(of: member)
            case .number:
                complain(source, "\(name) is a number: write it in quotes")
                isWhole = false
            case .group, .array, .boolean:
                complain(source, "\(name) must be a text in quotes")
                isWhole = false
            }
        }
        if isWhole { take(row) }
    }

    // MARK: - Stored messages

    /// Takes the questions among stored messages of either version.
    private mutating func readStored(_ piece: RecordedPiece) {
        var items = interpreters[0].items(of: piece)
        if items.contains(where: { if case .foreign = $0 { true } else { false } }) {
            items = interpreters[1].items(of: piece)
        }
        let isAsked = items.contains { if case .question = $0 { true } else { false } }
        for item in items {
            switch item {
            case .question(let question):
                let listed = ListedQuestion(
                    source: question.source, grn: question.grn, tin: question.tin, accessCode: question.accessCode)
                if listed.accessCode != nil { holdsSecrets = true }
                list.warnings += listed.warnings
                list.questions.append(listed)
            case .answer: list.answers += 1
            case .foreign: list.foreign += 1
            case .unreadable(let source, let error):
                let problem = QuestionProblem(source: source, message: "\(error)")
                // What became of a question's answer is not this list's concern.
                if interpreters[0].isAskingForAnAnswer(piece) {
                    list.answers += 1
                } else if error.code == .noCounterpart {
                    list.warnings.append(problem)
                } else if isAsked {
                    list.answers += 1
                } else {
                    list.problems.append(problem)
                }
            }
        }
    }
}

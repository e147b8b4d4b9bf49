import Foundation
import Translation

/// A request and its response as somebody recorded them: shaped as our own exchange objects, or as an entry of an HTTP
/// Archive. Of the request no header is kept: it carries a token.
struct RecordedExchange {
    enum Answer {
        /// The recording is of the request alone.
        case notRecorded
        /// The recorder waited, and none came.
        case missing
        case response(ExchangeResponse)
        case unreadable(TranslationError)
    }

    var request: ExchangeRequest?
    var answer: Answer
    var times: ExchangeTimes

    /// - Parameter bytes: what the tree was read from: bodies are kept as they stand there.
    init(_ shape: ExchangeShape, in tree: WireTree, _ bytes: [UInt8]) {
        let parts = ExchangeParts(tree: tree, bytes: bytes)
        switch shape {
        case .exchange(let node):
            request = tree.child("request", of: node).flatMap(parts.request)
            answer = parts.answer(tree.child("response", of: node))
            times = ExchangeTimes(of: node, in: tree)
        case .request(let node):
            request = parts.request(node)
            answer = .notRecorded
            times = ExchangeTimes(of: node, in: tree)
        case .response(let node):
            answer = parts.answer(node)
            times = ExchangeTimes(of: node, in: tree)
        }
    }

    var response: ExchangeResponse? {
        if case .response(let response) = answer { response } else { nil }
    }
}

/// Reads the parts of an exchange from its document.
private struct ExchangeParts {
    let tree: WireTree
    let bytes: [UInt8]

    func request(_ node: Int) -> ExchangeRequest? {
        guard let address = text("path", node) ?? text("url", node) else { return nil }
        let body = try? content(node, archived: "postData").get()
        // Some recorders leave out what can be guessed, or write it as their own functions are called.
        let method = text("method", node) ?? (body?.isEmpty == false ? "POST" : "GET")
        return ExchangeRequest(method: method.uppercased(), path: Self.target(of: address), body: body ?? [])
    }

    func answer(_ node: Int?) -> RecordedExchange.Answer {
        guard let node else { return .notRecorded }
        guard tree.nodes[node].kind != .null else { return .missing }
        guard let status = ExchangeShape.status(of: node, tree) else {
            return .unreadable(problem(node, "is a response without a status"))
        }
        guard status > 0 else { return .missing }
        switch content(node, archived: "content") {
        case .success(let body):
            return .response(ExchangeResponse(status: status, headers: headers(node), body: body))
        case .failure(let error): return .unreadable(error)
        }
    }

    private func text(_ name: String, _ node: Int) -> String? {
        guard tree.nodes[node].kind == .group, let member = tree.child(name, of: node),
            tree.nodes[member].kind == .string
        else { return nil }
        return tree.text(of: member)
    }

    private func problem(_ node: Int, _ message: String) -> TranslationError {
        TranslationError(.schema, at: tree.nodes[node].place, path: tree.path(of: node), message)
    }

    /// What is asked of a host, from an address with it or without.
    private static func target(of address: String) -> String {
        var rest = Substring(address.prefix { $0 != "#" })
        if let scheme = rest.range(of: "://"), !rest[..<scheme.lowerBound].contains("/") {
            rest = rest[scheme.upperBound...].drop { $0 != "/" && $0 != "?" }
        }
        return rest.first == "/" ? String(rest) : "/" + rest
    }

    // MARK: - Headers

    /// An object with a member to a header, or HAR's array of names and values.
    private func headers(_ node: Int) -> HeaderFields {
        var fields = HeaderFields()
        guard let headers = tree.child("headers", of: node) else { return fields }
        for header in tree.children(of: headers) where !tree.nodes[header].isSuperseded {
            if tree.nodes[headers].kind == .array {
                if let name = text("name", header), let value = text("value", header) { fields.append(name, value) }
                continue
            }
            switch tree.nodes[header].kind {
            case .string, .number, .boolean: fields.append(tree.name(of: header), tree.text(of: header))
            case .array:
                for value in tree.children(of: header) where tree.nodes[value].kind == .string {
                    fields.append(tree.name(of: header), tree.text(of: value))
                }
            case .group, .null: break
            }
        }
        return fields
    }

    // MARK: - Bodies

    /// The body: JSON as it is spelled, or a text that holds it, or HAR's text, which may be in base64.
    private func content(_ node: Int, archived name: String) -> Result<[UInt8], TranslationError> {
        if let body = tree.child("body", of: node) { return .success(value(body)) }
        guard let archived = tree.child(name, of: node), let text = text("text", archived) else { return .success([]) }
        guard self.text("encoding", archived) == "base64" else { return .success(unwrapped(Array(text.utf8))) }
        guard let decoded = Base64.decode(Array(text.utf8)[...], atMost: .max) else {
            return .failure(problem(archived, "holds a text that is no base64, though it says so"))
        }
        return .success(decoded)
    }

    private func value(_ node: Int) -> [UInt8] {
        switch tree.nodes[node].kind {
        case .group, .array, .number, .boolean: tree.spelling(of: node, in: bytes)
        case .string: unwrapped(Array(tree.textBytes(of: node)))
        case .null: []
        }
    }

    private func unwrapped(_ text: [UInt8]) -> [UInt8] {
        PayloadDecoding.decode(Payload(text, isDecodedText: true)).bytes
    }
}

import GuaranteeClients
import Translation

extension HeaderFields {
    /// Without what belongs to one connection, and not to the message (RFC 9110, 7.6.1).
    var endToEnd: HeaderFields {
        let named = (self["Connection"] ?? "").split(separator: ",").map { $0.trimmed.lowercased() }
        var fields = HeaderFields()
        for field in self.fields {
            let name = field.name.lowercased()
            if !Self.hopByHop.contains(name), !named.contains(name) { fields.append(field.name, field.value) }
        }
        return fields
    }

    private static let hopByHop: Set<String> = [
        "connection", "keep-alive", "proxy-connection", "proxy-authenticate", "proxy-authorization", "te", "trailer",
        "transfer-encoding", "upgrade", "host", "content-length",
    ]
}

extension Substring {
    fileprivate var trimmed: Substring {
        var text = self
        while text.first == " " || text.first == "\t" { text.removeFirst() }
        while text.last == " " || text.last == "\t" { text.removeLast() }
        return text
    }
}

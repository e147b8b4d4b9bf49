import GuaranteeModel
import JSONMessages
import Testing

/// What the reader made of a text, in a form that tests can compare: either `ok` with the tree written compactly, or
/// the error's code and offset.
enum Outcome: Equatable, CustomStringConvertible {
    case ok(String)
    case failed(JSONError.Code, offset: Int)

    init(reading bytes: [UInt8], with reader: JSONReader = JSONReader()) {
        do throws(JSONError) {
            self = .ok(compact(try reader.read(bytes)))
        } catch {
            self = .failed(error.code, offset: Int(error.place.offset))
        }
    }

    init(reading text: String, with reader: JSONReader = JSONReader()) {
        self.init(reading: Array(text.utf8), with: reader)
    }

    var description: String {
        switch self {
        case .ok(let text): text
        case .failed(let code, let offset): "\(code) at \(offset)"
        }
    }
}

func read(_ text: String, with reader: JSONReader = JSONReader()) throws -> WireTree {
    try reader.read(Array(text.utf8))
}

/// The error that a text is refused with; nil where it is read.
func refusal(of text: String, with reader: JSONReader = JSONReader()) -> JSONError? {
    do throws(JSONError) {
        _ = try reader.read(Array(text.utf8))
        return nil
    } catch {
        return error
    }
}

func compact(_ tree: WireTree) -> String { written(tree, .compact) }

func written(_ tree: WireTree, node: Int = 0, _ style: JSONWriter.Style) -> String {
    var bytes: [UInt8] = []
    JSONWriter.write(tree, node: node, style: style, into: &bytes)
    return String(decoding: bytes, as: UTF8.self)
}

extension String {
    /// Compared as bytes: `==` of strings is canonical.
    func isSpelled(_ other: String) -> Bool { utf8.elementsEqual(other.utf8) }
}

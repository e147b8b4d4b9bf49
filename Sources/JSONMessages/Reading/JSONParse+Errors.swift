import GuaranteeModel

extension JSONParse {
    func malformed(_ message: String) -> JSONError {
        JSONError(code: .malformed, place: place(at: offset), message: message)
    }

    /// The text ends too early. `what` says what was due or open then.
    func brokenOff(_ what: String) -> JSONError {
        malformed("the text ends where \(what): send all of it")
    }

    /// The byte at `offset` cannot stand there: because it is no UTF-8, or else for the reason that `message` gives.
    func unexpected(_ bytes: Span<UInt8>, _ message: String) -> JSONError {
        bytes.lengthOfUTF8Sequence(at: offset) == nil ? notUTF8() : malformed(message)
    }

    func notUTF8() -> JSONError {
        JSONError(code: .encoding, place: place(at: offset), message: "not UTF-8: send the text in UTF-8")
    }

    func noValue(_ bytes: Span<UInt8>) -> JSONError {
        switch bytes[offset] {
        case UInt8(ascii: ","), UInt8(ascii: "]"), UInt8(ascii: "}"):
            malformed("a value was due: take away the comma or bracket too many, or write null")
        case UInt8(ascii: "'"): malformed("single quotes are no JSON: use double quotes")
        case UInt8(ascii: "/"), UInt8(ascii: "#"): malformed("comments are no JSON: take them out")
        case UInt8(ascii: "+"): malformed("a number has no plus sign in front: take it away")
        case UInt8(ascii: "."): malformed("a number begins with a digit: put 0 in front of the point")
        default: unexpected(bytes, "no JSON value: write an object, array, string, number, true, false or null")
        }
    }

    func noName(_ bytes: Span<UInt8>) -> JSONError {
        switch bytes[offset] {
        case UInt8(ascii: ","), UInt8(ascii: "}"): malformed("a member was due: take away the comma too many")
        case UInt8(ascii: "/"), UInt8(ascii: "#"): malformed("comments are no JSON: take them out")
        default: unexpected(bytes, "a member's name was due: write it in double quotes")
        }
    }

    /// The name at `start`, which has just been read, is that of `previous` too.
    func duplicate(of previous: Int, at start: Int) -> JSONError {
        let earlier = tree.nodes[previous].place
        return JSONError(
            code: .duplicateMember, place: place(at: start),
            message: "the member \(JSONText.quoted(tree.name(of: previous), limit: 80)) came before, with the value at "
                + "line \(earlier.line), column \(earlier.column): keep one of the two")
    }
}

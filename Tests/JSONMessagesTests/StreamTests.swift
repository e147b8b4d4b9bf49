import GuaranteeModel
import JSONMessages
import Testing

@Suite("Streams")
struct StreamTests {
    private func report(_ stream: inout JSONStream) throws {
        let tree = try read(#"{"x":{"y":[1,"2"],"z":{}}}"#)
        stream.object { object in
            object.member("text", "a/\"é\"\n")
            object.member("count", -12)
            object.member("isSo", true)
            object.memberIfPresent("present", "p")
            object.memberIfPresent("absent", nil)
            object.null("nothing")
            object.member("raw", raw: Array("1.50".utf8))
            object.member("tree", tree: tree, node: 1)
            object.object("empty") { _ in }
            object.array("items") { array in
                array.item("i")
                array.item(7)
                array.item(raw: Array("[]".utf8))
                array.object { $0.member("k", false) }
                array.array { _ in }
            }
        }
    }

    @Test("Members come in the order of the calls")
    func compact() throws {
        var stream = JSONStream()
        try report(&stream)
        #expect(
            String(decoding: stream.bytes, as: UTF8.self)
                == #"{"text":"a/\"é\"\n","count":-12,"isSo":true,"present":"p","nothing":null,"raw":1.50,"#
                + #""tree":{"y":[1,"2"],"z":{}},"empty":{},"items":["i",7,[],{"k":false},[]]}"#)
    }

    @Test("Pretty is spelled as the writer spells it")
    func pretty() throws {
        var stream = JSONStream(style: .pretty)
        try report(&stream)
        let tree = try JSONReader().read(stream.bytes)
        #expect(String(decoding: stream.bytes, as: UTF8.self) == written(tree, .pretty))
    }

    @Test("Lines begin anew")
    func lines() {
        var stream = JSONStream()
        for number in 1...2 {
            stream.object { $0.member("n", number) }
            stream.newline()
        }
        stream.array { $0.item("a") }
        stream.newline()
        #expect(stream.bytes == Array("{\"n\":1}\n{\"n\":2}\n[\"a\"]\n".utf8))
        stream.removeAll()
        #expect(stream.bytes.isEmpty)
        stream.item("a")
        #expect(stream.bytes == Array("\"a\"".utf8))
    }
}

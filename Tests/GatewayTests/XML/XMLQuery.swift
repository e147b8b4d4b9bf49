import Foundation
import TestSupport
import Translation

/// A query as clients of NCTS4 put it, in XML.
struct XMLQuery: Sendable {
    struct Guarantee: Sendable {
        var grn: String
        /// nil: none is named.
        var accessCode: String?
    }

    var guarantees: [Guarantee]
    var tin: String? = "GB954131533000"
    var sender = "MDTP-GUA-61406f5f8a1c4d2e9b307f18"
    var reference = "0kx3f9q2m1v7zb"
    /// What is asked: 2 is the balance.
    var identifier = "2"

    init(_ grn: String = V1Question.published.grn, accessCode: String? = V1Question.published.accessCode) {
        guarantees = [Guarantee(grn: grn, accessCode: accessCode)]
    }

    init(_ guarantees: [(grn: String, accessCode: String)]) {
        self.guarantees = guarantees.map { Guarantee(grn: $0.grn, accessCode: $0.accessCode) }
    }

    var text: String {
        let head = """
            <SynIdeMES1>UNOC</SynIdeMES1><SynVerNumMES2>3</SynVerNumMES2><MesSenMES3>\(sender)</MesSenMES3>\
            <MesRecMES6>NTA.GB</MesRecMES6><DatOfPreMES9>20210914</DatOfPreMES9><TimOfPreMES10>0952</TimOfPreMES10>\
            <IntConRefMES11>0kx3f9interchg</IntConRefMES11><MesIdeMES19>\(reference)</MesIdeMES19>\
            <MesTypMES20>GB034A</MesTypMES20>
            """
        let trader = tin.map { "<TRAPRIRC1><TINRC159>\($0)</TINRC159></TRAPRIRC1>" } ?? ""
        return "<CD034A>" + head + trader + guarantees.map(group).joined() + "</CD034A>"
    }

    private func group(_ guarantee: Guarantee) -> String {
        let owner = tin.map { "<TRAPRIOTG><TINOTG59>\($0)</TINOTG59></TRAPRIOTG>" } ?? ""
        let code =
            guarantee.accessCode.map { "<ACCDOC728><AccCodCOD729>\($0)</AccCodCOD729></ACCDOC728>" } ?? ""
        return """
            <GUAREF2><GuaRefNumGRNREF21>\(guarantee.grn)</GuaRefNumGRNREF21>\
            <GUAQUE><QueIdeQUE1>\(identifier)</QueIdeQUE1></GUAQUE>\(owner)\(code)</GUAREF2>
            """
    }

    var request: ExchangeRequest { Self.request(text) }

    /// A message as it stands, sent to be answered.
    static func request(
        _ message: String, type: String = "application/xml", token: String = V1Question.clientToken
    ) -> ExchangeRequest { request(Array(message.utf8), type: type, token: token) }

    static func request(
        _ message: [UInt8], type: String = "application/xml", token: String = V1Question.clientToken
    ) -> ExchangeRequest {
        ExchangeRequest(
            method: "POST", path: V1Question.path,
            headers: ["Content-Type": type, "Authorization": "Bearer \(token)"], body: message)
    }

    /// A file of `samples/`.
    static func sample(_ path: String) throws -> String {
        let samples = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("samples")
        return try String(contentsOf: samples.appendingPathComponent(path), encoding: .utf8)
    }
}

/// What v2.0 does not tell and NCTS4's answers hold, in a file of its own.
struct XMLContext {
    let folder: ScratchFolder
    let flags: [String: String]

    init(_ text: String = "accessDate: \"20200131\"\nguaranteeType: \"9\"\noffice: GB000060\n") throws {
        folder = try ScratchFolder()
        flags = ["context": try folder.write("context.yaml", Data(text.utf8)).path]
    }
}

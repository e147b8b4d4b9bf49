import Foundation

/// The committed samples, and messages that tests make up.
enum Samples {
    static let context = ["--context", "samples/archive/context.yaml"]
    static let archive = "samples/archive/archive.ndjson"

    static func text(_ path: String) throws -> String {
        try String(contentsOf: Bridge.package.appendingPathComponent("samples/" + path), encoding: .utf8)
    }

    /// NCTS4's query as HMRC's services write it: one line, no declaration.
    static func query(grn: String = "22GB0000010000313", tin: String = "GB954131533000", code: String = "AC01")
        -> String
    {
        "<CD034A>" + head(sender: "MDTP-GUA-61406f5f8a1c4d2e9b307f18", receiver: "NTA.GB", type: "GB034A")
            + "<TRAPRIRC1><TINRC159>\(tin)</TINRC159></TRAPRIRC1>"
            + "<GUAREF2><GuaRefNumGRNREF21>\(grn)</GuaRefNumGRNREF21><GUAQUE><QueIdeQUE1>2</QueIdeQUE1></GUAQUE>"
            + "<TRAPRIOTG><TINOTG59>\(tin)</TINOTG59></TRAPRIOTG>"
            + "<ACCDOC728><AccCodCOD729>\(code)</AccCodCOD729></ACCDOC728></GUAREF2></CD034A>"
    }

    static func answer(grn: String = "22GB0000010000313", type: String = "1", balance: String = "50000") -> String {
        "<CD037A>" + head(sender: "NTA.GB", receiver: "MDTP-GUA-61406f5f8a1c4d2e9b307f18", type: "GB037A")
            + "<CUSTOFFGUARNT><RefNumRNT1>GB000001</RefNumRNT1></CUSTOFFGUARNT>"
            + "<GUAREF2><GuaRefNumGRNREF21>\(grn)</GuaRefNumGRNREF21><AccDatREF24>20200101</AccDatREF24>"
            + "<GuaTypREF22>\(type)</GuaTypREF22><GuaMonCodREF23>0</GuaMonCodREF23>"
            + "<GUAQUE><QueIdeQUE1>2</QueIdeQUE1></GUAQUE><EXPEXP><ExpEXP1>0</ExpEXP1><ExpCouEXP2>0</ExpCouEXP2>"
            + "<BalEXP3>\(balance)</BalEXP3><CurEXP4>GBP</CurEXP4></EXPEXP></GUAREF2></CD037A>"
    }

    /// NCTS4's refusal; each error is its leaves.
    static func rejection(_ errors: String...) -> String {
        "<CD906A>" + head(sender: "NTA.GB", receiver: "MDTP-GUA-61406f5f8a1c4d2e9b307f18", type: "GB906A")
            + "<OriMesIdeMES22>0kx3f9q2m1v7zb</OriMesIdeMES22>"
            + errors.map { "<FUNERRER1>\($0)</FUNERRER1>" }.joined() + "</CD906A>"
    }

    private static func head(sender: String, receiver: String, type: String) -> String {
        "<SynIdeMES1>UNOC</SynIdeMES1><SynVerNumMES2>3</SynVerNumMES2><MesSenMES3>\(sender)</MesSenMES3>"
            + "<MesRecMES6>\(receiver)</MesRecMES6><DatOfPreMES9>20210914</DatOfPreMES9><TimOfPreMES10>0952</TimOfPreMES10>"
            + "<IntConRefMES11>0kx3f9q2m1v7zb</IntConRefMES11><MesIdeMES19>0kx3f9q2m1v7zb</MesIdeMES19>"
            + "<MesTypMES20>\(type)</MesTypMES20>"
    }

    static func jsonQuery(grn: String = "22GB0000010000313", code: String = "AC01") -> String {
        #"{"taxIdentifier":"GB954131533000","guaranteeReference":"\#(grn)","accessCode":"\#(code)"}"#
    }

    /// A record of an NDJSON archive with its payload as a string.
    static func record(_ id: String, _ payload: String) throws -> String {
        let data = try JSONEncoder().encode(["id": id, "payload": payload])
        return String(decoding: data, as: UTF8.self) + "\n"
    }
}

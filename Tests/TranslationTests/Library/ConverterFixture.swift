import Foundation
import GuaranteeConversion

/// Messages that programs have stored, and what their owner can tell about them.
enum Stored {
    static let grn = "23GB0000010000854"
    static let secret = "Zq7x"

    static let question = Array(
        #"{"taxIdentifier":"GB954131533000","guaranteeReference":"\#(grn)","accessCode":"\#(secret)"}"#.utf8)

    static let answer = Array(
        """
        <CD037A><SynIdeMES1>UNOC</SynIdeMES1><SynVerNumMES2>3</SynVerNumMES2><MesSenMES3>NTA.GB</MesSenMES3>\
        <MesRecMES6>MDTP-GUA-0123456789abcdef01234567</MesRecMES6><DatOfPreMES9>20210914</DatOfPreMES9>\
        <TimOfPreMES10>0952</TimOfPreMES10><IntConRefMES11>abcdefghij1234</IntConRefMES11>\
        <MesIdeMES19>abcdefghij1234</MesIdeMES19><MesTypMES20>GB037A</MesTypMES20>\
        <TRAPRIRC1><TINRC159>GB954131533000</TINRC159></TRAPRIRC1>\
        <CUSTOFFGUARNT><RefNumRNT1>GB000001</RefNumRNT1></CUSTOFFGUARNT>\
        <GUAREF2><GuaRefNumGRNREF21>\(grn)</GuaRefNumGRNREF21><AccDatREF24>20210101</AccDatREF24>\
        <GuaTypREF22>1</GuaTypREF22><GuaMonCodREF23>1</GuaMonCodREF23><GUAQUE><QueIdeQUE1>2</QueIdeQUE1></GUAQUE>\
        <EXPEXP><ExpEXP1>1</ExpEXP1><ExpCouEXP2>1</ExpCouEXP2><BalEXP3>12345678.90</BalEXP3><CurEXP4>GBP</CurEXP4>\
        </EXPEXP></GUAREF2></CD037A>
        """.utf8)

    /// A context that knows everything.
    static let context: ConversionContext = {
        var context = ConversionContext()
        context[.tin] = "GB123456789012"
        context[.grn] = grn
        context[.guaranteeType] = "1"
        context[.currency] = "GBP"
        context[.sender] = "MDTP-GUA-0123456789abcdef01234567"
        context[.receiver] = "NTA.GB"
        context[.accessDate] = "20260131"
        context[.originalMessage] = "abcdefghij1234"
        context.time = Date(timeIntervalSince1970: 1_770_091_506)
        context.seed = 7
        return context
    }()
}

extension GuaranteeConverter {
    static func with(_ set: (inout ConverterOptions) -> Void) throws -> GuaranteeConverter {
        var options = ConverterOptions()
        set(&options)
        return try GuaranteeConverter(options: options)
    }
}

extension ConvertedMessage {
    var text: String { String(decoding: document, as: UTF8.self) }
}

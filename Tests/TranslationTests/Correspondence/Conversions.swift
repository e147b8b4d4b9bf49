import GuaranteeModel
import JSONMessages
import Testing

@testable import Translation

/// Converts texts, for tests that say what goes in and what must come out.
struct Conversions {
    var options: TranslationOptions
    var context = Fixtures.context

    init(to target: MessageFormat, from source: MessageFormat? = nil, isLenient: Bool = false) {
        options = TranslationOptions(target: target)
        options.source = source
        options.isLenient = isLenient
    }

    var translator: Translator {
        Translator(mappings: Fixtures.mappings, masker: Masker(Fixtures.mappings), options: options)
    }

    func conversion(of text: String) throws -> Conversion {
        let translator = translator
        let reading = try translator.read(Payload(Array(text.utf8)))
        return try translator.write(reading, supply: Supply(context: context), remainder: nil)
    }

    func convert(_ text: String) throws -> WireTree { try conversion(of: text).document }

    /// What a conversion gives, or the code of its refusal, in one word or text.
    func outcome(_ text: String) -> String {
        do {
            return String(decoding: try convert(text).serialised(), as: UTF8.self)
        } catch let error as TranslationError {
            return error.code.rawValue
        } catch {
            return "\(error)"
        }
    }
}

extension WireTree {
    /// The text at a JSON Pointer or an XPath as `path(of:)` gives it.
    func text(at path: String) -> String? {
        let paths = allPaths()
        return nodes.indices.first { paths[$0] == path }.map { text(of: $0) }
    }

    /// All reasons of a CD906A, as `12 GRR(1)…`.
    var reasons: [String] {
        nodes.indices.filter { name(of: $0) == "FUNERRER1" }.map { error in
            ["ErrTypER11", "ErrPoiER12", "ErrReaER13"].compactMap { child($0, of: error) }.map { text(of: $0) }
                .joined(separator: " ")
        }
    }

    /// The status, code and message of an HTTP error.
    var words: [String?] { ["/status", "/body/code", "/body/message"].map(text(at:)) }
}

/// A `CD906A` with these errors: type, pointer, and perhaps a reason.
func rejection(_ errors: [[String]]) -> String {
    let items = errors.map { error in
        let reason = error.count > 2 ? "<ErrReaER13>\(error[2])</ErrReaER13>" : ""
        return
            "<FUNERRER1><ErrTypER11>\(error[0])</ErrTypER11><ErrPoiER12>\(error[1])</ErrPoiER12>\(reason)</FUNERRER1>"
    }
    return """
        <CD906A><SynIdeMES1>UNOC</SynIdeMES1><SynVerNumMES2>3</SynVerNumMES2><MesSenMES3>NTA.GB</MesSenMES3>\
        <MesRecMES6>MDTP-GUA-0123456789abcdef01234567</MesRecMES6><DatOfPreMES9>20210914</DatOfPreMES9>\
        <TimOfPreMES10>0952</TimOfPreMES10><IntConRefMES11>abcdefghij1234</IntConRefMES11>\
        <MesIdeMES19>abcdefghij1234</MesIdeMES19><MesTypMES20>GB906A</MesTypMES20>\
        <OriMesIdeMES22>abcdefghij5678</OriMesIdeMES22>\(items.joined())</CD906A>
        """
}

/// The same errors as v1.0's JSON.
func functionalError(_ errors: [[String]]) -> String {
    let items = errors.map { error in
        let reason = error.count > 2 ? #","errorReason":"\#(error[2])""# : ""
        return #"{"errorType":\#(error[0]),"errorPointer":"\#(error[1])"\#(reason)}"#
    }
    return """
        {"code":"FUNCTIONAL_ERROR","message":"The request was rejected by the guarantee management system",\
        "response":{"errors":[\(items.joined(separator: ","))]}}
        """
}

enum Pointers {
    static let grn = "GRR(1).Guarantee reference number (GRN)"
    static let accessCode = "GRR(1).ACC(1).Access code"
    static let tin = "RC1.TIN"
    static let owner = "GRR(1).OTG(1).TIN"
    static let query = "GRR(1).GQY(1).Query identifier"
}

/// v2.0's own messages (contract 4).
enum Wordings {
    static let notFound = "The guarantee reference number or access code did not match an existing guarantee."
    static let oldNotFound = "Guarantee balance not found."
    static let type = "Guarantee type is not supported."
    static let format = "The guarantee reference number is not in the correct format."
    static let country = "The guarantee reference number must be for a GB or XI guarantee."
    static let noCode = "The access code was not supplied."
    static let badCode = "Access code AC-1 must be four alphanumeric characters."
    static let maskedCode = "Access code **** must be four alphanumeric characters."
    static let quota = "The request for the API is throttled as you have exceeded your quota."
    static let accept = "The accept header must be set to application/vnd.hmrc.2.0+json to use this resource."
    static let gone =
        "Requests for New Guarantee Balance enquiries using the CTC Guarantee Balance API v1.0 are no longer supported. "
        + "Please use CTC Guarantee Balance API v2.0 for balance inquiries."
}

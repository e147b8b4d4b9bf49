public import GuaranteeModel
public import Translation

/// Converts the messages of a guarantee balance exchange between v1.0's XML, v1.0's JSON and v2.0's JSON (contract
/// sections 3, 4 and 6), in any direction, and accounts for each leaf (design section 2).
///
/// ```swift
/// let converter = try GuaranteeConverter()
/// let converted = try converter.convert(answer, to: .v2JSON)
/// store(converted.document, converted.remainder)
/// // … and back, leaf for leaf:
/// let original = try converter.convert(converted.document, to: .v1XML, remainder: converted.remainder)
/// ```
///
/// It may be used from many tasks at once. Make it once: it reads the mapping files, which takes some hundredths of a
/// second.
public struct GuaranteeConverter: Sendable {
    private let mappings: MappingSet
    private let masker: Masker
    private let options: ConverterOptions

    /// - Throws: nothing that a program can mend: the mapping files are built in, and held to load by tests.
    public init(options: ConverterOptions = ConverterOptions()) throws {
        mappings = try MappingSet(.embedded)
        masker = Masker(mappings)
        self.options = options
    }

    /// Converts one message.
    ///
    /// With the remainder of a conversion to `source` it is the way back: the message comes again leaf for leaf. A
    /// remainder of a message in a third format gives what it knows, before the context is asked. A converter undoes what
    /// a converter with the same options did.
    ///
    /// - Parameters:
    ///   - message: an XML document, or a JSON body, or an exchange as one JSON object (`docs/convert.md`), perhaps inside
    ///     an envelope; in UTF-8, in UTF-16, or as its XML declaration says.
    ///   - source: its format; nil where its content tells. Seven errors look alike in both versions' JSON.
    ///   - remainder: what an earlier conversion left over of the message that this one is, as
    ///     `ConvertedMessage.remainder` gave it.
    ///   - context: what the message can't tell: v2.0 knows no tax identifier, v1.0's answers no GRN.
    /// - Throws: why there is no counterpart, by one of the codes of `docs/codes.md`; it quotes no value.
    ///   `missing-context` where something must be told that nobody knows, or the remainder is another message's.
    public func convert(
        _ message: [UInt8], from source: MessageFormat? = nil, to target: MessageFormat, remainder: [UInt8]? = nil,
        context: ConversionContext = ConversionContext()
    ) throws(TranslationError) -> ConvertedMessage {
        var kept: RemainderLine?
        if let remainder { kept = try RemainderLine(parsing: remainder) }
        var translation = TranslationOptions(target: target)
        // A remainder knows the format of what it belongs to, where content alone would not tell.
        translation.source = source ?? kept?.format
        translation.isLenient = options.isLenient
        translation.form = options.v1Form == .post ? .post : .get
        translation.writesBodyAlone = options.writesBodyAlone
        translation.verifies = options.verifies
        let translator = Translator(mappings: mappings, masker: masker, options: translation)
        let reading = try translator.read(Payload(message))
        let conversion = try translator.write(
            reading, supply: Supply(context: context.settled),
            remainder: try kept?.remainder(of: reading.tree, translator))
        return try ConvertedMessage(conversion, by: translator)
    }
}

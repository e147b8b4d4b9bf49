package import Translation

/// What a run is to do with its records.
package struct ConvertOptions: Sendable {
    /// What is written of a record.
    package enum Emit: String, Sendable, CaseIterable {
        /// `id`, `source` and `message`.
        case record
        /// The message alone.
        case message
        /// The message without the exchange around it: v1.0's and v2.0's bare JSON.
        case body
    }

    package var translation: TranslationOptions
    /// nil: records; the message alone where each file of a mirrored folder is one message.
    package var emit: Emit?
    package var context = TranslationContext()
    /// Whether rejected payloads are kept with their access codes.
    package var keepsSecrets = false
    /// Whether what the target can't say is written.
    package var writesRemainder = false
    /// Whether what became of each leaf is written, record by record.
    package var writesFindings = false

    package init(translation: TranslationOptions) {
        self.translation = translation
        self.translation.writesBodyAlone = false
    }

    /// What is written of each message among it.
    var fullTranslation: TranslationOptions {
        var full = translation
        full.writesBodyAlone = emit == .body
        return full
    }

    /// The target as remainders name it: with the form, where v1.0's JSON has two.
    package var targetName: String {
        translation.target == .v1JSON
            ? "\(translation.target.rawValue)+\(translation.form.rawValue)" : translation.target.rawValue
    }
}

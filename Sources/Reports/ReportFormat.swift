/// The forms that a report has.
package enum ReportFormat: String, Sendable, CaseIterable {
    case text, json, junit, markdown, html
}

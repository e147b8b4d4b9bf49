/// Where a value came from: problems and the printed values name it, so that it is found and changed there.
package enum SettingSource: Sendable, Equatable, CustomStringConvertible {
    /// A flag, by its name without dashes.
    case flag(String)
    /// An environment variable.
    case variable(String)
    /// A configuration file; the line from 1, where it is known.
    case file(String, line: Int?)
    /// Nobody said anything.
    case standard

    package var description: String {
        switch self {
        case .flag(let name): "flag --\(name)"
        case .variable(let name): "variable \(name)"
        case .file(let path, let line): path + (line.map { ", line \($0)" } ?? "")
        case .standard: "default"
        }
    }
}

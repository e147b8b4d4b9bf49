import Foundation
import GuaranteeClients
import Logging

extension SettingKind<String> {
    /// Any text.
    static func text(_ type: String) -> Self { .text(type, { $0 }) { .success($0) } }

    /// A file that is made where there is none, or whose reader says itself what is wrong with it.
    static var file: Self { .text("file") }

    /// A file that has to be there.
    static var readableFile: Self {
        .text("file", { $0 }) { path in
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
                return .failure(SettingComplaint("there is no file \(path)"))
            }
            guard !isFolder.boolValue else { return .failure(SettingComplaint("\(path) is a folder, not a file")) }
            // Asked, not opened: a pipe can be read but once.
            guard FileManager.default.isReadableFile(atPath: path) else {
                return .failure(SettingComplaint("\(path) can't be read: look at its owner and its mode"))
            }
            return .success(path)
        }
    }

    /// A variable's name. Whoever writes the token itself here in its place must not find it again in a log.
    static var variableName: Self {
        .text("name", { $0 }) { name in
            let isName =
                name.utf8.first.map { !(0x30...0x39).contains($0) } == true
                && name.unicodeScalars.allSatisfy { scalar in
                    scalar.isASCII && (scalar.properties.isAlphabetic || scalar == "_" || ("0"..."9").contains(scalar))
                }
            guard isName else {
                return .failure(
                    SettingComplaint(
                        "takes the name of an environment variable (letters, digits and _), never a token itself"))
            }
            return .success(name)
        }
    }
}

extension SettingKind<ListenAddress> {
    static var address: Self {
        .text("address:port", \.description) { text in
            ListenAddress(text).map { .success($0) }
                ?? .failure(SettingComplaint("\(text) is no address and port like 127.0.0.1:9080 or [::1]:9080"))
        }
    }
}

extension SettingKind<ListenAddress?> {
    static var addressOrOff: Self {
        .text("address:port or off", { $0?.description ?? "off" }) { text in
            text == "off"
                ? .success(nil)
                : ListenAddress(text).map { .success($0) }
                    ?? .failure(
                        SettingComplaint("\(text) is neither off nor an address and port like 127.0.0.1:9081"))
        }
    }
}

extension SettingKind<BaseURL> {
    static var url: Self { .text("url", \.description, baseURL) }

    /// An address with the version that is spoken there.
    ///
    /// - Parameter other: what to do with any other version: there is one use for each.
    static func url(of version: String, other: String) -> Self {
        .text("\(version)=url", { "\(version)=\($0)" }) { text in
            guard let equals = text.firstIndex(of: "="), !text[..<equals].contains(":") else {
                return .failure(SettingComplaint("takes an address with its version: \(version)=https://…"))
            }
            let told = text[..<equals]
            guard told == version else {
                return .failure(SettingComplaint("\(told) is not possible here: it takes \(version)=URL; \(other)"))
            }
            return baseURL(String(text[text.index(after: equals)...]))
        }
    }

    @Sendable private static func baseURL(_ text: String) -> Result<BaseURL, SettingComplaint> {
        // Whatever else is wrong with it: a password is not repeated.
        guard !text.contains("@") else {
            return .failure(SettingComplaint("an address holds no user and no password"))
        }
        do { return .success(try BaseURL(text)) } catch { return .failure(SettingComplaint(error.description)) }
    }
}

extension SettingKind<Logger.Level> {
    static var logLevel: Self {
        .text("level", \.rawValue) { text in
            let levels = Logger.Level.allCases.map(\.rawValue).joined(separator: ", ")
            return Logger.Level(rawValue: text).map { .success($0) }
                ?? .failure(SettingComplaint("\(text) is none of \(levels)"))
        }
    }
}

extension SettingKind<GatewaySettings.AccessLog> {
    static var accessLog: Self {
        .text("-, off or file", \.description) { .success(GatewaySettings.AccessLog($0)) }
    }
}

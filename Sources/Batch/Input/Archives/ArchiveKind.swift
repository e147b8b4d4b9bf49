/// What a file is compressed or packed as, told by its first bytes.
enum ArchiveKind {
    case gzip, zstandard, zip, tar

    /// How many bytes tell.
    static let headSize = 512

    /// nil for what is none of them.
    init?(_ head: some RandomAccessCollection<UInt8>) {
        func begins(_ bytes: [UInt8], at offset: Int = 0) -> Bool { head.dropFirst(offset).starts(with: bytes) }
        if begins([0x1F, 0x8B, 0x08]) {
            self = .gzip
        } else if begins([0x28, 0xB5, 0x2F, 0xFD]) {
            self = .zstandard
        } else if begins(Array("PK\u{3}\u{4}".utf8)) || begins(Array("PK\u{5}\u{6}".utf8)) {
            self = .zip
        } else if begins(Array("ustar".utf8), at: 257) {
            self = .tar
        } else {
            return nil
        }
    }
}

import GuaranteeClients

/// Which user's lock it is, and of which guarantee. There may be very many of them, and each outlives its question by a
/// minute: so that they stay small and hold no secret, it is two digests under a key that only this process knows. That
/// those of two locks are the same is not to be expected before 2^64 locks.
struct Lock: Hashable, Sendable {
    private let first: UInt64
    private let second: UInt64

    init(user: BearerToken?, grn: String) {
        first = Self.digest(0, user, grn)
        second = Self.digest(1, user, grn)
    }

    private static func digest(_ number: UInt8, _ user: BearerToken?, _ grn: String) -> UInt64 {
        var hasher = Hasher()
        hasher.combine(number)
        hasher.combine(user)
        hasher.combine(grn)
        return UInt64(truncatingIfNeeded: hasher.finalize())
    }

    func hash(into hasher: inout Hasher) { hasher.combine(first) }
}

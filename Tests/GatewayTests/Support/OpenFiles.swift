import Foundation

/// Each connection of a test takes two open files: as many are allowed as the system lets a process have.
enum OpenFiles {
    /// How many there may be.
    static let limit: Int = {
        var limit = rlimit()
        #if os(Linux)
            let files = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        #else
            let files = RLIMIT_NOFILE
        #endif
        guard getrlimit(files, &limit) == 0 else { return 256 }
        limit.rlim_cur = min(limit.rlim_max, 16_384)
        setrlimit(files, &limit)
        return Int(limit.rlim_cur)
    }()
}

/// What somebody may have meant who wrote a name that there is not.
enum NearestName {
    /// The known name that is nearest to `name`, or that ends with it; nil where none is near enough to be meant.
    static func to(_ name: String, in names: [String]) -> String? {
        let asked = Array(name.lowercased().utf8)
        guard !asked.isEmpty else { return nil }
        let endings = names.filter { known in
            known.count > name.count && known.lowercased().hasSuffix(name.lowercased())
                && ".-_".contains(known.dropLast(name.count).last ?? "x")
        }
        if endings.count == 1 { return endings.first }
        let near = names.map { (name: $0, distance: distance(asked, Array($0.lowercased().utf8))) }
            .filter { $0.distance <= max(1, min(asked.count, $0.name.utf8.count) / 3) }
        return near.min { $0.distance < $1.distance }?.name
    }

    /// How many bytes have to be put in, taken out or replaced.
    private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        var row = Array(0...right.count)
        for (index, byte) in left.enumerated() {
            var diagonal = row[0]
            row[0] = index + 1
            for column in right.indices {
                let replaced = diagonal + (byte == right[column] ? 0 : 1)
                diagonal = row[column + 1]
                row[column + 1] = min(replaced, min(row[column], diagonal) + 1)
            }
        }
        return row[right.count]
    }
}

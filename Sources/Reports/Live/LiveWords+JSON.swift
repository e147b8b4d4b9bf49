import Comparison

extension LiveWords {
    /// In the order of their names: the same state is the same line.
    func write(to json: inout JSONStream) {
        json.member("title", title)
        json.orNull("verdict", verdict?.rawValue)
        json.object("texts") { json in
            for (place, text) in texts.sorted(by: { $0.key < $1.key }) { json.member(place, text) }
        }
        json.object("lists") { json in
            for (name, items) in lists.sorted(by: { $0.key < $1.key }) {
                json.array(name) { json in for item in items { json.item(item) } }
            }
        }
        json.object("tables") { json in
            for (name, rows) in tables.sorted(by: { $0.key < $1.key }) {
                json.array(name) { json in for row in rows { row.write(to: &json) } }
            }
        }
        json.array("alarms") { json in for alarm in alarms.sorted() { json.item(alarm) } }
        json.object("bars") { json in
            for (name, segments) in bars.sorted(by: { $0.key < $1.key }) {
                json.array(name) { json in for segment in segments { segment.write(to: &json) } }
            }
        }
    }
}

extension LiveRow {
    fileprivate func write(to json: inout JSONStream) {
        json.object { json in
            json.member("key", key)
            if let at { json.member("at", Moment(at).iso8601) }
            if let pairClass { json.member("class", pairClass.rawValue) }
            json.object("cells") { json in
                for (name, text) in cells.sorted(by: { $0.key < $1.key }) { json.member(name, text) }
            }
        }
    }
}

extension BarSegment {
    fileprivate func write(to json: inout JSONStream) {
        json.object { json in
            json.member("name", name)
            json.number("x", x, digits: 2)
            json.number("width", width, digits: 2)
        }
    }
}

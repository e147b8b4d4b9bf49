import Translation

/// A line of the findings file: what became of each leaf of one record. No values stand in it.
enum FindingsLine {
    static func make(_ record: InputRecord, _ conversion: Conversion) -> [UInt8] {
        var json = JSONStream()
        json.object { json in
            json.member("id", raw: record.identity)
            json.member("file", record.file.path)
            if let line = record.line { json.member("line", line) }
            json.member("from", conversion.reading.plan.message)
            json.member("to", conversion.messages[0].plan.message)
            json.array("read") { json in
                for finding in conversion.readFindings {
                    json.object { json in
                        json.member("path", finding.path)
                        json.member("line", Int(finding.place.line))
                        json.member("column", Int(finding.place.column))
                        if finding.place.offset >= 0 { json.member("offset", Int(finding.place.offset)) }
                        json.member("rule", finding.rule)
                        json.member("outcome", finding.outcome.rawValue)
                        json.memberIfPresent("to", finding.counterpart)
                    }
                }
            }
            json.array("written") { json in
                for finding in conversion.writtenFindings {
                    json.object { json in
                        json.member("path", finding.path)
                        json.member("rule", finding.rule)
                        json.member("outcome", finding.outcome.rawValue)
                        json.memberIfPresent("from", finding.counterpart)
                    }
                }
            }
            if !conversion.remarks.isEmpty {
                json.array("remarks") { json in
                    for remark in conversion.remarks { json.object { $0.write(remark) } }
                }
            }
        }
        json.newline()
        return json.bytes
    }
}

import Translation

/// A run's report: the counts, what was lost, and which mappings made it. `docs/loss-report.md` describes it.
package struct RunReport: Sendable {
    package static let schemaVersion = 1

    package var tally: Tally
    package var target: String
    package var revisions: [(file: String, revision: Int)]
    package var toolVersion: String
    /// Files inside folders that were left out since their names begin with a dot.
    package var hiddenFiles: Int

    package init(
        tally: Tally, target: String, revisions: [(file: String, revision: Int)], toolVersion: String, hiddenFiles: Int
    ) {
        self.tally = tally
        self.target = target
        self.revisions = revisions
        self.toolVersion = toolVersion
        self.hiddenFiles = hiddenFiles
    }

    /// The report as JSON.
    package var json: [UInt8] {
        var json = JSONStream(style: .pretty)
        json.object { json in
            json.member("schemaVersion", Self.schemaVersion)
            json.object("tool") { json in
                json.member("name", "nctsbridge")
                json.member("version", toolVersion)
            }
            json.member("to", target)
            json.object("records") { $0.write(tally.records) }
            json.member("hiddenFiles", hiddenFiles)
            json.object("messages") { json in
                for (message, records) in tally.messages.sorted(by: { $0.key < $1.key }) {
                    json.object(message) { $0.write(records) }
                }
            }
            json.object("leaves") { json in
                json.object("read") { json in
                    json.member("total", tally.leavesRead.values.reduce(0, +))
                    for outcome in ReadOutcome.allCases {
                        json.member(outcome.rawValue, tally.leavesRead[outcome] ?? 0)
                    }
                }
                json.object("written") { json in
                    json.member("total", tally.leavesWritten.values.reduce(0, +))
                    for outcome in WrittenOutcome.allCases {
                        json.member(outcome.rawValue, tally.leavesWritten[outcome] ?? 0)
                    }
                }
            }
            json.array("losses") { json in
                for (loss, count) in tally.sortedLosses {
                    json.object { json in
                        json.member("message", loss.message)
                        json.member("field", loss.field)
                        json.member("outcome", loss.outcome.rawValue)
                        json.member("count", count)
                    }
                }
            }
            json.object("rejects") { json in
                for (code, count) in tally.sortedRejects { json.member(code.rawValue, count) }
            }
            json.object("remarks") { json in
                for (code, count) in tally.remarks.sorted(by: { $0.key < $1.key }) { json.member(code, count) }
            }
            json.object("mappings") { json in
                for (file, revision) in revisions { json.member(file, revision) }
            }
        }
        json.newline()
        return json.bytes
    }
}

extension JSONStream {
    fileprivate mutating func write(_ records: Tally.Records) {
        member("read", records.read)
        member("converted", records.converted)
        member("noCounterpart", records.noCounterpart)
        member("rejected", records.rejected)
    }
}

extension Tally {
    /// What was lost most often first; ties by message, field and outcome.
    var sortedLosses: [(loss: Loss, count: Int)] {
        losses.map { (loss: $0.key, count: $0.value) }.sorted { left, right in
            if left.count != right.count { return left.count > right.count }
            return (left.loss.message, left.loss.field, left.loss.outcome.rawValue)
                < (right.loss.message, right.loss.field, right.loss.outcome.rawValue)
        }
    }

    /// The commonest reason first.
    var sortedRejects: [(code: TranslationError.Code, count: Int)] {
        rejects.map { (code: $0.key, count: $0.value) }.sorted { left, right in
            left.count != right.count ? left.count > right.count : left.code.rawValue < right.code.rawValue
        }
    }
}

import Comparison
import Evidence

extension LiveState {
    /// The state as one line, for the `data:` of a server-sent event: facts for programs, and under `page` what the page
    /// shows of them, in its words. Texts from outside are spelled as people may safely read them.
    package func json() -> [UInt8] {
        var json = JSONStream()
        json.object { json in
            writeFacts(to: &json)
            json.object("page") { LiveWords(self).write(to: &$0) }
        }
        return json.bytes
    }

    private func writeFacts(to json: inout JSONStream) {
        json.member("version", VisibleText.of(version))
        json.member("mode", mode.rawValue)
        json.orNull("startedAt", startedAt)
        json.orNull("now", now)
        json.member("requests", requests)
        json.member("inFlight", inFlight)
        json.member("connections", connections)
        json.array("statuses") { json in
            for (status, count) in statuses {
                json.object { json in
                    json.member("status", status)
                    json.member("count", count)
                }
            }
        }
        json.member("refusedForLoad", refusedForLoad)
        json.member("pending", pending)
        json.array("sides") { json in for side in sides { side.write(to: &json) } }
        json.objectOrNull("overhead", overhead) { json, overhead in
            json.milliseconds("medianMilliseconds", overhead.median)
            json.milliseconds("p99Milliseconds", overhead.p99)
        }
        json.objectOrNull("queue", queue) { json, queue in
            json.member("depth", queue.depth)
            json.member("limit", queue.limit)
            json.number("oldestSeconds", queue.oldestSeconds, digits: 3)
            json.member("skipped", queue.skipped)
        }
        json.objectOrNull("summary", summary) { json, summary in
            json.member("verdict", summary.verdict.verdict.rawValue)
            json.object("arithmetic") { summary.verdict.write(to: &$0) }
            json.member("total", summary.pairs)
            json.object("classes") { $0.write(summary.classes) }
            json.member("open", summary.open)
        }
        json.array("differences") { json in
            for difference in differences.prefix(Self.mostDifferences) { difference.write(to: &json) }
        }
        json.array("notices") { json in for notice in notices { json.item(VisibleText.of(notice)) } }
    }
}

extension LiveState.Side {
    fileprivate func write(to json: inout JSONStream) {
        json.object { json in
            json.member("name", VisibleText.of(name))
            json.member("address", VisibleText.of(address))
            json.member("calls", calls)
            json.member("failures", failures)
            json.milliseconds("medianMilliseconds", median)
            json.milliseconds("p99Milliseconds", p99)
        }
    }
}

extension LiveState.Difference {
    fileprivate func write(to json: inout JSONStream) {
        json.object { json in
            json.member("pair", pair)
            json.orNull("at", at)
            json.member("grn", VisibleText.of(grn))
            json.member("class", pairClass.rawValue)
            json.member("what", VisibleText.of(what))
        }
    }
}

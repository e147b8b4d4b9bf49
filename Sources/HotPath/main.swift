import Foundation
import Translation

// Converts messages that are in memory, over and over, on one thread: what `make bench` times beside libxml2, and whose
// instructions `make counts` holds. Prints microseconds of processor time for each message, and how many went the short way.
//
//     hot-path v2-json|v1-json|v1-xml ROUNDS CONTEXT|- FILE…

func processorTime() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}

let arguments = CommandLine.arguments
guard arguments.count > 4, let target = MessageFormat(rawValue: arguments[1]), let rounds = Int(arguments[2]) else {
    FileHandle.standardError.write(Data("usage: hot-path v2-json|v1-json|v1-xml ROUNDS CONTEXT|- FILE…\n".utf8))
    exit(64)
}
let mappings = try MappingSet(.embedded)
let masker = Masker(mappings)
let options = TranslationOptions(target: target)
var context = TranslationContext()
if arguments[3] != "-" {
    context = try TranslationContext(
        parsing: Array(try Data(contentsOf: URL(fileURLWithPath: arguments[3]))), file: arguments[3], mappings: mappings
    ).settled(now: "2026-01-01T00:00:00Z", randomSeed: 1)
}
let payloads = try arguments[4...].map { Payload(Array(try Data(contentsOf: URL(fileURLWithPath: $0)))) }
let plain = PlainTranslator(PlainSources(mappings: mappings, masker: masker, options: options))
let translator = Translator(mappings: mappings, masker: masker, options: options)

var short = 0
var bytes = 0
var record = 0
let start = processorTime()
for _ in 0..<rounds {
    for payload in payloads {
        let supply = Supply(context: context, record: record)
        record += 1
        if plain.convert(payload, supply: supply) != nil {
            short += 1
            bytes += plain.output.count
        } else {
            let conversion = try translator.write(try translator.read(payload), supply: supply, remainder: nil)
            bytes += try conversion.document.serialised().count
        }
    }
}
let seconds = processorTime() - start
if record > 0 {
    print(
        "{\"microseconds\":\(seconds * 1e6 / Double(record)),\"messages\":\(record),\"short\":\(short),\"bytes\":\(bytes)}"
    )
}

import ArgumentParser
import Batch
import Comparison
import DualRun
import Evidence
import Foundation
import GuaranteeClients
import HTTPTransport
import Translation

/// One process' part in a dual run: everything that `compare` is given, wired together.
struct CompareRun {
    private let command: Compare
    private let evidence: SQLiteEvidence

    init(_ command: Compare, _ evidence: SQLiteEvidence) {
        self.command = command
        self.evidence = evidence
    }

    /// - Returns: why the run ended before all pairs were judged.
    func run() async throws -> StopReason? {
        let files = try command.mappings.files
        let mappings = try MappingSet(files)
        let codec = ExchangeCodec(mappings)
        let table = try DifferenceTable(files, mappings: mappings)
        let listed = try questionList(codec)
        let key = command.keepIdentifiers ? nil : try self.key()
        var pseudonym: (@Sendable (String) -> String)?
        if let key { pseudonym = { key.pseudonym(of: $0) } }
        let settings = RunSettings(command, evidence)
        let run = try await settings.settings(
            mappings: Dictionary(mappings.revisions + [(DifferenceTable.file, table.revision)]) { first, _ in first },
            keyCheck: key?.pseudonym(of: "nctsbridge"))
        let stopSwitch = StopSwitch()
        let time = RunClock.timekeeper(startedAt: run.startedAt, scale: run.timeScale)
        let pacing = PacingGate(limits: command.pace.limits, timekeeper: time)
        let recordings = try await recordings(codec, table, pseudonym, stopSwitch)
        return try await Interruption.watching(stopSwitch) {
            try await command.network.withTransport { transport in
                let clients = CompareClients(
                    command.sides, transport: transport, limits: command.network.limits, codec: codec,
                    pacing: stopSwitch.heeding(pacing), time: stopSwitch.heeding(time))
                let users = Set((listed ?? []).compactMap(\.user))
                let (v1, v2) = (try clients.side(.v1, users: users), try clients.side(.v2, users: users))
                // All that was given is there: only now there is a run.
                try await settings.begin(run)
                guard let secrets = try await take(recordings, codec) else { return .interrupted }
                var options = DualRunOptions()
                options.limits = command.pace.limits
                options.comparableWithin = command.verdict.comparableWithin
                let watch = ProgressWatch(isShown: !command.quiet && Terminal.isWatched)
                let dualRun = DualRun(
                    v1: v1, v2: v2, evidence: evidence, codec: codec, table: table, options: options, time: time,
                    pacing: pacing, stopSwitch: stopSwitch, pseudonym: pseudonym, onProgress: { watch.show($0) })
                let questions = try await questions(listed, secrets, dualRun)
                try await checkPopulation()
                let ending = await dualRun.run { questions.indices.contains($0 - 1) ? questions[$0 - 1] : nil }
                watch.clear()
                await clients.settled()
                return ending
            }
        }
    }

    /// There can't be fewer guarantees in all than are listed.
    private func checkPopulation() async throws {
        let listed = try await evidence.guaranteeCount()
        guard let population = command.verdict.population, population < listed else { return }
        throw Exit.fail(
            "--population is \(population), and \(listed) guarantees are to be compared: it is how many there are in all",
            .validationFailure)
    }

    // MARK: - Questions

    private func questionList(_ codec: ExchangeCodec) throws -> [DualRunQuestion]? {
        guard let path = command.queries else { return nil }
        let list = try QuestionList.read(
            path, mappings: codec.mappings, masker: codec.masker, options: inputOptions(codec),
            environment: ProcessInfo.processInfo.environment)
        for warning in list.warnings.prefix(20) { Terminal.error("warning: \(warning)") }
        guard list.problems.isEmpty else {
            for problem in list.problems.prefix(50) { Terminal.error("\(problem)") }
            let more = list.problems.count > 50 ? " (the first 50 are shown)" : ""
            throw Exit.fail(
                "\(path): \(list.problems.count) of its questions can't be asked\(more): nothing was asked",
                .validationFailure)
        }
        return list.questions.map { question in
            DualRunQuestion(
                grn: question.grn, accessCode: question.accessCode, tin: question.tin, user: question.user,
                label: question.label, guaranteeType: question.guaranteeType)
        }
    }

    private func questions(
        _ listed: [DualRunQuestion]?, _ secrets: RecordingImport.Secrets, _ run: DualRun
    ) async throws -> [DualRunQuestion] {
        if var listed {
            _ = try await run.take(listed)
            for index in listed.indices where listed[index].accessCode == nil {
                listed[index].accessCode = secrets.accessCodes[listed[index].grn.text]
            }
            return listed
        }
        if try await evidence.pairCount() == 0 {
            // What was recorded many times is asked once: the latest answer is the nearest to today's.
            try await evidence.addPairs(from: .v1, onePerGuarantee: run.v2.isLive)
        }
        guard run.v2.isLive else { return [] }
        var questions: [DualRunQuestion] = []
        while true {
            let stored = try await evidence.questions(from: questions.count + 1, limit: 1000)
            guard !stored.isEmpty else { return questions }
            for question in stored {
                questions.append(
                    DualRunQuestion(
                        grn: GRN(question.grn), accessCode: secrets.accessCodes[question.grn],
                        tin: secrets.tins[question.grn]))
            }
        }
    }

    // MARK: - Recordings

    /// A side's recordings, found and not read yet.
    private struct Recordings {
        var reading: RecordingImport
        var files: [InputFile]
        var isKnown: Bool
    }

    /// - Throws: `InputError` where there is nothing to read.
    private func recordings(
        _ codec: ExchangeCodec, _ table: DifferenceTable, _ pseudonym: (@Sendable (String) -> String)?,
        _ stopSwitch: StopSwitch
    ) async throws -> [Recordings] {
        var found: [Recordings] = []
        for side in EvidenceSide.allCases {
            let paths = command.sides.recorded(side == .v1 ? .v1 : .v2)
            let isKnown = try await evidence.hasRecordings(of: side)
            guard !paths.isEmpty, !isKnown || isAsked else { continue }
            let files = try InputFiles.find(paths).files
            guard !files.isEmpty else {
                throw InputError(path: paths.joined(separator: " "), message: "holds no files to read")
            }
            let reading = RecordingImport(
                side: side, evidence: evidence, codec: codec, table: table, pseudonym: pseudonym,
                stopSwitch: stopSwitch)
            found.append(Recordings(reading: reading, files: files, isKnown: isKnown))
        }
        return found
    }

    /// Whether a side is asked: access codes are in the recordings alone, and only wanted then.
    private var isAsked: Bool { command.sides.v1URL != nil || command.sides.v2URL != nil }

    /// - Returns: what recorded questions tell that the evidence must not hold; nil where the run was stopped.
    private func take(_ recordings: [Recordings], _ codec: ExchangeCodec) async throws -> RecordingImport.Secrets? {
        do {
            let options = inputOptions(codec)
            let isAsked = isAsked
            return try await withThrowingTaskGroup(of: RecordingImport.Secrets.self) { group in
                for side in recordings {
                    group.addTask {
                        try await side.reading.run(
                            side.files, options: options, isKnown: side.isKnown, isAsked: isAsked)
                    }
                }
                var secrets = RecordingImport.Secrets()
                for try await read in group {
                    secrets.accessCodes.merge(read.accessCodes) { first, _ in first }
                    secrets.tins.merge(read.tins) { first, _ in first }
                }
                return secrets
            }
        } catch is RecordingImport.Interrupted {
            return nil
        }
    }

    private func inputOptions(_ codec: ExchangeCodec) -> InputOptions {
        var options = InputOptions(payloadField: command.payloadField, grnField: command.grnField)
        options.masker = codec.masker
        return options
    }

    // MARK: - The key

    private func key() throws(TokenError) -> EvidenceKey {
        guard let path = command.keyFile ?? command.store.map({ $0 + ".key" }) else { return .random() }
        return try EvidenceKey(file: path, mayCreate: true)
    }
}

import CLibXML2
import GuaranteeModel

/// Takes what libxml2 reports while a schema is compiled or a message validated, on the thread that does it.
final class XSDProblemCollector {
    private(set) var found: [XSDProblem] = []
    private let saysContent: Bool

    /// - Parameter saysContent: whether libxml2's own messages may be passed on: those about a schema, which holds no
    ///   secrets. About a message we say it in our words, since libxml2 quotes values.
    init(saysContent: Bool) {
        self.saysContent = saysContent
    }

    /// Does work that reports to this collector through `report`, whose first parameter is what the work is given.
    ///
    /// Regular expressions report to the thread's handler alone (and without one to standard error), so that is ours
    /// meanwhile.
    func collect<Result>(_ work: (UnsafeMutableRawPointer) -> Result) -> Result {
        withExtendedLifetime(self) {
            let collector = Unmanaged.passUnretained(self).toOpaque()
            let (handler, data) = (__xmlStructuredError().pointee, __xmlStructuredErrorContext().pointee)
            xmlSetStructuredErrorFunc(collector, Self.report)
            defer { xmlSetStructuredErrorFunc(data, handler) }
            return work(collector)
        }
    }

    static let report: @Sendable @convention(c) (UnsafeMutableRawPointer?, xmlErrorPtr?) -> Void = { data, error in
        guard let data, let error = error?.pointee, error.level != XML_ERR_WARNING else { return }
        Unmanaged<XSDProblemCollector>.fromOpaque(data).takeUnretainedValue().add(error)
    }

    private func add(_ error: xmlError) {
        let node = error.node?.assumingMemoryBound(to: xmlNode.self).pointee
        let element = node?.name.map { String(cString: $0) }
        let said = error.message.map { String(cString: $0) } ?? ""
        found.append(
            XSDProblem(
                line: Int(error.line), code: Int(error.code), element: element,
                message: saysContent ? XSDWording.trimmed(said) : XSDWording.message(code: error.code, said: said)))
    }
}

extension XSDProblem {
    /// A document that isn't XML we read.
    init(_ error: XMLError) {
        self.init(line: Int(error.place.line), code: 0, element: nil, message: error.message)
    }
}

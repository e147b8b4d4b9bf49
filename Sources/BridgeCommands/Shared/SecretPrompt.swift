import Foundation

/// Asks a person at the terminal for a secret, without showing what is typed.
enum SecretPrompt {
    /// What was typed, without the line's end; nil where there is no terminal to ask at, or it was closed.
    static func ask(_ question: String) -> String? {
        // The terminal itself: standard input and output may lead elsewhere.
        guard let terminal = FileHandle(forUpdatingAtPath: "/dev/tty") else { return nil }
        let descriptor = terminal.fileDescriptor
        var shown = termios()
        guard tcgetattr(descriptor, &shown) == 0 else { return nil }
        var hidden = shown
        hidden.c_lflag &= ~tcflag_t(ECHO)
        let signals = restoring(shown, of: descriptor)
        tcsetattr(descriptor, TCSAFLUSH, &hidden)
        defer {
            tcsetattr(descriptor, TCSAFLUSH, &shown)
            for (number, source) in signals {
                source.cancel()
                signal(number, SIG_DFL)
            }
        }
        try? terminal.write(contentsOf: Data(question.utf8))
        defer { try? terminal.write(contentsOf: Data("\n".utf8)) }
        return line(from: terminal)
    }

    /// Who ends the program at the prompt gets a terminal back that shows what is typed.
    private static func restoring(
        _ shown: termios, of descriptor: Int32
    ) -> [(number: Int32, source: any DispatchSourceSignal)] {
        [SIGINT, SIGTERM, SIGHUP, SIGQUIT].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler {
                var shown = shown
                tcsetattr(descriptor, TCSAFLUSH, &shown)
                signal(number, SIG_DFL)
                kill(getpid(), number)
            }
            source.activate()
            return (number, source)
        }
    }

    private static func line(from terminal: FileHandle) -> String? {
        var bytes: [UInt8] = []
        while let byte = try? terminal.read(upToCount: 1)?.first {
            if byte == UInt8(ascii: "\n") { return String(decoding: bytes, as: UTF8.self) }
            bytes.append(byte)
        }
        return nil
    }
}

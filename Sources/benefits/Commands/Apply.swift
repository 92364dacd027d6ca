// benefits apply: a file of commands, one JSON line each, applied and answered in order.

import BenefitsLedger
import Foundation

enum Apply {
  private static let file = Positional(
    "FILE", .file, isRequired: false, "commands, one JSON object a line; `-` or nothing is standard input")
  private static let atomic = Option.flag("atomic", "all commands or none (at most 10,000)")
  private static let dryRun = Option.flag("dry-run", "decide and answer, record nothing")
  private static let results = Option(
    "results", "FILE", .file, "write the results to FILE, and only the summary to stdout")
  private static let wait = Option(
    "wait", "SECONDS", .integer(0...3600),
    "wait this long while another writer holds the ledger; 0 when not given")

  static let verb = Verb(
    name: "apply", summary: "apply a file of commands", positionals: [.ledger, file],
    options: [atomic, dryRun, results, wait, .json, .quiet],
    details: """
      Reads commands, one JSON object a line of at most 64 KiB, and answers each with
      one JSON line in the same order: accepted, refused, conflict, rolled-back or
      invalid. A line that is refused or invalid does not stop the others. What is
      answered is on disk. A line whose texts or ids hold an identity-card, mobile or
      bank-card number is invalid too, and nothing of it is kept (order and payment
      references are not looked into).

      Applying the same file again changes nothing: a command whose id is known gets
      its first answer again, marked repeated. So after a crash, a full disk or
      Ctrl-C, apply the file once more and it is completed.

      Consecutive lines with the same `group` (at most 1,000) happen all or none.
      `benefits schema` lists the commands and their fields.
      """,
    example: """
      $ benefits apply city.ledger commands.jsonl --results answers.jsonl
      4,006 commands: 3,999 accepted, 7 refused; 0 of them repeated
      """,
    run: run)

  private static func run(_ invocation: Invocation) throws -> ExitCode {
    let arguments = invocation.arguments
    let path = arguments.required(.ledger)
    let source = arguments.optional(file) ?? "-"
    var lines = try LineReader(source, longest: EventRecord.longest)
    defer { lines.end() }
    let ledger =
      try arguments.flag(dryRun)
      ? Ledger.rehearse(at: path) : Ledger.open(at: path, waitSeconds: Int(arguments.integer(wait) ?? 0))
    defer { ledger.close() }
    let sink = try ResultSink(invocation, arguments.optional(results), besides: [path, source])
    var members = invocation.output.progress("closing a day", unit: "members")
    var session = ApplySession(ledger, sink, isAtomic: arguments.flag(atomic), via: viaUser()) {
      members.reached($0)
    }
    var progress = invocation.output.progress("applying", unit: "commands")
    defer { progress.finish() }
    do {
      while try lines.next({ line, number in
        try session.take(line, number: number)
        progress.reached(number)
      }) {}
      try session.end()
    } catch {
      // What was answered until then is on disk, and the answers are wanted all the more.
      try? session.drain()
      try? sink.flush()
      throw error
    }
    progress.finish()
    try sink.end(session.counts, isDryRun: arguments.flag(dryRun))
    return session.counts.isAllAccepted ? .fine : .findings
  }

  /// Who brings the commands: the user the process runs as.
  private static func viaUser() -> FreeText? { FreeText("uid \(getuid())") }
}

/// How many commands were answered how.
struct AnswerCounts {
  var accepted: Int64 = 0
  var refused: Int64 = 0
  var conflicts: Int64 = 0
  var rolledBack: Int64 = 0
  var invalid: Int64 = 0
  var repeated: Int64 = 0

  var all: Int64 { accepted + refused + conflicts + rolledBack + invalid }
  var isAllAccepted: Bool { accepted == all }

  mutating func count(_ receipt: Receipt) {
    if receipt.repeated { repeated += 1 }
    switch receipt.outcome {
    case .accepted: accepted += 1
    case .refused: refused += 1
    case .conflict: conflicts += 1
    case .rolledBack: rolledBack += 1
    }
  }

  var sentence: String {
    var parts: [String] = []
    for (count, word) in [
      (accepted, "accepted"), (refused, "refused"), (conflicts, "in conflict"), (rolledBack, "rolled back"),
      (invalid, "invalid"),
    ] where count > 0 || word == "accepted" {
      parts.append("\(count.grouped) \(word)")
    }
    return "\(all.grouped) commands: \(parts.joined(separator: ", ")); \(repeated.grouped) of them repeated"
  }
}

/// Where results go: stdout, or a file.
private final class ResultSink: AnswerSink {
  private let invocation: Invocation
  private let file: FileHandle?
  private var buffer = Data()

  /// - Parameter inputs: files that the results must not be written over, with their side files.
  init(_ invocation: Invocation, _ path: String?, besides inputs: [String]) throws {
    self.invocation = invocation
    guard let path else {
      file = nil
      return
    }
    let descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else {
      let code = errno
      throw Failure(.ioError, "\(path): cannot be written: \(String(cString: strerror(code)))")
    }
    let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    var target = stat()
    if fstat(descriptor, &target) == 0, target.st_mode & S_IFMT == S_IFREG {
      for input in inputs.flatMap({ input in ["", "-wal", "-shm", "-lock"].map { input + $0 } }) {
        var status = stat()
        guard stat(input, &status) == 0, status.st_dev == target.st_dev, status.st_ino == target.st_ino
        else { continue }
        throw Failure(.usage, "--results: \(path) is the file \(input); results would be written over it")
      }
      // Only now: what was there is gone after this. A pipe or device has nothing to empty.
      ftruncate(descriptor, 0)
    }
    file = handle
  }

  func answered(_ receipt: Receipt) throws { try line(receipt.line) }
  func invalid(_ line: String) throws { try self.line(line) }
  func failed(_ line: String) throws { try self.line(line) }

  private func line(_ text: String) throws {
    if file == nil { return try invocation.output.line(text) }
    buffer.append(contentsOf: text.utf8)
    buffer.append(UInt8(ascii: "\n"))
    if buffer.count > 1 << 16 {
      try flush()
    }
  }

  /// Hands what was answered so far to the system.
  func flush() throws {
    guard let file else { return try invocation.output.flush() }
    // What could not be written is not tried again.
    defer { buffer.removeAll(keepingCapacity: true) }
    if !buffer.isEmpty { try file.write(contentsOf: buffer) }
  }

  func end(_ counts: AnswerCounts, isDryRun: Bool) throws {
    let remark = isDryRun ? " (rehearsed: nothing was recorded)" : ""
    guard let file else { return invocation.output.talk(counts.sentence + remark) }
    try flush()
    try file.close()
    if invocation.wantsJSON {
      try invocation.output.json([
        "commands": .integer(counts.all), "accepted": .integer(counts.accepted),
        "refused": .integer(counts.refused), "conflicts": .integer(counts.conflicts),
        "rolledBack": .integer(counts.rolledBack), "invalid": .integer(counts.invalid),
        "repeated": .integer(counts.repeated), "recorded": .boolean(!isDryRun),
      ])
    } else {
      try invocation.output.line(counts.sentence + remark)
    }
  }
}

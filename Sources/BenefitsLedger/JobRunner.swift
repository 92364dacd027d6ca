// Jobs from beginning to end (L10, L11): opens, lists, sends the chunks, finishes. What each of these commands does is
// decided in LedgerCore/Jobs; each is a commit of its own, and any can be the last before a kill.

import LedgerCore

/// Drives one job at a time on a ledger that is open for writing; other callers' commands go on between its chunks.
///
/// What is left to do is read from the rows, not remembered: after a kill the same command goes on where the last
/// chunk ended, and a finished job answers as it did the first time.
struct JobRunner {
  private let ledger: Ledger
  private let via: FreeText?
  private let progress: (Int64) -> Void
  /// How often a job is tried to be ended, and a step of it to be sent under another id; more means that late commands
  /// come faster than it works, or that somebody uses its ids.
  private static let mostTries = 99

  /// - Parameter progress: called after each chunk with the members worked on so far.
  init(_ ledger: Ledger, via: FreeText?, progress: @escaping (Int64) -> Void = { _ in }) {
    self.ledger = ledger
    self.via = via
    self.progress = progress
  }

  /// Runs a job until it is finished, or the rest of it. Blocks the thread.
  ///
  /// - Returns: the answer of the opening with the counts of the finish; a refusal or conflict of the opening as it is.
  /// - Throws: `LedgerError`; what was committed stays, and the same command goes on from there.
  func run(_ command: Command) throws -> Receipt {
    let opening = try perform(command)
    guard case .accepted(let opened, _) = opening.outcome, !ledger.isRehearsal else { return opening }
    let reader = try LedgerReader(path: ledger.path)
    var work = JobWork(of: command, reader)
    var isRepeated = opening.repeated
    for _ in 0...Self.mostTries {
      guard let job = try reader.job(command.id) else { preconditionFailure("an opened job has a row") }
      // By whomever it was ended, its command is answered.
      if job.status == .finished {
        let ending = Writer.receipt(command.id, try reader.command(at: job.position), repeated: isRepeated)
        guard case .accepted(let finished, let answers) = ending.outcome else {
          preconditionFailure("a job ends with an event of its own")
        }
        return Receipt(
          id: command.id, outcome: .accepted(positions: opened + finished, answers: answers),
          repeated: isRepeated)
      }
      isRepeated = false
      try advance(command, &work, reader)
      guard let done = try reader.job(command.id), done.status == .open else { continue }
      try send(command, "finish", .finish(FinishJob(job: command.id)), to: done, reader)
    }
    throw LedgerError(
      .jobStuck,
      "Job \(command.id) cannot be ended: commands that are dated back make work for it faster than it works. "
        + "What it has done stays; send its command again.")
  }

  /// Sends chunks until nothing is left to do.
  private func advance(_ command: Command, _ work: inout JobWork, _ reader: LedgerReader) throws {
    while let job = try reader.job(command.id), job.status == .open {
      guard let chunk = try work.next(after: job, job: command.id) else { break }
      try send(command, "\(chunk.chunk)", .advance(chunk), to: job, reader)
      progress(job.members + Int64(chunk.members.count + (chunk.holdings?.count ?? 0)))
    }
  }

  /// Sends one step of the job as it is, and returns when it is another, or has more to do. An id that was refused before,
  /// or that somebody has used for another command, stays so: the next try has another.
  private func send(
    _ command: Command, _ step: String, _ body: JobCommand, to job: Job, _ reader: LedgerReader
  ) throws {
    for attempt in 1...Self.mostTries {
      let part = derived(command, attempt == 1 ? step : "\(step)-\(attempt)", body)
      let receipt = try perform(part)
      if receipt.isAccepted { return }
      if try reader.job(command.id) != job { return }
      guard case .refused(let refusal) = receipt.outcome else { continue }
      if receipt.repeated { continue }
      // A late command has made something due meanwhile, or a member has come.
      if refusal.code == .jobWorkLeft || refusal.code == .jobGrantsLeft { return }
      throw LedgerError(
        .jobStuck,
        "Job \(command.id) cannot go on: its part \(part.id) was refused: \(refusal.message) What it has done stays; "
          + "send its command again when that is mended.")
    }
    throw LedgerError(
      .jobStuck,
      "Job \(command.id) cannot go on: \(Self.mostTries) ids of its part \(command.id)/\(step) are used for other "
        + "commands, or were refused. What it has done stays; open another one.")
  }

  private func perform(_ command: Command) throws -> Receipt {
    let receipts = try ledger.performAndWait(Request(commands: [command], via: via))
    guard let receipt = receipts.first else { preconditionFailure("a command without a receipt") }
    return receipt
  }

  private func derived(_ command: Command, _ suffix: String, _ body: JobCommand) -> Command {
    guard let id = CommandID("\(command.id.text)/\(suffix)") else {
      preconditionFailure("the id of a job leaves room for those of its chunks")
    }
    return Command(id: id, at: command.at, actor: command.actor, .job(body), channel: command.channel)
  }
}

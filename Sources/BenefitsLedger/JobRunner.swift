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
  /// How often a job is tried to be ended; more means that late commands come faster than it works.
  private static let mostEndings = 99

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
    var endings = 0
    while true {
      try advance(command, &work, reader)
      endings += 1
      let ending = try perform(
        derived(command, endings == 1 ? "finish" : "finish-\(endings)", .finish(FinishJob(job: command.id))))
      switch ending.outcome {
      case .accepted(let finished, let answers):
        return Receipt(
          id: command.id, outcome: .accepted(positions: opened + finished, answers: answers),
          repeated: opening.repeated && ending.repeated)
      // A late command has made something due meanwhile, now or when this was tried before.
      case .refused(let refusal) where refusal.code == .jobWorkLeft && endings < Self.mostEndings: continue
      case .refused, .conflict, .rolledBack: throw stuck(command, ending)
      }
    }
  }

  /// Sends chunks until nothing is left to do.
  private func advance(_ command: Command, _ work: inout JobWork, _ reader: LedgerReader) throws {
    while let job = try reader.job(command.id), job.status == .open {
      guard let chunk = try work.next(after: job, job: command.id) else { break }
      let receipt = try perform(derived(command, "\(chunk.chunk)", .advance(chunk)))
      guard receipt.isAccepted else { throw stuck(command, receipt) }
      progress(job.members + Int64(chunk.members.count + (chunk.holdings?.count ?? 0)))
    }
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

  /// A chunk that is refused, or whose id somebody else has used.
  private func stuck(_ command: Command, _ receipt: Receipt) -> LedgerError {
    let reason =
      switch receipt.outcome {
      case .refused(let refusal): "was refused: \(refusal.message)"
      case .conflict: "has an id that was used for another command."
      case .accepted, .rolledBack: "was not accepted."
      }
    return LedgerError(
      .jobStuck,
      "Job \(command.id) cannot go on: its part \(receipt.id) \(reason) What it has done stays; open another one."
    )
  }
}

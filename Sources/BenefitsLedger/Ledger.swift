// The ledger as a service uses it: open, perform, close. How requests become commits is in Writer; reading without
// writing is in LedgerReader.

import Foundation
@_exported public import LedgerCore
import Synchronization

/// A ledger open for writing: one per file, one process at a time.
///
/// Any number of tasks and threads may call it at once; what waits together is committed together. A receipt means:
/// on disk, with full synchronisation. Shared state is owned by the writer thread; callers only touch the queue.
///
/// ```swift
/// let ledger = try Ledger.open(at: "guangdong.ledger")
/// let receipt = try await ledger.perform(
///   Command(id: id, at: now, actor: app, .points(.spend(SpendPoints(member: member, points: Points(count: 8))))))
/// ```
public final class Ledger: Sendable {
  /// The file.
  public let path: String
  /// Whether nothing is written.
  let isRehearsal: Bool
  private let queue: RequestQueue
  private let writer: Writer

  /// Makes a new ledger file and opens it for writing.
  ///
  /// - Throws: `LedgerError` `personalData`, `exists`, `readOnly`, `full`, `io`.
  public static func create(
    at path: String, _ opening: OpenLedger, clock: any LedgerClock = SystemClock()
  ) throws -> Ledger {
    let command = Command.opening(opening, at: clock.now())
    if let problem = command.problem { throw LedgerError(problem) }
    // Recognised before the lock file is made, so that it is not left beside somebody's file.
    guard !FileManager.default.fileExists(atPath: path) else { throw LedgerFile.isThere(path) }
    let lock = try WriterLock(path: path)
    // Claimed before anything is cleaned up after: what another process has made meanwhile is not ours to remove.
    try LedgerFile.claim(path)
    do {
      let writer = try Writer(creating: path, command, clock: clock)
      return Ledger(path, writer, lock, isRehearsal: false)
    } catch {
      // A ledger that could not be opened at position 1 is no ledger: leave nothing behind.
      for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + suffix) }
      throw error
    }
  }

  /// Opens an existing ledger for writing; does not scan it.
  ///
  /// - Parameters:
  ///   - waitSeconds: how long to wait for another writer to let go.
  /// - Throws: `LedgerError` `absent`, `notALedger`, `newer`, `busy`, `needsRebuild`, `damaged`, `readOnly`, `io`.
  public static func open(
    at path: String, waitSeconds: Int = 0, clock: any LedgerClock = SystemClock()
  ) throws -> Ledger {
    // Recognised before the lock file is made: a path that is no ledger gets no side files.
    try LedgerFile.recognise(path)
    let lock = try WriterLock.take(path: path, waitSeconds: waitSeconds)
    return Ledger(path, try Writer(opening: path, isRehearsal: false, clock: clock), lock, isRehearsal: false)
  }

  /// Opens an existing ledger for a rehearsal: commands are decided and answered on top of each other, and nothing is
  /// written. Takes no lock; memory grows with the commands.
  package static func rehearse(at path: String, clock: any LedgerClock = SystemClock()) throws -> Ledger {
    Ledger(path, try Writer(opening: path, isRehearsal: true, clock: clock), nil, isRehearsal: true)
  }

  private init(_ path: String, _ writer: Writer, _ lock: WriterLock?, isRehearsal: Bool) {
    self.path = path
    self.isRehearsal = isRehearsal
    self.writer = writer
    queue = RequestQueue()
    let thread = Thread { [queue] in
      while let requests = queue.takeAll() { writer.commit(requests) }
      writer.close()
      // The thread owns the lock: nobody else writes before everything that waited is on disk.
      lock?.release()
      queue.writerHasEnded()
    }
    thread.name = "ledger writer"
    thread.stackSize = 8 << 20
    thread.start()
  }

  deinit { queue.end() }

  /// What was done since the ledger was opened.
  package var statistics: WriterStatistics { writer.statistics.withLock { $0 } }

  /// Performs one command; returns when the answer is on disk.
  ///
  /// - Parameter via: who brought it: a uid or socket principal.
  /// - Throws: `LedgerError`; nothing was recorded then, and `canRetry` says whether the same call may succeed.
  public func perform(_ command: Command, via: FreeText? = nil) async throws -> Receipt {
    let receipts = try await perform(batch: [command], via: via)
    guard let receipt = receipts.first else { preconditionFailure("a command without a receipt") }
    return receipt
  }

  /// Performs commands in order in one commit; consecutive ones of the same group happen all or none. A job, such as
  /// `day.close`, is run to its end in commits of its own, between what stands before it and what comes after.
  ///
  /// - Parameters:
  ///   - isAtomic: the whole batch is one group, of at most 10,000 commands.
  /// - Throws: `LedgerError`; nothing of the batch was recorded then, or, of a batch with a job in it, only what had been
  ///   committed before. Sent again, that is answered as before.
  public func perform(
    batch: [Command], isAtomic: Bool = false, via: FreeText? = nil
  ) async throws -> [Receipt] {
    for command in batch {
      if let problem = command.problem { throw LedgerError(problem) }
    }
    var receipts: [Receipt] = []
    var rest = batch[...]
    while let job = rest.firstIndex(where: \.body.opensJob), !isAtomic, rest[job].group == nil {
      if job > rest.startIndex {
        receipts += try await commit(Request(commands: Array(rest[..<job]), via: via))
      }
      receipts.append(try await run(job: rest[job], via: via))
      rest = rest[(job + 1)...]
    }
    if rest.isEmpty, !receipts.isEmpty { return receipts }
    return receipts + (try await commit(Request(commands: Array(rest), isAtomic: isAtomic, via: via)))
  }

  private func commit(_ request: Request) async throws -> [Receipt] {
    try await withCheckedThrowingContinuation { continuation in
      submit(request) { continuation.resume(with: $0) }
    }
  }

  /// A job waits for the writer again and again, so it has a thread of its own and keeps no task's.
  private func run(job command: Command, via: FreeText?) async throws -> Receipt {
    try await withCheckedThrowingContinuation { continuation in
      Thread.detachNewThread {
        continuation.resume(with: Result { try JobRunner(self, via: via).run(command) })
      }
    }
  }

  /// Runs a job to its end and blocks the thread meanwhile; a job that was interrupted goes on where it was.
  ///
  /// - Parameter progress: called after each chunk with the members worked on so far.
  package func runAndWait(
    job command: Command, via: FreeText?, progress: @escaping (Int64) -> Void = { _ in }
  ) throws -> Receipt {
    try JobRunner(self, via: via, progress: progress).run(command)
  }

  /// `perform(batch:)` for callers outside of tasks: blocks the thread until the answer is on disk.
  package func performAndWait(_ request: Request) throws -> [Receipt] {
    let answer = PendingAnswer()
    submit(request) { answer.give($0) }
    return try answer.wait().get()
  }

  /// Hands a request to the writer; `answer` is called once, on the writer's thread.
  package func submit(
    _ request: Request, _ answer: @escaping @Sendable (Result<[Receipt], any Error>) -> Void
  ) {
    guard let error = queue.add(request, answer) else { return }
    request.stream?.fail(error)
    answer(.failure(error))
  }

  /// Finishes what waits, empties the write-ahead log into the file and lets go of the lock. Calls after it fail.
  public func close() {
    queue.end()
    queue.waitForWriter()
  }
}

/// Commands to be committed together.
package struct Request: Sendable {
  package var commands: [Command]
  package var isAtomic = false
  package var via: FreeText?
  /// What the request is a part of, if its commands rely on those of requests before it.
  package var stream: CommandStream?

  /// The most commands of one group, and of one atomic request.
  package static let longestGroup = 1_000
  package static let longestAtomic = 10_000

  package init(
    commands: [Command], isAtomic: Bool = false, via: FreeText? = nil, stream: CommandStream? = nil
  ) {
    self.commands = commands
    self.isAtomic = isAtomic
    self.via = via
    self.stream = stream
  }

  /// Why the request can never be performed, known without deciding anything.
  var flaw: LedgerError? {
    if let job = commands.first(where: { $0.body.opensJob && (isAtomic || $0.group != nil) }) {
      return LedgerError(
        .malformed, "Command \(job.id) opens a job, which cannot happen all or none with others.")
    }
    if let number = via?.personalNumber {
      return LedgerError(
        .personalData, "`via` holds personal data (\(number.rawValue)); nothing was recorded.")
    }
    if isAtomic {
      guard commands.count > Self.longestAtomic else { return nil }
      return LedgerError(
        .groupTooLarge,
        "An atomic batch holds at most \(Self.longestAtomic) commands; this one has \(commands.count).")
    }
    var rest = commands[...]
    while let first = rest.first {
      let length = first.group == nil ? 1 : rest.prefix { $0.group == first.group }.count
      guard length <= Self.longestGroup else {
        return LedgerError(
          .groupTooLarge,
          "A group holds at most \(Self.longestGroup) commands; one that begins at \(first.id) has \(length)."
        )
      }
      rest = rest.dropFirst(length)
    }
    return nil
  }
}

/// Requests of one source, in order, of which several may be under way: a file that is applied, a connection.
///
/// When one of them fails, those after it fail too. Decided without the one before them they might be refused, and a
/// refusal is for ever: a full disk would then turn "try again" into "member unknown".
package final class CommandStream: Sendable {
  private let state = Mutex<LedgerError?>(nil)

  package init() {}

  /// Why the stream has ended; nil while it goes on.
  var failure: LedgerError? { state.withLock { $0 } }

  func fail(_ error: LedgerError) { state.withLock { $0 = $0 ?? error } }
}

/// Where recorded time comes from.
public protocol LedgerClock: Sendable {
  func now() -> Instant
}

/// The system's clock, in UTC.
public struct SystemClock: LedgerClock {
  public init() {}
  public func now() -> Instant {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    let milliseconds = Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
    return Instant(checking: milliseconds) ?? .earliest
  }
}

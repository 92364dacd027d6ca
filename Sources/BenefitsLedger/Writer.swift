// The one writer: requests become decisions, decisions become one commit, then every caller is answered. The queue in
// front of it is RequestQueue; the rules are in LedgerCore.

import Foundation
import LedgerCore
import Synchronization

/// What a writer has done since its ledger was opened.
package struct WriterStatistics: Sendable {
  package var commits: Int64 = 0
  /// Commands recorded; repeats are not.
  package var commands: Int64 = 0
  /// Rows inserted or changed, each a write to one B-tree (new rows of tables with a text key: to two).
  package var rows: Int64 = 0
}

/// Commits batches of requests. Everything in it is owned by the writer thread, or by whoever makes it before that
/// thread starts.
final class Writer: @unchecked Sendable {
  /// How many members and wallets stay in memory between commits.
  static let mostForgettable = 400_000
  /// Pages (4 KiB) in the write-ahead log after which it is emptied into the file: larger stalls longer, smaller
  /// costs throughput.
  static let checkpointPages = 8_000

  private let path: String
  private let clock: any LedgerClock
  private let connection: Connection
  private let log: EventLog
  private let store: ProjectionStore
  /// A rehearsal decides and answers, one batch on top of the other, and writes nothing.
  private let isRehearsal: Bool
  private var book = Book.cache()
  /// After a failure, until memory is known to be what is stored.
  private var mustReload = false
  private var batch = Batch()
  private var writer = RecordWriter()

  /// What was done since the ledger was opened; the only part that other threads read.
  let statistics = Mutex(WriterStatistics())

  /// What the open batch has decided and not yet written.
  private struct Batch {
    var recordedAt = Instant(milliseconds: 0)
    var records: [EventRecord] = []
    /// Where in `records` each command's events begin, and how many there are.
    var commands: [CommandID: Range<Int>] = [:]
  }

  /// Opens an existing ledger; reads its head and first record, and scans nothing.
  init(opening path: String, isRehearsal: Bool, clock: any LedgerClock) throws {
    self.path = path
    self.clock = clock
    self.isRehearsal = isRehearsal
    (connection, log, store) = try LedgerFile.translating(path) {
      let connection =
        try isRehearsal ? LedgerFile.openForReading(path).0 : LedgerFile.openForWriting(path)
      return (connection, try EventLog(connection, path: path), ProjectionStore(connection))
    }
    try LedgerFile.translating(path) { try loadOpening() }
  }

  /// Makes a new ledger whose first event is that of `opening`.
  init(creating path: String, _ opening: Command, clock: any LedgerClock) throws {
    self.path = path
    self.clock = clock
    isRehearsal = false
    (connection, log, store) = try LedgerFile.translating(path) {
      let connection = try LedgerFile.create(path)
      return (connection, try EventLog(connection, path: path), ProjectionStore(connection))
    }
    try LedgerFile.translating(path) {
      try connection.beginImmediate()
      startBatch()
      _ = try decide(opening, via: nil)
      try writeBatch()
      try connection.commit()
      finishBatch()
    }
  }

  func close() {
    // What is committed is safe in the write-ahead log whether or not these succeed.
    if !isRehearsal { _ = try? connection.checkpoint(.truncate) }
    try? connection.close()
  }

  /// Decides all requests, writes their events in one commit, then answers every caller. After any failure nothing of
  /// the batch is on disk or in memory, and every caller is told so.
  func commit(_ requests: [RequestQueue.Waiting]) {
    if isRehearsal { return rehearse(requests) }
    let streamsHaveEnded = requests.map { $0.request.stream?.failure }
    for case (let waiting, let failure?) in zip(requests, streamsHaveEnded) {
      waiting.answer(.failure(failure))
    }
    let requests = zip(requests, streamsHaveEnded).filter { $0.1 == nil }.map(\.0)
    do {
      let answers = try LedgerFile.translating(path) { () throws -> [[Receipt]] in
        if mustReload { try reload() }
        try connection.beginImmediate()
        startBatch()
        let answers = try requests.map { try perform($0.request) }
        try writeBatch()
        try connection.commit()
        return answers
      }
      let commands = batch.commands.count
      finishBatch()
      statistics.withLock { statistics in
        statistics.commits += 1
        statistics.commands += Int64(commands)
        statistics.rows = connection.totalChanges
      }
      for (waiting, receipts) in zip(requests, answers) { waiting.answer(.success(receipts)) }
      keepHouse()
    } catch {
      giveUpBatch()
      let failure = (error as? LedgerError) ?? LedgerError(.io, "\(path): \(error)")
      for waiting in requests {
        waiting.request.stream?.fail(failure)
        waiting.answer(.failure(failure))
      }
    }
  }

  private func rehearse(_ requests: [RequestQueue.Waiting]) {
    batch.recordedAt = max(clock.now(), log.lastRecordedAt)
    for waiting in requests {
      waiting.answer(Result { try LedgerFile.translating(path) { try perform(waiting.request) } })
    }
  }

  // MARK: a batch

  private func startBatch() {
    batch = Batch(recordedAt: max(clock.now(), log.lastRecordedAt))
  }

  private func writeBatch() throws {
    guard !batch.records.isEmpty else { return }
    for record in batch.records {
      writer.reset()
      record.write(&writer)
      precondition(writer.count <= EventRecord.longest, "a record of \(writer.count) bytes")
      try writer.withBytes { try log.append($0, at: record.position) }
    }
    // In order of their keys, so that neighbours share pages.
    for (command, range) in batch.commands.sorted(by: { $0.key < $1.key }) {
      try log.note(command, at: batch.records[range.lowerBound].position)
    }
    for key in book.changed { try store.write(key, of: book) }
    try log.writeHead(recordedAt: batch.recordedAt)
  }

  private func finishBatch() {
    book.committed()
    batch = Batch()
  }

  /// The store is as it was; make memory the same.
  private func giveUpBatch() {
    batch = Batch()
    mustReload = true
    // When it fails, the next commit tries again before anything else, and tells its callers.
    try? reload()
  }

  private func reload() throws {
    book = .cache()
    try connection.rollback()
    try log.reload()
    try loadOpening()
    mustReload = false
  }

  private func keepHouse() {
    if book.forgettable > Self.mostForgettable { book.forget() }
    // The callers have their answers, which stay true when this fails; a later commit tries again.
    if connection.walPages > Self.checkpointPages { _ = try? connection.checkpoint(.passive) }
  }

  private func loadOpening() throws {
    guard let record = try log.record(at: 1), record.opening != nil else {
      throw LedgerError(.damaged, "\(path) does not begin with ledger.opened. Run `benefits verify`.")
    }
    try store.load([.ledger], into: &book)
    guard book.ledger != nil else {
      throw LedgerError(.damaged, "\(path) lacks the row of the ledger itself. Run `benefits rebuild`.")
    }
  }

  // MARK: commands

  private func perform(_ request: Request) throws -> [Receipt] {
    var receipts: [Receipt] = []
    receipts.reserveCapacity(request.commands.count)
    if request.isAtomic { return try performGroup(request.commands[...], request) }
    var rest = request.commands[...]
    while let first = rest.first {
      guard let group = first.group else {
        receipts.append(try perform(first, request).receipt)
        rest = rest.dropFirst()
        continue
      }
      let members = rest.prefix { $0.group == group }
      receipts += try performGroup(members, request)
      rest = rest.dropFirst(members.count)
    }
    return receipts
  }

  /// L7: all or none. The deciding refusal is recorded, its siblings are not.
  private func performGroup(_ commands: ArraySlice<Command>, _ request: Request) throws -> [Receipt] {
    let mark = book.setMark()
    defer { book.dropMark() }
    let start = batch.records.count
    var receipts: [Receipt] = []
    for (place, command) in zip(commands.indices, commands) {
      let (receipt, refused) = try perform(command, request)
      receipts.append(receipt)
      if receipt.isAccepted { continue }
      book.rollBack(to: mark)
      // The last of them is the one that is refused, if it was decided just now.
      let rolledBack = Set(batch.records[start...].lazy.map(\.command)).count - 1
      for record in batch.records[start...] { batch.commands[record.command] = nil }
      batch.records.removeSubrange(start...)
      if var refused {
        refused.position = log.nextPosition + Int64(start)
        refused.rolledBack = rolledBack > 0 ? Int64(rolledBack) : nil
        batch.commands[command.id] = start..<start + 1
        batch.records.append(refused)
      }
      return try zip(commands.indices, commands).map { index, sibling in
        if index == place { return receipt }
        // What was recorded, before this group or by its refusal just now, keeps its first answer (L2).
        if let earlier = try recorded(sibling.id) { return repeated(sibling, earlier) }
        return Receipt(id: sibling.id, outcome: .rolledBack(by: command.id), repeated: false)
      }
    }
    return receipts
  }

  /// Answers one command; also the refusal, if it was recorded just now.
  private func perform(
    _ command: Command, _ request: Request
  ) throws -> (receipt: Receipt, refused: EventRecord?) {
    if let earlier = try recorded(command.id) { return (repeated(command, earlier), nil) }
    let records = try decide(command, via: request.via)
    return (Self.receipt(command.id, records, repeated: false), records.first { $0.refusal != nil })
  }

  /// Decides a command, loading what the decision asks for, and adds its events to the batch.
  private func decide(_ command: Command, via: FreeText?) throws -> [EventRecord] {
    let start = batch.records.count
    let recording = Recording(
      recordedAt: batch.recordedAt, position: log.nextPosition + Int64(start), via: via)
    while true {
      switch book.decide(command, recording) {
      case .events(let records):
        batch.records += records
        batch.commands[command.id] = start..<batch.records.count
        return records
      case .missing(let keys):
        for key in keys {
          precondition(!book.isLoaded(key), "a decision asks again for what was loaded")
          if case .command(let id) = key {
            book.recall(id, try recorded(id) ?? [])
          } else if case .due(let instant) = key {
            let isDue = try store.isAnythingDue(by: instant) { self.book.changed.contains($0) }
            book.lend(isDueInRows: isDue, by: instant)
          } else if case .memberAfter(let last) = key {
            book.lend(isMemberInRows: try store.isAny(.member, after: last?.text ?? ""), after: last)
          } else if let rows = try store.found(by: key) {
            book.lend(rows, foundBy: key)
          } else {
            try store.load([key], into: &book)
          }
        }
      }
    }
  }

  /// The events of a command that was recorded before, in this batch or earlier.
  private func recorded(_ command: CommandID) throws -> [EventRecord]? {
    if let range = batch.commands[command] { return Array(batch.records[range]) }
    guard let position = try log.position(of: command) else { return nil }
    return try log.records(of: command, from: position)
  }

  /// L2: the first answer again, or a conflict.
  private func repeated(_ command: Command, _ records: [EventRecord]) -> Receipt {
    guard let first = records.first(where: \.isFirst), let original = first.rebuiltCommand else {
      preconditionFailure("command \(command.id) has no first event")
    }
    var asked = command
    if first.refusal != nil { asked.body = command.body.withSealedSecret }
    if let field = original.firstDifference(from: asked) {
      return Receipt(id: command.id, outcome: .conflict(field: field), repeated: false)
    }
    return Self.receipt(command.id, records, repeated: true)
  }

  /// What a caller is told of a command by its events.
  static func receipt(_ id: CommandID, _ records: [EventRecord], repeated: Bool) -> Receipt {
    if let refusal = records.lazy.compactMap(\.refusal).first {
      return Receipt(id: id, outcome: .refused(refusal), repeated: repeated)
    }
    var answers: [Answer] = []
    for answer in records.flatMap(\.answers) {
      answers.removeAll { $0.name == answer.name }
      answers.append(answer)
    }
    return Receipt(
      id: id, outcome: .accepted(positions: records.map(\.position), answers: answers), repeated: repeated)
  }
}

// Verify: every record re-hashed, re-decoded and re-folded, every derived row compared with what the fold renders. The
// reading and folding is Replayer's; comparing rows is RowComparison's.

import Foundation
import LedgerCore

/// What a verification found.
package struct Verification: Sendable {
  /// Altered records first, then what follows from the log, each in its order, then tables; at most
  /// `Verifier.mostFindings`.
  package let findings: [Finding]
  /// Whether more was found than is listed.
  package let isCut: Bool
  package let size: Int64
  package let root: Digest
  package let totals: Totals
  /// Derived rows compared.
  package let rows: Int64
  /// What came of deciding every command anew; nil when that was not asked for, or when there was damage before it.
  package let decisions: Decisions?
  /// How the file was opened, for people.
  package let reading: LedgerFile.Reading
}

/// Checks everything about a ledger file that can be checked.
package struct Verifier {
  package static let mostFindings = 20
  /// How many bytes of each leaf hash the head's tail keeps.
  private static let tailWidth = 8

  private let path: String
  private let checkpoint: Checkpoint?
  private let replayer: Replayer
  private let redeciding: ((Int64) -> Void)?
  private var findings: [Finding] = []
  private var tree = CompactRange()
  private var tile: [Digest] = []
  /// Records whose hash is not the stored one, and where that is stored.
  private var mismatches: [(position: Int64, table: String, key: String)] = []
  private var requests = RequestSum()
  private var lastRecordedAt = Instant(milliseconds: 0)
  /// The command whose events are being read, and how many of them carried its inputs.
  private var command: (id: CommandID, firsts: Int, expected: Int, position: Int64)?

  /// Verifies the ledger at `path`, against an outside checkpoint if there is one.
  ///
  /// - Parameters:
  ///   - redeciding: when given, every command of a log that is sound is decided anew too; called now and then with the
  ///     position reached.
  /// - Throws: `LedgerError` when the file cannot be opened as a ledger at all. Damage inside it is a finding.
  package static func verify(
    _ path: String, checkpoint: Checkpoint? = nil, cores: Int = ProcessInfo.processInfo.activeProcessorCount,
    redeciding: ((Int64) -> Void)? = nil, progress: @escaping (Int64) -> Void = { _ in }
  ) throws -> Verification {
    let replayer: Replayer
    do { replayer = try Replayer(path: path, cores: cores, progress: progress) } catch let error
      as LedgerError
    {
      guard error.code == .damaged else { throw error }
      return Verification(
        findings: [Finding(.storageDamaged, error.messageInVerify)], isCut: false, size: 0,
        root: MerkleTree.emptyRoot,
        totals: Totals(), rows: 0, decisions: nil, reading: .ordinary)
    }
    var verifier = Verifier(
      path: path, checkpoint: checkpoint, replayer: replayer, redeciding: redeciding)
    return verifier.run()
  }

  private init(
    path: String, checkpoint: Checkpoint?, replayer: Replayer, redeciding: ((Int64) -> Void)?
  ) {
    self.path = path
    self.checkpoint = checkpoint
    self.replayer = replayer
    self.redeciding = redeciding
  }

  private mutating func run() -> Verification {
    let size = replayer.head.tree.size
    _ = attempt { try $0.checkSchema() }
    var isCheckingStage = false
    let isReadable = attempt { verifier in
      try verifier.replayer.stages(upTo: size, isChecked: true, happenedBefore: nil) {
        isCheckingStage = true
        try verifier.checkStage()
        isCheckingStage = false
      }
      verifier.endCommand()
    }
    // What was hashed before the stop still tells whether an earlier record was altered.
    if !isReadable, !isCheckingStage { _ = attempt { try $0.checkBeforeStop() } }
    replayer.mergeLanes()
    judgeMismatches()
    for lane in replayer.lanes { findings += lane.findings }
    var rows: Int64 = 0
    if isReadable {
      _ = attempt { try $0.checkEnd(size) }
      _ = attempt { verifier in rows = try verifier.checkRows() }
      _ = attempt { try $0.checkRequests() }
      checkTotals()
    }
    let totals = Replayed(books: replayer.lanes.map(\.book), last: size, folded: size).totals
    let decisions = redecide(size)
    // The log's findings first, in its order: the first bad position is what an auditor needs. Records that were
    // themselves altered come before records that no longer fit to them, which may stand earlier.
    // What people did comes after all that may be damage, so that it can never hide any.
    let ordered = findings.enumerated().sorted { a, b in
      if a.element.isOfDuties != b.element.isOfDuties { return b.element.isOfDuties }
      if a.element.isOfRecord != b.element.isOfRecord { return a.element.isOfRecord }
      let (left, right) = (a.element.position ?? Int64.max, b.element.position ?? Int64.max)
      return left != right ? left < right : a.offset < b.offset
    }.map(\.element)
    return Verification(
      findings: Array(ordered.prefix(Self.mostFindings)), isCut: ordered.count > Self.mostFindings,
      size: size, root: isReadable ? tree.root : replayer.head.tree.root,
      totals: totals, rows: rows, decisions: decisions, reading: replayer.reading)
  }

  /// Decides every command anew, if that is asked for and all else is sound: a decision relies on the index of command
  /// ids, and on balances that a ledger can have.
  private mutating func redecide(_ size: Int64) -> Decisions? {
    guard let redeciding, findings.allSatisfy(\.isOfDuties) else { return nil }
    // One book at a time: what the lanes hold is not needed any more.
    for lane in replayer.lanes { lane.forget() }
    var decisions: Decisions?
    _ = attempt { verifier in
      var redecider = try Redecider(verifier.replayer.lanes[0].connection, size: size, progress: redeciding)
      verifier.findings += try redecider.run()
      decisions = redecider.decisions
    }
    return decisions
  }

  /// Runs a check; damage that stops it becomes a finding. False when it was stopped.
  private mutating func attempt(_ check: (inout Verifier) throws -> Void) -> Bool {
    do {
      try LedgerFile.translating(path) { try check(&self) }
      return true
    } catch let stop as Stop {
      findings.append(stop.finding)
    } catch {
      findings.append(Finding(.storageDamaged, (error as? LedgerError)?.messageInVerify ?? "\(error)"))
    }
    return false
  }

  private mutating func checkSchema() throws {
    let connection = replayer.lanes[0].connection
    let expected = try LedgerFile.expectedSchema()
    let found = try LedgerFile.schema(of: connection)
    for (name, sql) in expected.sorted(by: { $0.key < $1.key }) where found[name] != sql {
      findings.append(
        Finding(
          .schemaDiffers, table: name,
          found[name] == nil ? "The schema lacks \(name)." : "The schema's \(name) is not the migrations'."))
    }
    for name in found.keys.sorted() where expected[name] == nil {
      findings.append(
        Finding(.schemaDiffers, table: name, "The schema has \(name), which no migration makes."))
    }
    for (what, isRight) in try LedgerFile.versions(of: connection) where !isRight {
      findings.append(
        Finding(.schemaDiffers, table: what, "It is not what this program's migrations and fold write."))
    }
  }

  /// What must be seen in the order of the log: clocks, commands, tree and tiles.
  private mutating func checkStage() throws {
    for lane in replayer.lanes {
      for (index, leaf) in lane.leaves.enumerated() {
        try check(leaf)
        guard lane.records.indices.contains(index) else { continue }
        // Field by field, because a record taken out of the array is copied.
        let (recordedAt, position) = (lane.records[index].recordedAt, tree.size)
        if recordedAt < lastRecordedAt {
          findings.append(
            Finding(.clockWrong, position: position, "`recordedAt` runs backwards, from \(lastRecordedAt)."))
        }
        lastRecordedAt = max(lastRecordedAt, recordedAt)
        let id = lane.records[index].command
        if command?.id != id {
          endCommand()
          command = (id, 0, 1, position)
          requests.add(id.text, position)
        }
        if lane.records[index].isFirst {
          command?.expected += lane.records[index].eventsWithInputs - 1
          command?.firsts += 1
        }
      }
      // The next lane's records are not the next ones then.
      if !lane.isReadThrough { return }
    }
  }

  /// The stage in which the reading stopped, and the tile it stopped in.
  private mutating func checkBeforeStop() throws {
    try checkStage()
    let first = tree.size - Int64(tile.count)
    if let statement = try storedTile(first / Int64(EventLog.leavesPerTile)) {
      compare(
        stored: statement.bytes(0), width: Digest.byteCount, in: "tile",
        "\(first / Int64(EventLog.leavesPerTile))")
    } else if first + Int64(EventLog.leavesPerTile) > replayer.head.tree.size {
      replayer.head.tail.withUnsafeBytes { compare(stored: $0, width: Self.tailWidth, in: "head", "1") }
    }
  }

  /// A statement at the row of a tile; nil when there is none.
  private func storedTile(_ number: Int64) throws -> Statement? {
    let statement = try replayer.lanes[0].connection.prepare("SELECT hashes FROM tile WHERE number = ?")
    try statement.bind(1, number)
    return try statement.step() ? statement : nil
  }

  private mutating func endCommand() {
    guard let command, command.firsts != command.expected else { return }
    findings.append(
      Finding(
        .commandIncomplete, position: command.position,
        "Command \(command.id) has \(command.firsts) events that carry its inputs, not \(command.expected): it was recorded more than "
          + "once, or an event of it was changed."))
  }

  /// Adds a leaf to the tree, and compares a full tile with the stored one, or the rest with the head's tail.
  private mutating func check(_ leaf: Digest) throws {
    tree.append(leaf: leaf)
    tile.append(leaf)
    if let checkpoint, checkpoint.size == tree.size, checkpoint.root != tree.root {
      findings.append(
        Finding(
          .checkpointDiffers, position: tree.size,
          "The checkpoint of size \(checkpoint.size) has another root: history up to here was rewritten."))
    }
    if tile.count == EventLog.leavesPerTile {
      let number = tree.size / Int64(EventLog.leavesPerTile) - 1
      if let statement = try storedTile(number) {
        checkLength(of: statement.bytes(0), width: Digest.byteCount, in: "tile", key: "\(number)")
        compare(stored: statement.bytes(0), width: Digest.byteCount, in: "tile", "\(number)")
      } else {
        findings.append(Finding(.treeDiffers, table: "tile", key: "\(number)", "The tile is missing."))
      }
      tile.removeAll(keepingCapacity: true)
    } else if tree.size == replayer.head.tree.size {
      replayer.head.tail.withUnsafeBytes { compare(stored: $0, width: Self.tailWidth, in: "head", "1") }
    }
  }

  /// Compares the leaves of the current tile with stored prefixes of them.
  private mutating func compare(stored: UnsafeRawBufferPointer, width: Int, in table: String, _ key: String) {
    let first = tree.size - Int64(tile.count) + 1
    for (index, leaf) in tile.enumerated() where (index + 1) * width <= stored.count {
      let slice = UnsafeRawBufferPointer(rebasing: stored[index * width..<(index + 1) * width])
      let isSame = leaf.withUnsafeBytes { leaf in
        guard let left = leaf.baseAddress, let right = slice.baseAddress else { return false }
        return memcmp(left, right, width) == 0
      }
      if !isSame {
        mismatches.append((first + Int64(index), table, key))
      }
    }
  }

  private mutating func checkLength(
    of stored: UnsafeRawBufferPointer, width: Int, in table: String, key: String
  ) {
    if stored.count != tile.count * width {
      findings.append(
        Finding(
          .treeDiffers, table: table, key: key,
          "It holds \(stored.count) bytes of leaf hashes, not \(tile.count * width)."))
    }
  }

  /// A record whose hash is not the stored one was altered, unless all records together give the stored root: then it
  /// is the stored hash that was.
  private mutating func judgeMismatches() {
    guard tree == replayer.head.tree else {
      findings += mismatches.map { mismatch in
        Finding(
          .recordAltered, position: mismatch.position,
          "The record's bytes do not give the hash that was stored when it was appended.")
      }
      return
    }
    for (index, mismatch) in mismatches.enumerated()
    where !mismatches[..<index].contains(where: { $0.table == mismatch.table && $0.key == mismatch.key }) {
      let count = mismatches.reduce(0) { $1.table == mismatch.table && $1.key == mismatch.key ? $0 + 1 : $0 }
      findings.append(
        Finding(
          .treeDiffers, table: mismatch.table, key: mismatch.key,
          "\(count) stored hashes are wrong, from event \(mismatch.position) on; the records give the stored root."
        ))
    }
  }

  private mutating func checkEnd(_ size: Int64) throws {
    let head = replayer.head
    // `tile` is empty again when the last one is full.
    head.tail.withUnsafeBytes { checkLength(of: $0, width: Self.tailWidth, in: "head", key: "1") }
    if tree != head.tree {
      findings.append(
        Finding(.treeDiffers, table: "head", "The stored tree is not the tree over the records."))
    }
    if head.recordedAt != lastRecordedAt, size > 0 {
      findings.append(
        Finding(.clockWrong, table: "head", column: "recorded_at", "It is not the last record's clock."))
    }
    let connection = replayer.lanes[0].connection
    if let lowest = try connection.integer(of: "SELECT min(position) FROM event"), lowest < 1 {
      findings.append(
        Finding(.recordMisplaced, position: lowest, "The log begins at 1; this record stands before it."))
    }
    let last = try connection.integer(of: "SELECT max(position) FROM event") ?? 0
    if last > size {
      findings.append(
        Finding(
          .recordBeyondHead, position: size + 1, "The log goes on to \(last), after the head's \(size)."))
    }
    let tiles = try connection.integer(of: "SELECT count(*) FROM tile") ?? 0
    if tiles != size / Int64(EventLog.leavesPerTile) {
      findings.append(Finding(.treeDiffers, table: "tile", "There are \(tiles) tiles for \(size) records."))
    }
    if let checkpoint, checkpoint.size == 0, checkpoint.root != MerkleTree.emptyRoot {
      findings.append(
        Finding(.checkpointDiffers, "The checkpoint's root is not that of a log without records."))
    }
    if let checkpoint, checkpoint.size > size {
      findings.append(
        Finding(
          .checkpointDiffers, position: size + 1,
          "The checkpoint covers \(checkpoint.size) records, the log has \(size)."))
    }
    let opened = replayer.lanes[0].book.ledger?.origin.text
    if let checkpoint, checkpoint.origin != opened {
      findings.append(
        Finding(.checkpointDiffers, "The checkpoint is of another ledger, \(checkpoint.origin)."))
    }
  }

  private mutating func checkRows() throws -> Int64 {
    let comparisons = replayer.lanes.map { RowComparison($0) }
    try replayer.eachLane { index, _ in try comparisons[index].run() }
    findings += comparisons.flatMap(\.findings)
    // The unique indexes of these tables are not rows, but lookups rely on them.
    let connection = replayer.lanes[0].connection
    for table in Projection.allCases.map(\.table) {
      if let answer = try connection.text(of: "PRAGMA integrity_check(\(table))"), answer != "ok" {
        findings.append(Finding(.storageDamaged, table: table, answer))
      }
    }
    return comparisons.reduce(0) { $0 + $1.rows }
  }

  private mutating func checkRequests() throws {
    findings += try RequestComparison(replayer.lanes[0].connection, requests).run()
  }

  private mutating func checkTotals() {
    let replayed = Replayed(books: replayer.lanes.map(\.book), last: tree.size, folded: tree.size)
    let points = replayed.totals.points
    for (key, problem) in replayed.books[0].negativeAccounts {
      let row = key.row
      findings.append(
        Finding(.balanceNegative, table: row?.projection.table, key: row?.key, "At the end \(problem)."))
    }
    for (accounts, fen) in replayed.totals.money.imbalances where fen != 0 {
      findings.append(Finding(.trialBalanceWrong, "\(accounts) sum to \(fen) fen."))
    }
    for (from, to, fen) in replayed.books[0].disagreements {
      findings.append(
        Finding(
          .trialBalanceWrong, table: "organisation_payables", key: from.text,
          "It owes \(to) \(fen) fen more than \(to) says it is owed."))
    }
    for (gift, problem) in replayed.books[0].giftDisagreements {
      findings.append(
        Finding(.trialBalanceWrong, table: "gift", key: gift.text, "At the end \(problem)."))
    }
    if points.imbalance != 0 {
      findings.append(Finding(.trialBalanceWrong, "All points accounts together sum to \(points.imbalance)."))
    }
    for (name, account) in [
      ("available", \PointsTotals.available), ("held", \.held), ("pending", \.pending), ("debt", \.debt),
    ] {
      let wallets = replayed.books.reduce(0) { $0 + $1.walletTotals[keyPath: account] }
      guard wallets != points[keyPath: account] else { continue }
      findings.append(
        Finding(
          .trialBalanceWrong,
          "The wallets hold \(wallets) points as \(name), the accounts say \(points[keyPath: account])."))
    }
  }
}

extension LedgerError {
  /// The message without its advice to run what is running.
  fileprivate var messageInVerify: String {
    message.replacingOccurrences(of: " Run `benefits verify`.", with: "")
      .replacingOccurrences(of: " Run `benefits verify` to see which differ.", with: "")
      .replacingOccurrences(of: " Run `benefits verify` to see where.", with: "")
  }
}

extension Finding {
  /// Whether it is about who did what, in a log that is sound.
  package var isOfDuties: Bool { code == .approvalSameVia }

  /// Whether it is about the bytes of a record, and not about what they say.
  fileprivate var isOfRecord: Bool {
    switch code {
    case .recordMissing, .recordBeyondHead, .recordMalformed, .recordMisplaced, .recordAltered: true
    case .storageDamaged, .schemaDiffers, .clockWrong, .chainBroken, .commandIncomplete, .entryUnbalanced,
      .approvalSameVia, .reversalWrong, .decisionDiffers, .balanceNegative, .trialBalanceWrong, .treeDiffers,
      .checkpointDiffers,
      .requestDiffers, .rowDiffers,
      .rowMissing, .rowExtra:
      false
    }
  }
}

// The log as the writer sees it: records appended with their tree, requests looked up, records read back. Rows that are
// derived from the log are in ProjectionStore.

import LedgerCore

/// Appends records and keeps the Merkle tree over them. Owned by the writer thread.
final class EventLog {
  static let leavesPerTile = 256

  private let connection: Connection
  private let path: String
  /// The tree over everything appended, committed or not.
  private(set) var tree = CompactRange()
  /// Leaf hashes since the last full tile.
  private var leaves: [Digest] = []
  private(set) var lastRecordedAt: Instant

  private let insertEvent: Statement
  private let insertTile: Statement
  private let replaceHead: Statement
  private let insertRequest: Statement
  private let selectRequest: Statement
  private let selectEvents: Statement

  /// Opens the log of a file: reads the head and re-hashes at most 255 records for the unfinished tile.
  init(_ connection: Connection, path: String) throws {
    self.connection = connection
    self.path = path
    insertEvent = try connection.prepare("INSERT INTO event (position, record) VALUES (?, ?)")
    insertTile = try connection.prepare("INSERT INTO tile (number, hashes) VALUES (?, ?)")
    replaceHead = try connection.prepare(
      """
      INSERT INTO head (id, size, peaks, tail, recorded_at) VALUES (1, ?1, ?2, ?3, ?4)
      ON CONFLICT (id) DO UPDATE SET size = ?1, peaks = ?2, tail = ?3, recorded_at = ?4
      """)
    insertRequest = try connection.prepare("INSERT INTO request (id, position) VALUES (?, ?)")
    selectRequest = try connection.prepare("SELECT position FROM request WHERE id = ?")
    selectEvents = try connection.prepare(
      "SELECT position, record FROM event WHERE position >= ? ORDER BY position")
    lastRecordedAt = Instant(milliseconds: 0)
    try reload()
  }

  /// Forgets what was appended and not committed.
  func reload() throws {
    let head = try Head(connection, path: path)
    tree = head.tree
    lastRecordedAt = head.recordedAt
    leaves.removeAll(keepingCapacity: true)
    let firstOfTile = tree.size - tree.size % Int64(Self.leavesPerTile) + 1
    try selectEvents.bind(1, firstOfTile)
    while try selectEvents.step() { leaves.append(MerkleTree.leafHash(selectEvents.bytes(1))) }
    guard leaves.count == Int(tree.size % Int64(Self.leavesPerTile)) else {
      throw LedgerError(
        .damaged,
        "The log of \(path) does not end where its head says, at \(tree.size). Run `benefits verify`.")
    }
  }

  /// The position of the next event.
  var nextPosition: Int64 { tree.size + 1 }

  /// Appends one record inside the open transaction.
  func append(_ record: UnsafeRawBufferPointer, at position: Int64) throws {
    precondition(position == nextPosition, "a record for position \(position) at \(nextPosition)")
    let leaf = MerkleTree.leafHash(record)
    try insertEvent.bind(1, position)
    try insertEvent.withoutCopying(2, text: record) { () throws(SQLiteError) in try insertEvent.run() }
    tree.append(leaf: leaf)
    leaves.append(leaf)
    if leaves.count == Self.leavesPerTile {
      try insertTile.bind(1, (position - 1) / Int64(Self.leavesPerTile))
      let hashes = leaves.flatMap { leaf in leaf.withUnsafeBytes { Array($0) } }
      try hashes.withUnsafeBytes { try insertTile.bind(2, blob: $0) }
      try insertTile.run()
      leaves.removeAll(keepingCapacity: true)
    }
  }

  /// Writes the head: once, at the end of a transaction.
  func writeHead(recordedAt: Instant) throws {
    lastRecordedAt = recordedAt
    try replaceHead.bind(1, tree.size)
    try tree.bytes.withUnsafeBytes { try replaceHead.bind(2, blob: $0) }
    try leaves.tail.withUnsafeBytes { try replaceHead.bind(3, blob: $0) }
    try replaceHead.bind(4, recordedAt.description)
    try replaceHead.run()
  }

  func note(_ command: CommandID, at position: Int64) throws {
    try insertRequest.bind(1, command.text)
    try insertRequest.bind(2, position)
    try insertRequest.run()
  }

  /// The position of the first event of a command; nil when it was never recorded.
  func position(of command: CommandID) throws -> Int64? {
    try selectRequest.bind(1, command.text)
    defer { selectRequest.reset() }
    return try selectRequest.step() ? selectRequest.integer(0) : nil
  }

  /// The record at a position; nil when the log ends before it.
  func record(at position: Int64) throws -> EventRecord? {
    try selectEvents.bind(1, position)
    defer { selectEvents.reset() }
    guard try selectEvents.step() else { return nil }
    return try EventRecord(selectEvents.bytes(1), position: selectEvents.integer(0), path: path)
  }

  /// All events of the command whose first stands at `position`.
  func records(of command: CommandID, from position: Int64) throws -> [EventRecord] {
    try selectEvents.bind(1, position)
    defer { selectEvents.reset() }
    var records: [EventRecord] = []
    while try selectEvents.step() {
      let record = try EventRecord(selectEvents.bytes(1), position: selectEvents.integer(0), path: path)
      guard record.command == command else { break }
      records.append(record)
    }
    return records
  }
}

extension [Digest] {
  /// The first eight bytes of each, as the head keeps them for naming a damaged record.
  var tail: [UInt8] {
    flatMap { digest in digest.withUnsafeBytes { [UInt8]($0.prefix(8)) } }
  }
}

extension EventRecord {
  /// Reads a stored record.
  init(_ bytes: UnsafeRawBufferPointer, position: Int64, path: String) throws {
    do throws(WireError) { try self.init(bytes.bindMemory(to: UInt8.self)) } catch {
      throw LedgerError(error, position: position, path: path)
    }
  }
}

/// The head row: where the log ends, and the tree over it.
package struct Head: Sendable {
  package let tree: CompactRange
  package let tail: [UInt8]
  package let recordedAt: Instant

  /// Reads the head of a file; an empty ledger has none yet.
  package init(_ connection: Connection, path: String) throws {
    let statement = try connection.prepare("SELECT size, peaks, tail, recorded_at FROM head")
    defer { statement.reset() }
    guard try statement.step() else {
      tree = CompactRange()
      tail = []
      recordedAt = Instant(milliseconds: 0)
      return
    }
    guard let tree = CompactRange(size: statement.integer(0), bytes: statement.bytes(1)),
      let recordedAt = Instant(statement.text(3)), recordedAt.description == statement.text(3)
    else {
      throw LedgerError(
        .damaged,
        "The head of \(path) cannot be right: a size of \(statement.integer(0)) with \(statement.bytes(1).count) bytes of "
          + "peaks, recorded at \(statement.text(3)). Run `benefits verify`.")
    }
    self.tree = tree
    tail = Array(statement.bytes(2))
    self.recordedAt = recordedAt
  }
}

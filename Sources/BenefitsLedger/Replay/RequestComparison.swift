// The index of command ids against the log: compared as a whole first, and only when that differs row by row. A wrong
// row here can make a writer perform a command twice, so each is named.

import LedgerCore

/// Compares the table request with what the log says.
struct RequestComparison {
  private let connection: Connection
  private let expected: RequestSum
  private var findings: [Finding] = []

  /// - Parameter expected: the sum over the log's commands and where their events begin.
  init(_ connection: Connection, _ expected: RequestSum) {
    self.connection = connection
    self.expected = expected
  }

  consuming func run() throws -> [Finding] {
    if try isSame() { return findings }
    let before = findings.count
    try lookUpCommands()
    try lookUpRows()
    if findings.count == before {
      findings.append(Finding(.requestDiffers, table: "request", "It is not the index that the log gives."))
    }
    return findings
  }

  private mutating func isSame() throws -> Bool {
    var stored = expected.emptied
    let statement = try connection.prepare("SELECT id, position FROM request")
    // Looked up by bisection, so an id out of order would not be found, and its command be performed again.
    var last: [UInt8] = []
    while try statement.step() {
      let id = statement.bytes(0)
      stored.add(id, statement.integer(1))
      if !last.lexicographicallyPrecedes(id) {
        findings.append(
          Finding(
            .requestDiffers, table: "request", key: statement.text(0), "Ids are out of order from here on."))
        statement.reset()
        return false
      }
      last.removeAll(keepingCapacity: true)
      last.append(contentsOf: id)
    }
    return stored == expected
  }

  /// Every command of the log must be in the index, where its events begin.
  private mutating func lookUpCommands() throws {
    let request = try connection.prepare("SELECT position FROM request WHERE id = ?")
    let events = try connection.prepare("SELECT position, record FROM event ORDER BY position")
    var previous: CommandID?
    while try events.step(), findings.count <= Verifier.mostFindings {
      let command = try EventRecord(events.bytes(1).bindMemory(to: UInt8.self)).command
      defer { previous = command }
      if command == previous { continue }
      let position = events.integer(0)
      try request.bind(1, command.text)
      let isThere = try request.step()
      let stored = isThere ? request.integer(0) : 0
      request.reset()
      if isThere, stored == position { continue }
      let problem =
        !isThere
        ? "The index lacks this command, so it would be performed again."
        : "The index says event \(stored); events of this command begin at \(position)."
      findings.append(
        Finding(.requestDiffers, position: position, table: "request", key: command.text, problem))
    }
    events.reset()
  }

  /// Every row of the index must point to an event of its command.
  private mutating func lookUpRows() throws {
    let record = try connection.prepare("SELECT record FROM event WHERE position = ?")
    let rows = try connection.prepare("SELECT id, position FROM request")
    while try rows.step(), findings.count <= Verifier.mostFindings {
      let (id, position) = (rows.text(0), rows.integer(1))
      try record.bind(1, position)
      let name =
        try record.step() ? try? EventRecord(record.bytes(0).bindMemory(to: UInt8.self)).command.text : nil
      record.reset()
      if name.map({ $0.utf8.elementsEqual(id.utf8) }) ?? false { continue }
      findings.append(
        Finding(
          .requestDiffers, position: position, table: "request", key: id, "No event there is of this command."
        ))
    }
    rows.reset()
  }
}

/// A sum over (id, position) pairs that does not depend on their order, keyed anew in every process, so that two sets
/// that differ have the same sum only by a chance of one in 2^64 that nobody can prepare.
struct RequestSum: Equatable {
  private(set) var count: Int64 = 0
  private var sum: UInt64 = 0

  var emptied: RequestSum { RequestSum() }

  mutating func add(_ id: String, _ position: Int64) {
    var id = id
    id.withUTF8 { add(UnsafeRawBufferPointer($0), position) }
  }

  mutating func add(_ id: UnsafeRawBufferPointer, _ position: Int64) {
    var hasher = Hasher()
    hasher.combine(bytes: id)
    hasher.combine(position)
    sum &+= UInt64(bitPattern: Int64(hasher.finalize()))
    count += 1
  }
}

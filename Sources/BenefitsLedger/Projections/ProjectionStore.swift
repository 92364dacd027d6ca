// Rows of derived tables: written as the Book renders them, read back as the Book understands them. SQL computes
// nothing here.

import LedgerCore

/// Reads and writes projection rows on one connection.
final class ProjectionStore {
  private let connection: Connection
  private var upserts: [Projection: Statement] = [:]
  private var selects: [Projection: Statement] = [:]

  init(_ connection: Connection) { self.connection = connection }

  /// Takes the entities into the book from their rows.
  func load(_ keys: [EntityKey], into book: inout Book) throws {
    for key in keys {
      guard let (projection, id) = key.row else { continue }
      try book.load(key, try cells(projection, id))
    }
  }

  /// Takes the next entities of a table in the order of their keys into the book.
  func load(
    _ projection: Projection, after key: String, atMost count: Int, into book: inout Book
  ) throws -> [EntityKey] {
    let columns = projection.columns
    let statement = try connection.prepare(
      "SELECT \(columns.joined(separator: ", ")) FROM \(projection.table) WHERE \(columns[0]) > ?1 ORDER BY \(columns[0]) LIMIT ?2"
    )
    try statement.bind(1, key)
    try statement.bind(2, Int64(count))
    var keys: [EntityKey] = []
    while try statement.step() {
      let key = try entity(statement, projection)
      try book.load(key, statement.cells(columns.count))
      keys.append(key)
    }
    return keys
  }

  /// The row of a key; nil when there is none.
  func cells(_ projection: Projection, _ key: String) throws -> [Cell]? {
    let statement = try select(projection)
    try statement.bind(1, key)
    defer { statement.reset() }
    return try statement.step() ? statement.cells(projection.columns.count) : nil
  }

  /// Calls `body` with each row of a table, in no particular order.
  func eachRow(_ projection: Projection, _ body: ([Cell]) throws -> Void) throws {
    let columns = projection.columns
    let statement = try connection.prepare(
      "SELECT \(columns.joined(separator: ", ")) FROM \(projection.table)")
    while try statement.step() { try body(statement.cells(columns.count)) }
  }

  /// Entities with something due at or before an instant, as their rows say, those due first first: at most `count`.
  func due(in projection: Projection, by instant: Instant, atMost count: Int) throws -> [EntityKey] {
    var keys: [EntityKey] = []
    try eachDue(in: projection, by: instant) { key in
      if keys.count < count { keys.append(key) }
      return keys.count < count
    }
    return keys
  }

  /// The entities that a question finds by their rows; nil when the key is an entity's own.
  func found(by question: EntityKey) throws -> [EntityKey]? {
    switch question {
    case .couponHoldings(let member):
      try found(.couponHolding, "member = ?", member.text)
    case .affairs(let organisation):
      try found(.fund, "organisation = ? AND closed = 0", organisation.text)
        + found(.merchant, "organisation = ? AND closed = 0", organisation.text)
        + found(.gift, "organisation = ? AND in_store > 0", organisation.text)
    case .ledger, .actor, .organisation, .station, .openStations, .member, .wallet, .rule, .pointsAccount,
      .fund, .party, .merchant, .settlement, .payables, .campaign, .couponHolding, .couponCode, .activity,
      .participation, .activityEntry, .activityCommitment, .gift, .giftStock, .stationGifts, .giftHandover,
      .programme,
      .stationGrant, .approval, .job, .due, .memberAfter, .command:
      nil
    }
  }

  private func found(_ projection: Projection, _ condition: String, _ text: String) throws -> [EntityKey] {
    let statement = try connection.prepare(
      "SELECT \(projection.columns[0]) FROM \(projection.table) WHERE \(condition)")
    try statement.bind(1, text)
    var keys: [EntityKey] = []
    while try statement.step() { keys.append(try entity(statement, projection)) }
    return keys
  }

  /// Whether an entity has something due by an instant, as its row says; rows that are about to change do not count.
  func isAnythingDue(by instant: Instant, but isChanging: (EntityKey) -> Bool) throws -> Bool {
    var isDue = false
    for projection in Projection.allCases where projection.hasDue && !isDue {
      try eachDue(in: projection, by: instant) { key in
        isDue = !isChanging(key)
        return !isDue
      }
    }
    return isDue
  }

  /// Whether any row has a key after this one.
  func isAny(_ projection: Projection, after key: String) throws -> Bool {
    let column = projection.columns[0]
    let statement = try connection.prepare(
      "SELECT 1 FROM \(projection.table) WHERE \(column) > ? LIMIT 1")
    try statement.bind(1, key)
    defer { statement.reset() }
    return try statement.step()
  }

  /// Calls `body` with each until it answers false.
  private func eachDue(
    in projection: Projection, by instant: Instant, _ body: (EntityKey) throws -> Bool
  ) throws {
    let key = projection.columns[0]
    let statement = try connection.prepare(
      "SELECT \(key) FROM \(projection.table) WHERE next_due <= ? ORDER BY next_due, \(key)")
    try statement.bind(1, instant.description)
    while try statement.step() {
      guard try body(entity(statement, projection)) else { return }
    }
  }

  /// The entity whose key is the first column of the current row.
  private func entity(_ statement: Statement, _ projection: Projection) throws -> EntityKey {
    guard let entity = projection.entity(statement.text(0)) else {
      throw LedgerError(
        .damaged, "A row of \(projection.table) has no \(projection.columns[0]). Run `benefits verify`.")
    }
    return entity
  }

  /// Writes the row of an entity as the book renders it.
  func write(_ key: EntityKey, of book: Book) throws {
    guard let (projection, _) = key.row, let cells = book.cells(of: key) else { return }
    let statement = try upsert(projection)
    for (index, cell) in cells.enumerated() {
      switch cell {
      case .null: try statement.bindNull(Int32(index + 1))
      case .integer(let value): try statement.bind(Int32(index + 1), value)
      case .text(let text): try statement.bind(Int32(index + 1), text)
      }
    }
    try statement.run()
  }

  private func select(_ projection: Projection) throws -> Statement {
    if let statement = selects[projection] { return statement }
    let columns = projection.columns
    let statement = try connection.prepare(
      "SELECT \(columns.joined(separator: ", ")) FROM \(projection.table) WHERE \(columns[0]) = ?")
    selects[projection] = statement
    return statement
  }

  private func upsert(_ projection: Projection) throws -> Statement {
    if let statement = upserts[projection] { return statement }
    let columns = projection.columns
    let places = columns.indices.map { "?\($0 + 1)" }.joined(separator: ", ")
    let updates = columns.indices.dropFirst().map { "\(columns[$0]) = ?\($0 + 1)" }.joined(separator: ", ")
    let statement = try connection.prepare(
      """
      INSERT INTO \(projection.table) (\(columns.joined(separator: ", "))) VALUES (\(places))
      ON CONFLICT (\(columns[0])) DO UPDATE SET \(updates)
      """)
    upserts[projection] = statement
    return statement
  }
}

extension Statement {
  /// The first columns of the current row. A REAL, a BLOB or text that is not UTF-8 has no place in a projection and
  /// reads as a cell that equals none of ours.
  func cells(_ count: Int) -> [Cell] {
    (0..<Int32(count)).map { column in
      switch value(column) {
      case .null: .null
      case .integer(let value): .integer(value)
      case .text(let text): .text(text)
      case .blob, .unexpected: .text("\u{0}not a value of ours")
      }
    }
  }
}

// Reading a ledger without writing: balances now or earlier, one entity's history, the head. Each call is one short
// look; whole-log work is in Replay.

import Foundation
import LedgerCore

/// A ledger open for reading; takes no lock and never stops the writer.
///
/// One thread at a time uses a reader.
public final class LedgerReader {
  public let path: String
  /// How the file was opened, for people.
  package let reading: LedgerFile.Reading
  private let connection: Connection
  private let store: ProjectionStore
  private let selectRecord: Statement
  /// The ledger as its first event says: name, origin, zone, owner. What has become of it since is `currentLedger`.
  public let ledger: LedgerState

  /// Opens the ledger at `path`; scans nothing.
  ///
  /// - Throws: `LedgerError` `absent`, `notALedger`, `newer`, `walUnreadable`, `damaged`, `io`.
  public init(path: String) throws {
    self.path = path
    let (connection, reading) = try LedgerFile.openForReading(path)
    self.connection = connection
    self.reading = reading
    store = ProjectionStore(connection)
    (selectRecord, ledger) = try LedgerFile.translating(path) {
      let select = try connection.prepare("SELECT record FROM event WHERE position = ?")
      try select.bind(1, 1 as Int64)
      defer { select.reset() }
      guard try select.step() else {
        throw LedgerError(.damaged, "\(path) has no first record. Run `benefits verify`.")
      }
      var book = Book.complete()
      book.apply(try EventRecord(select.bytes(0), position: 1, path: path))
      guard let ledger = book.ledger else {
        throw LedgerError(.damaged, "\(path) does not begin with ledger.opened. Run `benefits verify`.")
      }
      return (select, ledger)
    }
  }

  /// The size of the log and the tree over it.
  package func head() throws -> Head {
    try LedgerFile.translating(path) { try Head(connection, path: path) }
  }

  /// The checkpoint text: origin, size, root (C2SP tlog-checkpoint).
  public func checkpoint() throws -> String {
    let tree = try head().tree
    return try Checkpoint(origin: ledger.origin.text, size: tree.size, root: tree.root).text
  }

  /// The record at a position.
  package func record(at position: Int64) throws -> EventRecord {
    try LedgerFile.translating(path) {
      try selectRecord.bind(1, position)
      defer { selectRecord.reset() }
      guard try selectRecord.step() else {
        throw LedgerError(.damaged, "Record \(position) of \(path) is missing. Run `benefits verify`.")
      }
      return try EventRecord(selectRecord.bytes(0), position: position, path: path)
    }
  }

  /// The exact bytes of the records from `first` through `last`, in order, for export.
  package func eachRecord(
    from first: Int64, through last: Int64 = .max, _ body: (UnsafeRawBufferPointer) throws -> Void
  ) throws {
    try LedgerFile.translating(path) {
      let statement = try connection.prepare(
        "SELECT record FROM event WHERE position >= ? AND position <= ? ORDER BY position")
      try statement.bind(1, first)
      try statement.bind(2, last)
      while try statement.step() { try body(statement.bytes(0)) }
    }
  }

  /// The last position recorded before an instant.
  package func lastPosition(recordedBefore instant: Instant) throws -> Int64 {
    try BenefitsLedger.lastPosition(recordedBefore: instant, size: try head().tree.size) {
      try record(at: $0).recordedAt
    }
  }

  /// Runs `body` on one commit of the log, whatever a writer does meanwhile. Not to be nested.
  package func atOneCommit<Output>(_ body: () throws -> Output) throws -> Output {
    try LedgerFile.translating(path) { try connection.execute("BEGIN") }
    // Ending a transaction that only read cannot lose anything.
    defer { try? connection.rollback() }
    return try body()
  }

  /// A book that holds these entities as their rows say, and no other.
  func book(_ keys: [EntityKey]) throws -> Book {
    var book = Book.cache()
    try LedgerFile.translating(path) {
      try store.load([.ledger] + keys, into: &book)
    }
    return book
  }

  /// The row of a derived table with this key, as recorded; nil when there is none.
  package func row(_ projection: Projection, _ key: String) throws -> [Cell]? {
    try LedgerFile.translating(path) { try store.cells(projection, key) }
  }

  /// Calls `body` with each row of a derived table, in no particular order.
  package func eachRow(_ projection: Projection, _ body: ([Cell]) throws -> Void) throws {
    try LedgerFile.translating(path) { try store.eachRow(projection, body) }
  }

  /// The keys that a query finds, in its order.
  func keys<Key>(
    _ query: String, _ texts: [String], _ make: (String) -> Key?
  ) throws -> [Key] {
    try LedgerFile.translating(path) {
      let statement = try connection.prepare(query)
      for (index, text) in texts.enumerated() { try statement.bind(Int32(index + 1), text) }
      var keys: [Key] = []
      while try statement.step() {
        guard let key = make(statement.text(0)) else {
          throw LedgerError(.damaged, "A row in \(path) has a key of no entity. Run `benefits verify`.")
        }
        keys.append(key)
      }
      return keys
    }
  }

  /// A member's points at an instant, usually now: what has fallen due by then counts as happened (L10). nil for a
  /// member without points.
  public func wallet(of member: MemberID, at now: Instant) throws -> Wallet? {
    let book = try book([.wallet(member), .member(member)])
    return book.wallet(of: member, at: now)
  }

  /// A member's points as they are recorded: what has fallen due since is not in it.
  public func recordedWallet(of member: MemberID) throws -> Wallet? {
    try book([.wallet(member)]).wallet(member)
  }

  /// A member's points as they are recorded, and what has fallen due since (L10).
  package func points(
    of member: MemberID, at now: Instant
  ) throws -> (recorded: Wallet?, fallenDue: FallenDue) {
    let book = try book([.wallet(member), .member(member)])
    return (book.wallet(member), book.fallenDue(on: member, at: now))
  }

  public func member(_ id: MemberID) throws -> Member? { try book([.member(id)]).member(id) }
  /// The ledger with its limits and what is closed, as recorded.
  public func currentLedger() throws -> LedgerState { try book([]).ledger ?? ledger }
  public func organisation(_ id: OrganisationID) throws -> Organisation? {
    try book([.organisation(id)]).organisation(id)
  }
  public func station(_ id: StationID) throws -> Station? { try book([.station(id)]).station(id) }
  public func activity(_ id: ActivityID) throws -> Activity? { try book([.activity(id)]).activity(id) }
  /// A member's part in an activity; nil for one who never joined.
  public func participation(_ id: ActivityMember) throws -> Participation? {
    try book([.participation(id)]).participation(id)
  }
  /// An entry of an activity's closing draws, by its number.
  public func activityEntry(_ id: ActivityEntryID) throws -> ActivityEntry? {
    try book([.activityEntry(id)]).activityEntry(id)
  }
  public func actor(_ id: ActorID) throws -> Actor? { try book([.actor(id)]).actor(id) }
  public func rule(_ id: RuleID) throws -> PointsRule? { try book([.rule(id)]).rule(id) }
  public func pointsAccount(of id: OrganisationID) throws -> PointsAccount? {
    try book([.pointsAccount(id)]).pointsAccount(id)
  }

  public func campaign(_ id: CampaignID) throws -> Campaign? { try book([.campaign(id)]).campaign(id) }

  /// A member's coupons of every campaign, as recorded: what has fallen due since is in them. In the order of the
  /// campaigns' ids.
  public func couponHoldings(
    of member: MemberID
  ) throws -> [(campaign: CampaignID, holding: CouponHolding)] {
    let keys = try keys(Self.selectHoldings, [member.text]) { CampaignMember($0) }
    let book = try book(keys.map(EntityKey.couponHolding))
    return keys.compactMap { key in book.couponHolding(key).map { (key.first, $0) } }
  }

  private static let selectHoldings =
    "SELECT holding FROM coupon_holding WHERE member = ? ORDER BY campaign"

  public func fund(_ id: FundID) throws -> Fund? { try book([.fund(id)]).fund(id) }
  public func party(_ id: PartyID) throws -> Party? { try book([.party(id)]).party(id) }
  public func merchant(_ id: MerchantID) throws -> Merchant? { try book([.merchant(id)]).merchant(id) }
  public func settlement(_ id: SettlementID) throws -> Settlement? {
    try book([.settlement(id)]).settlement(id)
  }
  /// What an organisation owes others and is owed by them; nil when it never had to do with another.
  public func payables(of id: OrganisationID) throws -> Payables? {
    try book([.payables(id)]).payables(of: id)
  }

  public func approval(_ id: CommandID) throws -> Approval? { try book([.approval(id)]).approval(id) }
  public func job(_ id: CommandID) throws -> Job? { try book([.job(id)]).job(id) }

  /// Entities with something due at or before an instant that no event has recorded yet, those due first first: members'
  /// points before their coupons, at most `count`.
  package func due(by instant: Instant, atMost count: Int) throws -> [EntityKey] {
    try LedgerFile.translating(path) {
      var keys: [EntityKey] = []
      for projection in Projection.allCases where projection.hasDue && keys.count < count {
        keys += try store.due(in: projection, by: instant, atMost: count - keys.count)
      }
      return keys
    }
  }

  /// Takes the next members in the order of their ids into a book.
  package func load(membersAfter last: MemberID?, atMost count: Int, into book: inout Book) throws
    -> [MemberID]
  {
    try LedgerFile.translating(path) {
      try store.load(.member, after: last?.text ?? "", atMost: count, into: &book).compactMap { key in
        if case .member(let id) = key { id } else { nil }
      }
    }
  }

  /// Takes entities into a book as their rows say.
  package func load(_ keys: [EntityKey], into book: inout Book) throws {
    try LedgerFile.translating(path) { try store.load(keys, into: &book) }
  }

  /// All events of the command of which one stands at a position, in order.
  package func command(at position: Int64) throws -> [EventRecord] {
    var records = [try record(at: position)]
    while let first = records.first, first.position > 1 {
      let before = try record(at: first.position - 1)
      if before.command != first.command { break }
      records.insert(before, at: 0)
    }
    let size = try head().tree.size
    while let last = records.last, last.position < size {
      let next = try record(at: last.position + 1)
      if next.command != last.command { break }
      records.append(next)
    }
    return records
  }

  /// The events of one entity, oldest first: its chain, walked back from its row.
  ///
  /// - Complexity: one look-up an event.
  package func history(of key: EntityKey) throws -> [EventRecord] {
    var position = try book([key]).lastPosition(of: key)
    var records: [EventRecord] = []
    while position > 0 {
      let record = try record(at: position)
      records.append(record)
      guard let index = record.subjects.firstIndex(of: key), record.previous.indices.contains(index),
        record.previous[index] < position
      else {
        throw LedgerError(
          .damaged, "The chain through record \(position) of \(path) is broken. Run `benefits verify`.")
      }
      position = record.previous[index]
    }
    return records.reversed()
  }
}

// What events say they did to a member's points, held against what the fold makes of them; and how a statement adds up.
// Statements as the tool prints them are in benefitsTests.

import Testing

@testable import LedgerCore

/// A book that decides commands, one a position, on a clock that stands still in 2030.
private struct History {
  private(set) var book = Book.complete()
  private(set) var records: [EventRecord] = []
  private let now = Instant(milliseconds: 1_900_000_000_000)

  init() throws {
    let opening = OpenLedger(
      name: FreeText("Test"), origin: FreeText("test"),
      zone: Zone(offsetMinutes: 480),
      owner: ActorID("owner"))
    try perform("ledger.open", "2022-01-01T00:00:00Z", .ledger(.open(opening)))
    for line in Self.setUp { try self.line(line) }
  }

  private static let setUp = [
    #"{"id":"1","type":"organisation.register","at":"2022-01-01T00:00:00+08:00","actor":"owner","data":{"organisation":"gd"}}"#,
    #"{"id":"2","type":"organisation.register","at":"2022-01-01T00:00:00+08:00","actor":"owner","data":{"organisation":"gz","parent":"gd"}}"#,
    #"{"id":"3","type":"actor.grant-role","at":"2022-01-01T00:00:00+08:00","actor":"owner","data":{"actor":"owner","role":"operator","from":"2022-01-01"}}"#,
    #"{"id":"4","type":"points.define-rule","at":"2022-01-01T00:00:00+08:00","actor":"owner","data":{"rule":"read","ruleVersion":1,"organisation":"gd","pointsPerUnit":2,"capPerDay":10,"validity":{"mode":"months","count":1},"from":"2022-01-01","verifiedOnly":false,"afterExpiry":"forfeit"}}"#,
    #"{"id":"5","type":"points.define-rule","at":"2022-01-01T00:00:00+08:00","actor":"owner","data":{"rule":"kind","ruleVersion":1,"organisation":"gd","pointsPerUnit":1,"validity":{"mode":"months","count":1},"from":"2022-01-01","verifiedOnly":false,"afterExpiry":"grace","graceDays":7}}"#,
    #"{"id":"7","type":"points.define-rule","at":"2022-01-01T00:00:00+08:00","actor":"owner","data":{"rule":"slow","ruleVersion":1,"organisation":"gd","pointsPerUnit":1,"validity":{"mode":"months","count":1},"from":"2022-01-01","verifiedOnly":false,"afterExpiry":"forfeit","pendingDays":3,"noticeDays":30}}"#,
    #"{"id":"6","type":"member.enrol","at":"2022-01-02T00:00:00+08:00","actor":"owner","data":{"member":"m","organisation":"gz"}}"#,
  ]

  /// Decides a command; what it did to the wallet must be what its events' movements say.
  mutating func line(_ text: String) throws {
    var parser = CommandParser()
    let bytes = Array(text.utf8)
    let parsed = bytes.withUnsafeBufferPointer { parser.parse($0) }
    guard case .command(let command) = parsed else {
      Issue.record("not a command: \(text)")
      return
    }
    try perform(command)
  }

  mutating func points(_ id: String, _ at: String, _ type: String, _ data: String) throws {
    try line(
      #"{"id":"\#(id)","type":"\#(type)","at":"\#(at)","actor":"owner","data":{"member":"m",\#(data)}}"#)
  }

  mutating func limits(_ at: String) throws {
    try line(
      #"{"id":"limits","type":"ledger.set-limits","at":"\#(at)","actor":"owner","data":{"adjustment":100,"reversal":100}}"#
    )
  }

  /// Extends an expiry by a month, as if a second actor had granted it.
  mutating func extend(_ id: String, _ at: String, expires: CivilDay) throws {
    let data = ExtendPoints(
      member: "m", expires: expires, until: expires.adding(months: 1), reason: "shops-closed")
    let command = Command(
      id: try #require(CommandID(id)), at: try #require(Instant(at)), actor: "owner", .points(.extend(data)))
    records += try book.grant(command, at: Int64(records.count) + 1)
  }

  private mutating func perform(_ id: String, _ at: String, _ body: CommandBody) throws {
    try perform(
      Command(
        id: try #require(CommandID(id)), at: try #require(Instant(at)), actor: ActorID("owner"),
        body))
  }

  private mutating func perform(_ command: Command) throws {
    for record in records { book.recall(record.command, records.filter { $0.command == record.command }) }
    let recording = Recording(recordedAt: now, position: Int64(records.count) + 1)
    let before = wallet
    while true {
      switch book.decide(command, recording) {
      case .events(let events):
        let movements = events.compactMap { $0.pointsMovement(of: "m") }
        let available = movements.reduce(Points.zero) { $0 + $1.available }
        let held = movements.reduce(Points.zero) { $0 + $1.held }
        #expect(wallet.available - before.available == available, "\(command.id)")
        #expect(wallet.held - before.held == held, "\(command.id)")
        let pending = movements.reduce(Points.zero) { $0 + $1.pending }
        #expect(wallet.pendingPoints - before.pendingPoints == pending, "\(command.id)")
        let debt = movements.reduce(Points.zero) { $0 + $1.debt }
        #expect(wallet.debt - before.debt == debt, "\(command.id)")
        #expect(events.allSatisfy { $0.refusal == nil }, "\(command.id) was refused")
        records += events
        return
      case .missing(let keys):
        for case .command(let id) in keys {
          book.recall(id, records.filter { $0.command == id })
        }
      }
    }
  }

  var wallet: Wallet { book.wallet(MemberID("m")) ?? Wallet() }

  /// Everything that can happen to points, once at least.
  static func whole() throws -> History {
    var history = try History()
    try history.points("e1", "2022-02-01T09:00:00+08:00", "points.earn", #""rule":"read","quantity":9"#)
    try history.points("e2", "2022-02-01T10:00:00+08:00", "points.earn", #""rule":"kind","quantity":20"#)
    try history.points("s1", "2022-02-02T10:00:00+08:00", "points.spend", #""points":12,"reference":"a mug""#)
    let deadline = #""deadline":"2022-02-10T10:00:00+08:00""#
    try history.points("h1", "2022-02-03T10:00:00+08:00", "points.hold", #""points":6,\#(deadline)"#)
    try history.points("h2", "2022-02-03T11:00:00+08:00", "points.hold", #""points":3,\#(deadline)"#)
    try history.points("h3", "2022-02-03T12:00:00+08:00", "points.hold", #""points":2,\#(deadline)"#)
    try history.points("c1", "2022-02-04T10:00:00+08:00", "points.capture", #""hold":"h1","points":4"#)
    try history.points("r1", "2022-02-04T11:00:00+08:00", "points.release", #""hold":"h2""#)
    try history.points("m1", "2022-02-05T10:00:00+08:00", "member.transfer", #""organisation":"gd""#)
    // Five are pending and told of on the 8th: one is clawed back first, the rest of the second earning is cancelled.
    for id in ["p1", "p2"] {
      try history.points(id, "2022-02-05T11:00:00+08:00", "points.earn", #""rule":"slow","quantity":5"#)
    }
    try history.points(
      "k1", "2022-02-05T12:00:00+08:00", "points.claw-back", #""earning":"p1","points":1,"reason":"returned""#
    )
    try history.points("k2", "2022-02-05T12:00:00+08:00", "points.cancel", #""earning":"p2""#)
    // h3 lapses on the 10th, everything expires at the end of 1 March, then late refunds.
    try history.points("f1", "2022-03-05T10:00:00+08:00", "points.refund", #""spending":"s1","points":12"#)
    try history.points("e3", "2022-03-06T10:00:00+08:00", "points.earn", #""rule":"kind","quantity":5"#)
    try history.points("late", "2022-03-05T11:00:00+08:00", "points.earn", #""rule":"kind","quantity":1"#)
    try history.points("s2", "2022-03-06T11:00:00+08:00", "points.spend", #""points":18"#)
    try history.points(
      "k3", "2022-03-06T12:00:00+08:00", "points.claw-back", #""earning":"e3","reason":"returned""#)
    try history.points("e4", "2022-03-06T13:00:00+08:00", "points.earn", #""rule":"kind","quantity":9"#)
    try history.limits("2022-01-01T00:00:00+08:00")
    try history.points(
      "a1", "2022-03-06T14:00:00+08:00", "points.adjust", #""points":7,"rule":"kind","reason":"gift""#)
    try history.points(
      "v1", "2022-03-06T14:00:00+08:00", "points.reverse", #""event":"a1","points":2,"reason":"gift""#)
    try history.points(
      "v2", "2022-03-06T14:00:00+08:00", "points.reverse", #""event":"s2","points":3,"reason":"gift""#)
    try history.extend("x1", "2022-03-06T15:00:00+08:00", expires: "2022-04-06")
    // Somebody else's points become this member's.
    for line in [
      #"{"id":"g1","type":"member.enrol","at":"2022-01-02T00:00:00+08:00","actor":"owner","data":{"member":"guest","organisation":"gz","provisional":true,"credential":{"kind":"permit","seenBy":"booth"}}}"#,
      #"{"id":"g2","type":"points.earn","at":"2022-03-05T11:00:00+08:00","actor":"owner","data":{"member":"guest","rule":"kind","quantity":2}}"#,
      #"{"id":"g3","type":"member.merge","at":"2022-03-07T09:00:00+08:00","actor":"owner","data":{"member":"guest","into":"m"}}"#,
    ] { try history.line(line) }
    try history.points("bye", "2022-03-07T10:00:00+08:00", "member.leave", #""points":"forfeit""#)
    return history
  }
}

@Suite("A statement of points")
struct PointsStatementTests {
  private let zone = Zone(offsetMinutes: 480)

  @Test("every kind of event moves a wallet by what its movement says")
  func everyKind() throws {
    let kinds = Set(try History.whole().records.compactMap { $0.pointsMovement(of: "m")?.kind })
    let all = PointsEvent.types.compactMap { type -> String? in
      guard case .points(let event) = type.init().asEvent() else { return nil }
      return PointsMovement(event, of: "m")?.kind
    }
    #expect(kinds == Set(all))
    #expect(all.count == PointsEvent.types.count - 1, "only a rule's event is about no member")
  }

  @Test("the balances that events state agree with the sum of the movements")
  func agrees() throws {
    let history = try History.whole()
    let statement = PointsStatement(history.records, of: "m", zone, from: nil, through: nil)
    #expect(statement.firstDisagreement == nil)
    #expect(statement.opening == PointsBalance())
    #expect(statement.closing == PointsBalance(history.wallet))
    #expect(statement.lines.contains { $0.balance.pending == Points(count: 9) })
    #expect(statement.lines.contains { $0.balance.debt != .zero })
    #expect(statement.lines.last?.balance == statement.closing)
  }

  @Test("an event that states another balance is named")
  func disagrees() throws {
    var records = try History.whole().records
    let index = try #require(records.firstIndex { $0.pointsMovement(of: "m")?.kind == "spent" })
    guard case .points(.spent(var event)) = records[index].event else { return }
    event.available += Points(count: 1)
    records[index].event = .points(.spent(event))
    let statement = PointsStatement(records, of: "m", zone, from: nil, through: nil)
    #expect(statement.firstDisagreement == records[index].position)
  }

  @Test("the opening balance of any day is the closing balance of the day before")
  func days() throws {
    let records = try History.whole().records
    let first = CivilDay("2022-01-30")
    for number in 0..<45 {
      let day = first.adding(days: number)
      let opening = PointsStatement(records, of: "m", zone, from: day, through: nil).opening
      #expect(
        opening == PointsStatement(records, of: "m", zone, from: nil, through: day.adding(days: -1)).closing,
        "\(day)")
    }
  }

  @Test("a day begins at midnight in the ledger's zone, and what expires then belongs to it")
  func midnight() throws {
    let records = try History.whole().records
    let day = CivilDay("2022-03-02")
    let statement = PointsStatement(records, of: "m", zone, from: day, through: day)
    #expect(statement.lines.map(\.movement.kind) == ["expired"])
    #expect(statement.lines.first?.at == zone.start(of: day))
  }

  @Test("only what happened before a line above it is late")
  func late() throws {
    let statement = PointsStatement(try History.whole().records, of: "m", zone, from: nil, through: nil)
    #expect(statement.lines.filter(\.isLate).map(\.command.text) == ["late"])
  }

  @Test("what has fallen due is told as movements that lead to the wallet then")
  func fallenDue() throws {
    var history = try History()
    try history.points("e", "2022-02-01T09:00:00+08:00", "points.earn", #""rule":"read","quantity":5"#)
    try history.points(
      "h", "2022-02-03T10:00:00+08:00", "points.hold", #""points":6,"deadline":"2022-02-10T10:00:00+08:00""#)
    let member = MemberID("m")
    let end = zone.end(of: CivilDay("2022-03-01"))
    let before = history.book.fallenDue(on: member, at: end.adding(milliseconds: -1))
    #expect(before.movements.map(\.movement.kind) == ["lapsed"])
    #expect(before.lapsedHolds == 1)
    #expect(before.wallet?.available == Points(count: 10))
    let after = history.book.fallenDue(on: member, at: end)
    #expect(after.movements.map(\.movement.kind) == ["lapsed", "expired"])
    #expect(after.expired == Points(count: 10))
    #expect(after.wallet?.available == .zero)
  }
}

// Given, when, then on events: a small ledger in memory that a test adds to. The tests themselves are in the benefits'
// folders.

import Testing

@testable import LedgerCore

/// A ledger in +08:00 since 2022-01-01 with a province, two cities and a branch below the first; a clerk who is operator
/// and service over everything; and the member wang of city `gz`.
struct Scene {
  private(set) var book = Book.complete()
  private(set) var records: [EventRecord] = []
  private var now = Instant("2022-01-01T00:00:00+08:00")
  private var number = 0

  /// What came of a command.
  enum Outcome: Equatable {
    case happened([String])
    case refused(Refusal)

    var code: Refusal.Code? {
      if case .refused(let refusal) = self { refusal.code } else { nil }
    }
    var refusal: Refusal? {
      if case .refused(let refusal) = self { refusal } else { nil }
    }
    var isAccepted: Bool { code == nil }
  }

  static func text<Value>(_ text: String, _ make: (String) -> Value?) -> Value {
    guard let value = make(text) else { preconditionFailure("\(text) is no \(Value.self)") }
    return value
  }

  init() {
    let dawn = "2022-01-01T00:00:00+08:00"
    when(
      dawn,
      .ledger(
        .open(OpenLedger(name: "test", origin: "test", zone: Zone(offsetMinutes: 480), owner: "owner"))),
      by: "owner")
    when(dawn, .actor(.register(RegisterActor(actor: "clerk"))), by: "owner")
    for role in [Role.operator, .service] {
      when(dawn, .actor(.grantRole(GrantRole(actor: "clerk", role: role, from: "2022-01-01"))), by: "owner")
    }
    when(dawn, .organisation(.register(RegisterOrganisation(organisation: "gd"))))
    for (child, parent) in [("gz", "gd"), ("sz", "gd"), ("gz-1", "gz")] {
      when(
        dawn,
        .organisation(
          .register(
            RegisterOrganisation(
              organisation: Self.text(child, OrganisationID.init),
              parent: Self.text(parent, OrganisationID.init)))))
    }
    when(dawn, .member(.enrol(EnrolMember(member: "wang", organisation: "gz"))))
    precondition(!records.contains { $0.refusal != nil }, "the scene is set without a refusal")
  }

  /// Decides a command at `at`; the ledger's clock is `recorded`, or else `at` if that is later than all before.
  @discardableResult
  mutating func when(
    _ at: String, _ body: CommandBody, by actor: ActorID = "clerk", id: String? = nil, recorded: String? = nil
  ) -> Outcome {
    number += 1
    let command = Command(
      id: Self.text(id ?? "command-\(number)", CommandID.init), at: Self.text(at, { Instant($0) }),
      actor: actor, body)
    now = recorded.map { Self.text($0, { Instant($0) }) } ?? max(now, command.at)
    let recording = Recording(recordedAt: now, position: Int64(records.count) + 1)
    while true {
      switch book.decide(command, recording) {
      case .events(let new):
        records += new
        book.committed()
        if let refusal = new.first?.refusal { return .refused(refusal) }
        return .happened(new.map { tell($0, command.at) })
      case .missing(let keys):
        for case .command(let id) in keys {
          book.recall(id, records.filter { $0.command == id })
        }
      }
    }
  }

  @discardableResult
  mutating func earn(
    _ at: String, _ rule: RuleID = "read", _ quantity: Int64 = 1, member: MemberID = "wang",
    id: String? = nil, recorded: String? = nil
  ) -> Outcome {
    when(
      at, .points(.earn(EarnPoints(member: member, rule: rule, quantity: quantity))), id: id,
      recorded: recorded)
  }

  @discardableResult
  mutating func spend(_ at: String, _ points: Int64, id: String? = nil, member: MemberID = "wang") -> Outcome
  {
    when(at, .points(.spend(SpendPoints(member: member, points: Points(count: points)))), id: id)
  }

  @discardableResult
  mutating func hold(_ at: String, _ points: Int64, id: String, until: Instant) -> Outcome {
    when(
      at, .points(.hold(HoldPoints(member: "wang", points: Points(count: points), deadline: until))), id: id)
  }

  @discardableResult
  mutating func capture(_ at: String, _ hold: CommandID, _ points: Points? = nil, id: String? = nil)
    -> Outcome
  {
    when(at, .points(.capture(CapturePoints(member: "wang", hold: hold, points: points))), id: id)
  }

  @discardableResult
  mutating func release(_ at: String, _ hold: CommandID) -> Outcome {
    when(at, .points(.release(ReleasePoints(member: "wang", hold: hold))))
  }

  @discardableResult
  mutating func refund(_ at: String, _ spending: CommandID, _ points: Int64, member: MemberID = "wang")
    -> Outcome
  {
    when(
      at, .points(.refund(RefundPoints(member: member, spending: spending, points: Points(count: points)))))
  }

  /// Decides a points command as if a second actor had granted it; nothing may be due.
  @discardableResult
  mutating func granted(_ at: String, _ body: PointsCommand, id: String? = nil) -> Outcome {
    number += 1
    let command = Command(
      id: Self.text(id ?? "command-\(number)", CommandID.init), at: Self.text(at, { Instant($0) }),
      actor: "clerk", .points(body))
    now = max(now, command.at)
    for record in records { book.recall(record.command, records.filter { $0.command == record.command }) }
    defer { book.returnRecalled() }
    do throws(Undecided) {
      let new = try book.grant(command, at: Int64(records.count) + 1)
      records += new
      return .happened(new.map { tell($0, command.at) })
    } catch {
      guard case .refused(let refusal) = error else { preconditionFailure("\(error)") }
      return .refused(refusal)
    }
  }

  /// Puts a record into the log that no decision made.
  mutating func forge(_ record: EventRecord) {
    book.apply(record)
    records.append(record)
  }

  /// Changes the book behind the log's back, for what an audit should find.
  mutating func tamper(_ change: (inout Book) -> Void) { change(&book) }

  /// Lets one actor adjust and reverse up to so many points.
  mutating func limits(_ points: Points) {
    when(
      "2022-01-01T00:00:00+08:00", .ledger(.setLimits(SetLimits(adjustment: points, reversal: points))),
      by: "owner")
  }

  @discardableResult
  mutating func adjust(
    _ at: String, _ points: Int64, rule: RuleID = "read", corrects: CommandID? = nil, id: String? = nil
  ) -> Outcome {
    when(
      at,
      .points(
        .adjust(
          AdjustPoints(
            member: "wang", points: Points(count: points), rule: rule, reason: "counted-wrong",
            corrects: corrects))),
      id: id)
  }

  @discardableResult
  mutating func reverse(_ at: String, _ event: CommandID, _ points: Points? = nil, id: String? = nil)
    -> Outcome
  {
    when(
      at,
      .points(.reverse(ReversePoints(member: "wang", event: event, points: points, reason: "entered-twice"))),
      id: id)
  }

  @discardableResult
  mutating func cancel(_ at: String, _ earning: CommandID) -> Outcome {
    when(at, .points(.cancel(CancelPoints(member: "wang", earning: earning, reason: "order-returned"))))
  }

  @discardableResult
  mutating func clawBack(_ at: String, _ earning: CommandID, _ points: Points? = nil, id: String? = nil)
    -> Outcome
  {
    when(
      at,
      .points(
        .clawBack(ClawBackPoints(member: "wang", earning: earning, points: points, reason: "order-returned"))),
      id: id)
  }

  /// Publishes a rule of the province worth `points` a unit, on 2022-01-01 unless said otherwise.
  @discardableResult
  mutating func rule(
    _ rule: RuleID = "read", _ points: Int64 = 2, _ validity: Validity = .endOfYear(later: 0),
    at: String = "2022-01-01T00:00:00+08:00", _ change: (inout DefineRule) -> Void = { _ in }
  ) -> Outcome {
    var data = DefineRule(
      rule: rule, organisation: "gd", pointsPerUnit: Points(count: points), validity: validity,
      from: "2022-01-01")
    change(&data)
    return when(at, .points(.defineRule(data)))
  }

  var wallet: Wallet { book.wallet("wang") ?? Wallet() }

  /// Liability by month of expiry, as `month: available+held`.
  func liability(_ organisation: OrganisationID) -> [String] {
    (book.pointsAccount(organisation)?.months ?? []).map {
      "\($0.month?.description ?? "never"): \($0.available)+\($0.held)"
        + ($0.pending == 0 ? "" : "+\($0.pending)")
    }
  }
}

/// An event in one line: what was decided, and its time when that is not the command's.
private func tell(_ record: EventRecord, _ at: Instant) -> String {
  var words = record.type.name.split(separator: ".").last.map(String.init) ?? ""
  func add(_ name: String, _ lots: [LotShare]) {
    guard !lots.isEmpty else { return }
    words +=
      " \(name) "
      + lots.map {
        "\($0.points.count) of \($0.rule)@\($0.ruleVersion) until \($0.expires?.description ?? "ever")"
      }
      .joined(separator: ", ")
  }
  func add(_ paid: [DebtShare]?) {
    for share in paid ?? [] { words += " paid \(share.points.count) of \(share.clawback)" }
  }
  if case .points(let event) = record.event {
    switch event {
    case .earned(let event):
      words += " \(event.credited.count) under \(event.request.rule)@\(event.ruleVersion)"
      if let capped = event.capped {
        words += ", \(capped.count) capped by \(event.cappedBy?.rawValue ?? "?")"
      }
      words += " until \(event.expires?.description ?? "ever")"
      if let activeOn = event.activeOn { words += " active on \(activeOn)" }
      if let noticeOn = event.noticeOn { words += " notice on \(noticeOn)" }
      add(event.debtPaid)
    case .spent(let event): add("lots", event.lots)
    case .held(let event): add("lots", event.lots)
    case .captured(let event):
      add("lots", event.lots)
      add("released", event.released)
      add("expired", event.expired)
    case .released(let event):
      add("lots", event.released)
      add("expired", event.expired)
    case .lapsed(let event):
      add("released", event.released)
      add("expired", event.expired)
    case .refunded(let event):
      add("restored", event.restored)
      if let policy = event.afterExpiry { words += " \(policy.rawValue)" }
      add("graced", event.graced)
      add("forfeited", event.forfeited)
    case .expired(let event):
      add("lots", event.lots)
      add("pending", event.whilePending?.map(\.lot) ?? [])
    case .forfeited(let event):
      add("lots", event.lots)
      add("pending", event.whilePending?.map(\.lot) ?? [])
    case .moved(let event):
      words += " from \(event.from) to \(event.to)"
      for share in event.months {
        words += ", \(share.month?.description ?? "never") \(share.available.count)+\(share.held.count)"
        if let pending = share.pending { words += "+\(pending.count)" }
      }
      if let debt = event.debt { words += ", debt \(debt.count)" }
    case .activated(let event):
      words += " " + event.earnings.map(\.text).joined(separator: ", ")
      add("lots", event.lots)
      add("repaid", event.repaid ?? [])
      add(event.debtPaid)
    case .cancelled(let event): add("lot", [event.lot])
    case .clawedBack(let event):
      add("pending", event.whilePending?.map(\.lot) ?? [])
      add("lots", event.lots)
      if let shortfall = event.shortfall { words += " short \(shortfall.count)" }
    case .expiryNoticed(let event): add("lots", event.lots)
    case .extensionGranted(let event): words += " \(event.points.count) until \(event.request.until)"
    case .extended(let event):
      add("lots", event.lots)
      add("held", event.held.map(\.lot))
      add("pending", event.whilePending.map(\.lot))
    case .adjusted(let event):
      words += " \(event.request.points.count)"
      add("lots", event.lots)
      add(event.debtPaid)
    case .grantReversed(let event):
      words += " \(event.kind.rawValue)"
      add("pending", event.whilePending?.map(\.lot) ?? [])
      add("lots", event.lots)
      if let shortfall = event.shortfall { words += " short \(shortfall.count)" }
    case .spendingReversed(let event):
      words += " \(event.kind.rawValue)"
      add("restored", event.restored)
      if let policy = event.afterExpiry { words += " \(policy.rawValue)" }
      add("graced", event.graced)
      add("forfeited", event.forfeited)
    case .merged, .ruleDefined: break
    }
  }
  return record.at == at ? words : words + " at \(record.at)"
}

extension Scene {
  /// Replays in two to five parts, and compares what they come to with the book.
  func expectSameInParts() {
    for count in 2...5 {
      var books = (0..<count).map { _ in Book.complete() }
      var isApart = false
      for record in records {
        let parts = record.parts(of: count)
        for index in books.indices where parts.include(index) {
          if case .two = parts {
            isApart = true
            books[index].apply(record, inPart: index, of: count)
          } else {
            books[index].apply(record)
          }
        }
      }
      let isSpread = records.contains { Set($0.subjects.compactMap { $0.part(of: count) }).count > 1 }
      #expect(isApart == isSpread)
      let others = Array(books.dropFirst())
      books[0].merge(others)
      for projection in Projection.allCases {
        for key in book.entities(in: projection) {
          #expect(books[key.part(of: count) ?? 0].cells(of: key) == book.cells(of: key), "\(count)")
        }
        let kept = books.indices.flatMap { index in
          books[index].entities(in: projection).filter { ($0.part(of: count) ?? 0) == index }
        }
        #expect(Set(kept) == Set(book.entities(in: projection)))
      }
    }
  }
}

/// A way to meet a refusal. The lists of these are what proves that every code can be met.
struct RefusalCase: Sendable, CustomStringConvertible {
  let code: Refusal.Code
  let sentence: String
  /// Sets the scene and gives the command that is refused.
  let meet: @Sendable (inout Scene) -> Scene.Outcome

  init(_ code: Refusal.Code, _ sentence: String, _ meet: @escaping @Sendable (inout Scene) -> Scene.Outcome) {
    self.code = code
    self.sentence = sentence
    self.meet = meet
  }

  var description: String { "\(code.rawValue): \(sentence)" }
}

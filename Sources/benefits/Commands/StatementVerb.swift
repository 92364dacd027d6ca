// benefits statement: a member's points as a bank would print them. What the lines are and whether they add up is
// decided in LedgerCore's PointsStatement; here they become words.

import BenefitsLedger

enum StatementVerb {
  enum Kind: String, CaseIterable { case member }

  private static let kind = Positional("KIND", .choice(of: Kind.self), "whose statement")
  private static let id = Positional("ID", .text, "the member's id, exactly as it was given")
  private static let from = Option(
    "from", "DAY", .text, "the first day, such as 2022-10-01; from the beginning if not given")
  private static let to = Option("to", "DAY", .text, "the last day, included; no end when not given")

  static let verb = Verb(
    name: "statement", summary: "a member's points line by line", positionals: [.ledger, kind, id],
    options: [from, to, .json, .quiet],
    details: """
      Opening balance, one line an event with the balances after it, closing balance,
      open holds, and what expires when. Without --from and --to: everything.

      A line belongs to the day on which it happened, in the ledger's zone. Lines
      stand in the order in which they were recorded; one that happened before a line
      above it is marked late. The opening balance is the sum of what happened on
      earlier days as known now, so it is the closing balance of the day before.

      What has fallen due and is not recorded yet stands by itself after the closing
      balance. The last line says whether everything adds up; the exit code is 1 when
      it does not.
      """,
    example: """
      $ benefits statement city.ledger member m-1 --from 2022-02-02 --to 2022-03-02
      member m-1, points from 2022-02-02 to 2022-03-02 (days and times in +08:00)

      event  happened             what                          points  available  held
                                  opening balance                              10     0
          8  2022-02-02 09:00:00  spent, a mug                      -6          4     0
         10  2022-03-02 00:00:00  expired                           -4          0     0
         11  2022-03-02 09:00:00  earned under read@1, 5 units     +10         10     0
                                  closing balance                              10     0

      expires after  available  held
      2022-04-02            10     0

      adds up: available 10 + 0 = 10, held 0 + 0 = 0
      """,
    run: run)

  private static func run(_ invocation: Invocation) throws -> ExitCode {
    let arguments = invocation.arguments
    let first = try day(arguments.optional(from), from)
    let last = try day(arguments.optional(to), to)
    if let first, let last, last < first { throw Failure(.usage, "--to \(last) lies before --from \(first)") }
    let reader = try LedgerReader(path: arguments.required(.ledger))
    let member: MemberID = try Show.id(arguments.required(id))
    let found = try reader.atOneCommit {
      try reader.statement(of: member, from: first, through: last, at: SystemClock().now())
    }
    guard let found else {
      throw Failure(.noInput, "there is no member `\(member)`; ids are compared byte by byte")
    }
    let page = StatementPage(member: member, first: first, last: last, zone: reader.ledger.zone, found: found)
    if invocation.wantsJSON {
      try invocation.output.json(page.json)
    } else {
      try page.print(on: invocation.output)
    }
    return found.disagreement == nil ? .fine : .findings
  }

  private static func day(_ text: String?, _ option: Option) throws(Failure) -> CivilDay? {
    guard let text else { return nil }
    guard let day = CivilDay(text) else {
      throw Failure(.usage, "\(option.label): expected a day such as 2022-10-01")
    }
    return day
  }
}

/// One statement and how it looks.
private struct StatementPage {
  let member: MemberID
  let first: CivilDay?
  let last: CivilDay?
  let zone: Zone
  let found: MemberStatement

  private var statement: PointsStatement { found.statement }
  private var wallet: Wallet? { found.fallenDue.wallet }

  // MARK: for people

  func print(on output: Output) throws {
    let days =
      switch (first, last) {
      case (nil, nil): "all days"
      case (let first?, nil): "from \(first)"
      case (nil, let last?): "to \(last)"
      case (let first?, let last?): "from \(first) to \(last)"
      }
    try output.line("member \(member), points \(days) (days and times in \(zone))".displayable)
    try output.line()
    try output.table(table)
    if !found.fallenDue.movements.isEmpty {
      try output.line("due, and recorded when the wallet is next touched; not in the closing balance")
    }
    if isBelowZero {
      try output.line("below zero: seen by days, something was used before the day on which it came")
    }
    try ShowMember.holds(wallet?.holds ?? [], zone, output)
    try ShowMember.expiries(Expiry.list(of: wallet), output)
    try output.line()
    try output.line(check)
  }

  private var isBelowZero: Bool {
    statement.lines.contains { line in
      let balance = line.balance
      return [balance.available, balance.held, balance.pending, balance.debt].contains { $0 < .zero }
    }
  }

  /// Whether anything of it was ever pending, or owed: most statements have no such columns.
  private func hasAny(_ figure: KeyPath<PointsBalance, Points>) -> Bool {
    ([statement.opening] + statement.lines.map(\.balance)).contains { $0[keyPath: figure] != .zero }
  }

  private var table: Table {
    let more = [("pending", \PointsBalance.pending), ("debt", \.debt)].filter { hasAny($0.1) }
    var table = Table(
      [
        .number("event"), .text("happened"), .text("what"), .number("points"), .number("available"),
        .number("held"),
      ] + more.map { .number($0.0) })
    func figures(_ balance: PointsBalance) -> [String] {
      [balance.available.count.grouped, balance.held.count.grouped]
        + more.map { balance[keyPath: $0.1].count.grouped }
    }
    let blanks = more.map { _ in "" }
    table.add(["", "", "opening balance", ""] + figures(statement.opening))
    for line in statement.lines {
      table.add(
        [
          line.position.grouped, zone.local(line.at),
          line.movement.words(zone) + (line.isLate ? " (late)" : ""), line.movement.change,
        ] + figures(line.balance))
    }
    table.add(["", "", "closing balance", ""] + figures(statement.closing))
    for (instant, movement) in found.fallenDue.movements {
      table.add(["", zone.local(instant), "due: " + movement.words(zone), movement.change, "", ""] + blanks)
    }
    if !found.fallenDue.movements.isEmpty {
      table.add(["", "", "with what is due", ""] + figures(PointsBalance(wallet)))
    }
    return table
  }

  private var check: String {
    if let disagreement = found.disagreement {
      return "does NOT add up: \(disagreement); run `benefits verify`"
    }
    let (opening, closing) = (statement.opening, statement.closing)
    let available =
      "\(opening.available.count.grouped) \(sum(\.available).summand) = \(closing.available.count.grouped)"
    let held = "\(opening.held.count.grouped) \(sum(\.held).summand) = \(closing.held.count.grouped)"
    let more = [("pending", \PointsBalance.pending, sum(\.pending)), ("debt", \.debt, sum(\.debt))]
      .filter { hasAny($0.1) }
      .map { name, figure, sum in
        ", \(name) \(opening[keyPath: figure].count.grouped) \(sum.summand) = "
          + closing[keyPath: figure].count.grouped
      }
    return "adds up: available \(available), held \(held)" + more.joined()
  }

  /// Summed from the lines alone, so that the check says something.
  private func sum(_ figure: KeyPath<PointsMovement, Points>) -> Int64 {
    statement.lines.reduce(0) { $0 + $1.movement[keyPath: figure].count }
  }

  // MARK: for machines

  var json: JSONAnswer {
    [
      "member": .string(member.text), "from": .string(first?.description), "to": .string(last?.description),
      "zone": .string(zone.description), "opening": statement.opening.json,
      "lines": .array(
        statement.lines.map { line in
          [
            "position": .integer(line.position), "at": .string(line.at.description),
            "recordedAt": .string(line.recordedAt.description), "command": .string(line.command.text),
            "kind": .string(line.movement.kind), "words": .string(line.movement.words(zone)),
            "reference": .string(line.movement.reference?.text),
            "available": .integer(line.movement.available.count), "held": .integer(line.movement.held.count),
            "pending": .integer(line.movement.pending.count), "debt": .integer(line.movement.debt.count),
            "balance": line.balance.json, "late": .boolean(line.isLate),
          ]
        }),
      "closing": statement.closing.json,
      "due": .array(
        found.fallenDue.movements.map { instant, movement in
          [
            "at": .string(instant.description), "kind": .string(movement.kind),
            "words": .string(movement.words(zone)), "available": .integer(movement.available.count),
            "held": .integer(movement.held.count), "pending": .integer(movement.pending.count),
            "debt": .integer(movement.debt.count),
          ]
        }),
      "afterDue": PointsBalance(wallet).json,
      "holds": .array((wallet?.holds ?? []).map(\.json)),
      "expiries": .array(Expiry.list(of: wallet).map(\.json)),
      "addsUp": .boolean(found.disagreement == nil), "disagreement": .string(found.disagreement),
    ]
  }
}

extension PointsBalance {
  fileprivate var json: JSONAnswer {
    [
      "available": .integer(available.count), "held": .integer(held.count),
      "pending": .integer(pending.count), "debt": .integer(debt.count),
    ]
  }
}

extension Int64 {
  fileprivate var signed: String { self > 0 ? "+\(grouped)" : grouped }
  fileprivate var summand: String { "\(self < 0 ? "-" : "+") \(magnitude.grouped)" }
}

extension PointsMovement {
  /// What changes of what can be spent; of what is held, the running balance tells.
  fileprivate var change: String { available == .zero ? "0" : available.count.signed }

  /// What happened, for people.
  fileprivate func words(_ zone: Zone) -> String { story(zone) + (reference.map { ", \($0)" } ?? "") }

  private func story(_ zone: Zone) -> String {
    switch story {
    case .earned(let rule, let version, let quantity, let capped, let cap, let activeOn):
      let units = quantity == 1 ? "" : ", \(quantity.grouped) units"
      let less = capped == .zero ? "" : ", \(capped.count.grouped) more capped by the \(cap ?? "?") limit"
      let pending = activeOn.map { ", \(self.pending.count.grouped) pending until \($0)" } ?? ""
      return "earned under \(rule)@\(version)\(units)\(less)\(pending)" + paid
    case .spent: return "spent"
    case .held(let deadline): return "held until \(zone.local(deadline))"
    case .captured(let hold, let points, let released, let expired):
      let rest = released == .zero ? "" : ", \(released.count.grouped) released"
      return "\(points.count.grouped) captured of hold \(hold)\(rest)" + lost(expired)
    case .released(let hold, let expired): return "hold \(hold) released" + lost(expired)
    case .lapsed(let hold, let expired): return "hold \(hold) lapsed" + lost(expired)
    case .refunded(let spending, let points, let graced, let forfeited):
      return "\(points.count.grouped) refunded of \(spending)" + lateReturn(graced, forfeited)
    case .expired: return "expired" + lostWhilePending
    case .moved(let from, let to): return "moved from \(from) to \(to) with the member"
    case .forfeited: return "forfeited on leaving" + lostWhilePending
    case .mergedInto(let member): return "merged into member \(member)" + alsoMerged
    case .mergedFrom(let member): return "merged from member \(member)" + alsoMerged
    case .activated: return "\((.zero - self.pending).count.grouped) no longer pending" + paid
    case .cancelled(let earning):
      return "\((.zero - self.pending).count.grouped) pending of \(earning) cancelled"
    case .clawedBack(let earning, let points):
      let owed = debt == .zero ? "" : ", \(debt.count.grouped) of them owed now"
      return "\(points.count.grouped) of \(earning) clawed back" + lostWhilePending + owed
    case .expiryNoticed(let points, let expires):
      let day = expires?.description ?? "?"
      return "notice: \(points.count.grouped) expire by the end of \(day)"
    case .extensionGranted(let points, let expires, let until):
      return "\(points.count.grouped) that expire after \(expires) extended until \(until)"
    case .extended(let points): return "\(points.count.grouped) of them extended"
    case .adjusted(_, let reason, let corrects):
      return "adjusted, \(reason)" + (corrects.map { ", correcting \($0)" } ?? "") + paid
    case .grantReversed(let event, let points):
      let owed = debt == .zero ? "" : ", \(debt.count.grouped) of them owed now"
      return "\(points.count.grouped) of \(event) reversed" + lostWhilePending + owed
    case .spendingReversed(let event, let points, let graced, let forfeited):
      return "\(points.count.grouped) of \(event) reversed" + lateReturn(graced, forfeited)
    }
  }

  /// What became of points that came back after their expiry.
  private func lateReturn(_ graced: Points, _ forfeited: Points) -> String {
    let grace = graced == .zero ? "" : ", \(graced.count.grouped) of them for days of grace"
    let gone =
      forfeited == .zero ? "" : ", \(forfeited.count.grouped) of them forfeited: their expiry had passed"
    return grace + gone
  }

  /// What of a credit paid debts.
  private var paid: String {
    debt == .zero ? "" : ", \((.zero - debt).count.grouped) of them paid a debt"
  }

  private var lostWhilePending: String {
    self.pending == .zero ? "" : ", \((.zero - self.pending).count.grouped) of them while pending"
  }

  private var alsoMerged: String {
    let pending = self.pending == .zero ? "" : ", \(self.pending.count.magnitude.grouped) pending"
    return pending + (debt == .zero ? "" : ", a debt of \(debt.count.magnitude.grouped)")
  }

  private func lost(_ expired: Points) -> String {
    expired == .zero ? "" : ", \(expired.count.grouped) expired meanwhile"
  }
}

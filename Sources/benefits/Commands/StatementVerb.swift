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
    statement.lines.contains { $0.balance.available < .zero || $0.balance.held < .zero }
  }

  private var table: Table {
    var table = Table([
      .number("event"), .text("happened"), .text("what"), .number("points"), .number("available"),
      .number("held"),
    ])
    func add(_ name: String, _ balance: PointsBalance) {
      table.add(["", "", name, "", balance.available.count.grouped, balance.held.count.grouped])
    }
    add("opening balance", statement.opening)
    for line in statement.lines {
      table.add([
        line.position.grouped, zone.local(line.at),
        line.movement.words(zone) + (line.isLate ? " (late)" : ""),
        line.movement.change, line.balance.available.count.grouped, line.balance.held.count.grouped,
      ])
    }
    add("closing balance", statement.closing)
    for (instant, movement) in found.fallenDue.movements {
      table.add(["", zone.local(instant), "due: " + movement.words(zone), movement.change, "", ""])
    }
    if !found.fallenDue.movements.isEmpty {
      table.add([
        "", "", "with what is due", "", (wallet?.available.count ?? 0).grouped,
        (wallet?.held.count ?? 0).grouped,
      ])
    }
    return table
  }

  private var check: String {
    if let disagreement = found.disagreement {
      return "does NOT add up: \(disagreement); run `benefits verify`"
    }
    let (opening, closing) = (statement.opening, statement.closing)
    let available =
      "\(opening.available.count.grouped) \(movement.summand) = \(closing.available.count.grouped)"
    let held = "\(opening.held.count.grouped) \(heldMovement.summand) = \(closing.held.count.grouped)"
    return "adds up: available \(available), held \(held)"
  }

  /// Summed from the lines alone, so that the check says something.
  private var movement: Int64 { statement.lines.reduce(0) { $0 + $1.movement.available.count } }
  private var heldMovement: Int64 { statement.lines.reduce(0) { $0 + $1.movement.held.count } }

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
            "balance": line.balance.json, "late": .boolean(line.isLate),
          ]
        }),
      "closing": statement.closing.json,
      "due": .array(
        found.fallenDue.movements.map { instant, movement in
          [
            "at": .string(instant.description), "kind": .string(movement.kind),
            "words": .string(movement.words(zone)), "available": .integer(movement.available.count),
            "held": .integer(movement.held.count),
          ]
        }),
      "afterDue": [
        "available": .integer(wallet?.available.count ?? 0), "held": .integer(wallet?.held.count ?? 0),
      ],
      "holds": .array((wallet?.holds ?? []).map(\.json)),
      "expiries": .array(Expiry.list(of: wallet).map(\.json)),
      "addsUp": .boolean(found.disagreement == nil), "disagreement": .string(found.disagreement),
    ]
  }
}

extension PointsBalance {
  fileprivate var json: JSONAnswer { ["available": .integer(available.count), "held": .integer(held.count)] }
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
    case .earned(let rule, let version, let quantity, let capped, let cap):
      let units = quantity == 1 ? "" : ", \(quantity.grouped) units"
      let less = capped == .zero ? "" : ", \(capped.count.grouped) more capped by the \(cap ?? "?") limit"
      return "earned under \(rule)@\(version)\(units)\(less)"
    case .spent: return "spent"
    case .held(let deadline): return "held until \(zone.local(deadline))"
    case .captured(let hold, let points, let released, let expired):
      let rest = released == .zero ? "" : ", \(released.count.grouped) released"
      return "\(points.count.grouped) captured of hold \(hold)\(rest)" + lost(expired)
    case .released(let hold, let expired): return "hold \(hold) released" + lost(expired)
    case .lapsed(let hold, let expired): return "hold \(hold) lapsed" + lost(expired)
    case .refunded(let spending, let points, let graced, let forfeited):
      let grace = graced == .zero ? "" : ", \(graced.count.grouped) of them for days of grace"
      let gone =
        forfeited == .zero ? "" : ", \(forfeited.count.grouped) of them forfeited: their expiry had passed"
      return "\(points.count.grouped) refunded of \(spending)\(grace)\(gone)"
    case .expired: return "expired"
    case .moved(let from, let to): return "moved from \(from) to \(to) with the member"
    case .forfeited: return "forfeited on leaving"
    }
  }

  private func lost(_ expired: Points) -> String {
    expired == .zero ? "" : ", \(expired.count.grouped) expired meanwhile"
  }
}

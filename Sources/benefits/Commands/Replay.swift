// benefits replay: every balance from the log alone, now or as of an earlier time.

import BenefitsLedger
import Foundation

enum Replay {
  private static let until = Option(
    "until", "T|POS", .text, "stop before this instant, or after this position; the whole log when not given")
  private static let recorded = Option.flag(
    "recorded", "with an instant: as known then (this is the default)")
  private static let effective = Option.flag(
    "effective", "with an instant: what happened before it, as known now")

  static let verb = Verb(
    name: "replay", summary: "rebuild every balance from the log alone", positionals: [.ledger],
    options: [until, recorded, effective, .json, .quiet],
    details: """
      Reads the log from its first event through the one fold that the live service
      uses, and prints the totals it arrives at. Nothing stored beside the log is used.
      When the whole log is replayed, every stored row is compared with the result.

      Two views of an earlier time: --recorded takes the events that had been recorded
      before T, and equals what the ledger said then. --effective takes the events that
      happened before T as they are known now, late ones included, with the decisions
      they recorded; a balance below zero in it is marked.
      """,
    example: """
      $ benefits replay city.ledger --until 2022-10-01T00:00:00+08:00 --effective
      replayed 10 of 32 events: those with `at` before 2022-10-01T00:00:00+08:00
      """,
    run: run)

  private static func run(_ invocation: Invocation) throws -> ExitCode {
    let arguments = invocation.arguments
    let path = arguments.required(.ledger)
    if arguments.flag(recorded), arguments.flag(effective) {
      throw Failure(.usage, "--recorded and --effective exclude each other")
    }
    let bound = try bound(arguments.optional(until), isEffective: arguments.flag(effective))
    var progress = invocation.output.progress("replaying", unit: "events")
    let replayer = try Replayer(path: path) { progress.reached($0) }
    let replayed = try replayer.replay(bound)
    progress.finish()
    if case .position(let position) = bound.end, position > replayer.head.tree.size {
      throw Failure(.noInput, "--until \(position): the log has only \(replayer.head.tree.size) events")
    }
    let isWhole = !bound.isEffective && replayed.last == replayer.head.tree.size
    let differences = isWhole ? try replayer.differingRows() : []
    try report(replayed, bound, arguments.optional(until), differences, isWhole, invocation)
    return differences.isEmpty ? .fine : .findings
  }

  private static func bound(_ text: String?, isEffective: Bool) throws -> ReplayBound {
    guard let text else {
      if isEffective { throw Failure(.usage, "--effective needs --until with an instant") }
      return ReplayBound()
    }
    if let position = Int64(text) {
      guard position >= 0 else { throw Failure(.usage, "--until: a position is not negative") }
      if isEffective { throw Failure(.usage, "--effective needs an instant, not a position") }
      return ReplayBound(end: .position(position))
    }
    guard let instant = Instant(text) else {
      throw Failure(
        .usage, "--until: expected a position, or an instant with a zone such as 2022-10-01T00:00:00+08:00")
    }
    return ReplayBound(end: .instant(instant), isEffective: isEffective)
  }

  private static func report(
    _ replayed: Replayed, _ bound: ReplayBound, _ until: String?, _ differences: [Finding], _ isWhole: Bool,
    _ invocation: Invocation
  ) throws {
    let output = invocation.output
    let totals = replayed.totals
    let points = totals.points
    let negatives = replayed.negativeWallets
    if invocation.wantsJSON {
      return try output.json([
        "through": .integer(replayed.last), "folded": .integer(replayed.folded), "until": .string(until),
        "view": .string(bound.isEffective ? "effective" : "recorded"),
        "organisations": .integer(totals.organisations), "members": .integer(totals.members),
        "points": [
          "issued": .integer(points.issued), "available": .integer(points.available),
          "held": .integer(points.held), "pending": .integer(points.pending), "spent": .integer(points.spent),
          "expired": .integer(points.expired), "forfeited": .integer(points.forfeited),
          "clawedBack": .integer(points.clawedBack), "debt": .integer(points.debt),
          "imbalance": .integer(points.imbalance),
        ],
        "money": totals.money.json, "gifts": totals.gifts.json,
        "negativeWallets": .array(negatives.map { .string($0.text) }),
        "negativeAccounts": .array(replayed.negativeAccounts.map { .string($0.account) }),
        "rowsCompared": .boolean(isWhole),
        "differences": .array(differences.map { .string($0.message) }),
      ])
    }
    let view = until.map { ", as recorded until \($0)" } ?? ""
    try output.line(
      bound.isEffective
        ? "replayed \(replayed.folded.grouped) of \(replayed.last.grouped) events: those with `at` before \(until ?? "")"
        : "replayed the log through event \(replayed.last.grouped)\(view)")
    try output.line()
    var table = Table([.text("organisations and members"), .number("count")])
    table.add(["organisations", totals.organisations.grouped])
    table.add(["members", totals.members.grouped])
    try output.table(table)
    try output.line()
    try output.table(pointsTable(points))
    if !totals.money.isEmpty {
      try output.line()
      try output.table(totals.money.table)
    }
    if !totals.gifts.isEmpty {
      try output.line()
      try output.table(totals.gifts.table)
    }
    for member in negatives {
      try output.line("below zero in this view: the wallet of \(member)".displayable)
    }
    for (account, problem) in replayed.negativeAccounts {
      try output.line("below zero in this view: \(account): \(problem)".displayable)
    }
    guard isWhole else { return }
    try output.line()
    for finding in differences {
      let place =
        "table \(finding.table ?? "?"), row \(finding.key ?? "?"), column \(finding.column ?? "all")"
      try output.line("\(place): \(finding.message)".displayable)
    }
    try output.line(
      differences.isEmpty
        ? "the stored rows are what the log gives" : "the stored rows are NOT what the log gives")
  }

  /// Points by where they are; issued is the sum of the rest.
  static func pointsTable(_ points: PointsTotals) -> Table {
    var table = Table([.text("points"), .number("total")])
    table.add(["issued", points.issued.grouped])
    table.add(["available", points.available.grouped])
    table.add(["held", points.held.grouped])
    if points.pending != 0 { table.add(["pending", points.pending.grouped]) }
    table.add(["spent", points.spent.grouped])
    table.add(["expired", points.expired.grouped])
    table.add(["forfeited", points.forfeited.grouped])
    if points.clawedBack != 0 { table.add(["clawed back", points.clawedBack.grouped]) }
    if points.debt != 0 { table.add(["less owed by members", points.debt.grouped]) }
    table.add(["issued less the rest", points.imbalance.grouped])
    return table
  }
}

extension MoneyTotals {
  /// Money by where it is, in yuan; what nobody has is left out.
  var table: Table {
    var table = Table([.text("money of funds"), .number("yuan")])
    func add(_ title: String, _ fen: Int64) { table.add([title, Fen(count: fen).yuan]) }
    add("received, less what parents allotted", received - fromParents)
    add("available", available)
    add("committed", committed)
    add("spent", spent)
    add("allotted from parent to child", allotted)
    if gross != 0 {
      add("redeemed or supplied by merchants", gross)
      add("rolled back", rolledBack)
      add("paid to merchants", paid)
      add("owed to merchants", owed)
    }
    if payable != 0 { add("owed between organisations", payable) }
    if contributed != 0 { add("paid by parties themselves, no cash", contributed) }
    add("out of balance", imbalances.reduce(0) { $0 + abs($1.fen) })
    return table
  }

  var json: JSONAnswer {
    [
      "receivedFen": .integer(received), "fromParentsFen": .integer(fromParents),
      "availableFen": .integer(available), "allottedFen": .integer(allotted),
      "committedFen": .integer(committed), "spentFen": .integer(spent), "grossFen": .integer(gross),
      "rolledBackFen": .integer(rolledBack), "paidFen": .integer(paid), "owedFen": .integer(owed),
      "payableFen": .integer(payable), "receivableFen": .integer(receivable),
      "contributedFen": .integer(contributed), "usedFen": .integer(used),
      "imbalanceFen": .integer(imbalances.reduce(0) { $0 + abs($1.fen) }),
    ]
  }
}

extension GiftTotals {
  /// Pieces by where they are, and grants by how far they came.
  var table: Table {
    var table = Table([.text("gifts and grants"), .number("")])
    table.add(["pieces bought, donated or found", acquired.grouped])
    table.add(["in stores and at stations", stored.grouped])
    table.add(["handed over", handedOver.grouped])
    table.add(["written off", writtenOff.grouped])
    if applied != 0 {
      table.add(["stations that applied for a grant", applied.grouped])
      table.add(["paid", paid.grouped])
      table.add(["exited", exited.grouped])
    }
    return table
  }

  var json: JSONAnswer {
    [
      "acquired": .integer(acquired), "stored": .integer(stored), "handedOver": .integer(handedOver),
      "writtenOff": .integer(writtenOff), "grantsApplied": .integer(applied), "grantsPaid": .integer(paid),
      "grantsExited": .integer(exited),
    ]
  }
}

// benefits demo: the whole job in one command, in a temporary folder: open, apply a year, print, replay, verify.

import BenefitsLedger
import Foundation

enum Demo {
  static let folder = Option("dir", "DIR", .directory, "keep the ledger there, as demo.ledger")
  static let scenario = Option(
    "scenario", "NAME", .text, "tell one scenario of Fixtures, or `all`, and compare with the expected book")
  private static let list = Option.flag("list", "list the scenarios")
  private static let members = Option(
    "members", "N", .integer(1...10_000_000), "members of the year; 1000 when not given")
  private static let events = Option(
    "events", "M", .integer(1...100_000_000), "commands of the year; 20000 when not given")
  private static let seed = Option("seed", "S", .integer(0...Int64.max), "another year; 1 when not given")

  static let verb = Verb(
    name: "demo", summary: "see the whole job done, without any set-up",
    options: [folder, scenario, list, members, events, seed, .quiet],
    details: """
      Makes a ledger in a temporary folder (or in DIR, where it stays), applies a year of
      generated commands, prints wallets, the liability by month and the totals, then
      replays the log from nothing, verifies everything and decides every command anew.
      The same seed and sizes give the same commands.

      --scenario tells a story of the folder Fixtures/scenarios: applies its steps,
      prints its expected book, worked out by hand, line by line beside what was found,
      replays and verifies. A difference, or a refusal the book does not name, ends
      with 1. `all` tells every one and prints a table; with --dir each ledger stays in
      a folder of its own there. --list names them.
      """,
    example: """
      $ benefits demo --scenario guangdong-points | tail -3
      the book is as expected: 28 commands, 35 lines
      replayed 32 events from nothing: the stored rows are what the log gives
      verified: 32 events, 12 rows, root tz8rfsYd5zEiTi/T…
      """,
    run: run)

  private static func run(_ invocation: Invocation) throws -> ExitCode {
    let arguments = invocation.arguments
    if arguments.flag(list) {
      var table = Table([.text("scenario"), .text("what happens")])
      for scenario in try Scenario.all() { table.add([scenario.name, scenario.title]) }
      try invocation.output.table(table)
      return .fine
    }
    let named = arguments.optional(scenario)
    if named == everyScenario { return try tellAll(in: arguments.optional(folder), invocation) }
    let kept = arguments.optional(folder)
    let place = try kept.map { URL(fileURLWithPath: $0) } ?? temporaryFolder()
    defer { if kept == nil { try? FileManager.default.removeItem(at: place) } }
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    let path = place.appendingPathComponent("demo.ledger").path
    let code =
      try named.map { try tell(Scenario.named($0), at: path, invocation) }
      ?? year(at: path, invocation)
    if kept != nil { try invocation.output.line("the ledger is \(path)".displayable) }
    return code
  }

  static func temporaryFolder() throws -> URL {
    let place = FileManager.default.temporaryDirectory.appendingPathComponent(
      "benefits-demo-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    return place
  }

  private static func year(at path: String, _ invocation: Invocation) throws -> ExitCode {
    let arguments = invocation.arguments
    let output = invocation.output
    let members = Int(arguments.integer(members) ?? 1_000)
    let events = Int(arguments.integer(events) ?? 20_000)
    guard let start = Instant(Year.first) else { preconditionFailure("the year begins at an instant") }
    let year = Year(
      members: members, events: events, seed: UInt64(bitPattern: arguments.integer(seed) ?? 1), from: start)
    let ledger = try Ledger.create(
      at: path,
      OpenLedger(
        name: FreeText(literal: "demo"), origin: FreeText(literal: "demo.example/year"),
        zone: Zone(offsetMinutes: 480), owner: Year.owner))
    try output.line("a ledger for \(members.grouped) members, and a year of \(events.grouped) commands")
    let counts = try apply(year, to: ledger, output)
    ledger.close()
    try output.line(counts.answers.sentence)
    for (code, count) in counts.refusals.sorted(by: { $0.value > $1.value }) {
      try output.line("  refused as \(code.rawValue): \(count.grouped)")
    }
    let end = start.adding(milliseconds: 365 * 86_400_000)
    try printWallets(LedgerReader(path: path), members: min(members, 5), at: end, output)
    let replayed = try Replayer(path: path).replay(ReplayBound())
    try printLiability(replayed, before: Zone(offsetMinutes: 480).day(of: end).civilMonth, output)
    try output.line()
    try output.table(Replay.pointsTable(replayed.totals.points))
    if !replayed.totals.money.isEmpty {
      try output.line()
      try output.table(replayed.totals.money.table)
    }
    try output.line()
    return try proof(of: path, invocation) ? .fine : .findings
  }

  private static func apply(
    _ year: Year, to ledger: Ledger, _ output: Output
  ) throws -> (answers: AnswerCounts, refusals: [Refusal.Code: Int]) {
    var answers = AnswerCounts()
    var refusals: [Refusal.Code: Int] = [:]
    var batch: [Command] = []
    var progress = output.progress("applying", unit: "commands")
    func send() throws {
      for receipt in try ledger.performAndWait(Request(commands: batch)) {
        answers.count(receipt)
        if case .refused(let refusal) = receipt.outcome { refusals[refusal.code, default: 0] += 1 }
      }
      batch.removeAll(keepingCapacity: true)
      progress.reached(answers.all)
    }
    for command in year {
      batch.append(command)
      if batch.count == 1_000 { try send() }
    }
    if !batch.isEmpty { try send() }
    progress.finish()
    return (answers, refusals)
  }

  private static func printWallets(
    _ reader: LedgerReader, members: Int, at end: Instant, _ output: Output
  ) throws {
    var table = Table([
      .text("wallet at the year's end"), .number("available"), .number("held"), .number("lots"),
      .text("next to expire"),
    ])
    for number in 0..<members {
      let member = Year.member(number)
      guard let wallet = try reader.wallet(of: member, at: end) else { continue }
      let next = wallet.lots.first.flatMap { lot in
        lot.expires.map { "\(lot.left.count.grouped) on \($0)" }
      }
      table.add([
        member.text, wallet.available.count.grouped, wallet.held.count.grouped, wallet.lots.count.grouped,
        next ?? "never",
      ])
    }
    try output.line()
    try output.table(table)
  }

  private static func printLiability(
    _ replayed: Replayed, before now: CivilMonth, _ output: Output
  ) throws {
    var months: [CivilMonth?: (available: Int64, held: Int64)] = [:]
    for share in replayed.liability.flatMap(\.months) {
      months[share.month, default: (0, 0)].available += share.available
      months[share.month, default: (0, 0)].held += share.held
    }
    var table = Table([.text("liability: points that expire in"), .number("available"), .number("held")])
    let ordered = months.sorted { a, b in
      guard let left = a.key else { return false }
      return b.key.map { left < $0 } ?? true
    }
    for (month, share) in ordered {
      let isDue = month.map { $0 < now } ?? false
      table.add([
        (month?.description ?? "never") + (isDue ? " *" : ""), share.available.grouped, share.held.grouped,
      ])
    }
    try output.line()
    try output.table(table)
    try output.line("* has fallen due; recorded when the wallet is next touched")
  }

  /// Replays from nothing and verifies, and says so.
  static func proof(of path: String, _ invocation: Invocation) throws -> Bool {
    let replayer = try Replayer(path: path)
    let replayed = try replayer.replay(ReplayBound())
    let differences = try replayer.differingRows()
    try invocation.output.line(
      "replayed \(replayed.last.grouped) events from nothing: the stored rows are "
        + (differences.isEmpty ? "what the log gives" : "NOT what the log gives"))
    let result = try Verify.verify(path, isRedeciding: true, invocation.output)
    try Verify.report(result, path, invocation.output)
    return differences.isEmpty && result.findings.isEmpty
  }
}

// benefits demo --scenario: a story of Fixtures told and compared, line by line or all of them in a table. What a
// scenario is and how it is applied is in the folder Demo.

import BenefitsLedger
import Foundation

extension Demo {
  /// The name that stands for all of them.
  static let everyScenario = "all"

  /// Tells one scenario on a new ledger at `path`, and prints everything.
  static func tell(_ scenario: Scenario, at path: String, _ invocation: Invocation) throws -> ExitCode {
    let output = invocation.output
    let outcome = try run(scenario, at: path, output)
    try output.line("\(scenario.name): \(scenario.title)".displayable)
    try output.line()
    try output.table(steps(of: outcome))
    try output.line()
    for step in outcome.steps where !step.book.isEmpty {
      try output.table(book(step.book, titled: "after \(step.name)"))
      try output.line()
    }
    try output.table(book(outcome.book, titled: "the expected book"))
    try output.line()
    try printSurprises(outcome, output)
    let differing = outcome.lines.filter { !$0.isAsExpected }.count
    try output.line(
      outcome.isAsExpected
        ? "the book is as expected: \(outcome.commands.grouped) commands, \(outcome.lines.count.grouped) lines"
        : "the book is NOT as expected: \(differing.grouped) of \(outcome.lines.count.grouped) lines differ, "
          + "\(outcome.surpriseCount.grouped) answers are not in it")
    let isSound = try proof(of: path, invocation)
    return outcome.isAsExpected && isSound ? .fine : .findings
  }

  /// Tells every scenario, each on a ledger of its own, and prints a line each, and what differs.
  static func tellAll(in kept: String?, _ invocation: Invocation) throws -> ExitCode {
    let output = invocation.output
    let place = try kept.map { URL(fileURLWithPath: $0) } ?? temporaryFolder()
    defer { if kept == nil { try? FileManager.default.removeItem(at: place) } }
    var table = Table([
      .text("scenario"), .number("commands"), .number("accepted"), .number("refused"), .number("lines"),
      .text("book"), .number("events"), .text("verify"), .number("ms"),
    ])
    var isAllFine = true
    for scenario in try Scenario.all() {
      let folder = place.appendingPathComponent(scenario.name)
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      let path = folder.appendingPathComponent("demo.ledger").path
      let begin = ContinuousClock.now
      let outcome = try run(scenario, at: path, output)
      let replayer = try Replayer(path: path)
      let replayed = try replayer.replay(ReplayBound())
      let isReplayed = try replayer.differingRows().isEmpty
      let isVerified = try Verify.verify(path, isRedeciding: true, output).findings.isEmpty
      let elapsed = ContinuousClock.now - begin
      isAllFine = isAllFine && outcome.isAsExpected && isReplayed && isVerified
      table.add([
        scenario.name, outcome.commands.grouped, outcome.accepted.grouped,
        (outcome.commands - outcome.accepted).grouped, outcome.lines.count.grouped,
        outcome.isAsExpected ? "as expected" : "DIFFERS", replayed.last.grouped,
        isReplayed && isVerified ? "verified" : "FINDINGS", Int64(elapsed / .milliseconds(1)).grouped,
      ])
      for line in outcome.lines where !line.isAsExpected {
        try output.line(
          "\(scenario.name): \(line.place): expected \(line.expected), found \(line.found)".displayable)
      }
      try printSurprises(outcome, output)
      if kept == nil { try? FileManager.default.removeItem(at: folder) }
    }
    try output.table(table)
    if kept != nil { try output.line("the ledgers are \(place.path)/NAME/demo.ledger".displayable) }
    return isAllFine ? .fine : .findings
  }

  private static func run(_ scenario: Scenario, at path: String, _ output: Output) throws -> ScenarioOutcome {
    var progress = output.progress("telling \(scenario.name)", unit: "commands")
    defer { progress.finish() }
    return try ScenarioRun(scenario) { progress.reached($0) }.run(at: path)
  }

  private static func steps(of outcome: ScenarioOutcome) -> Table {
    var table = Table([
      .text("step"), .number("commands"), .number("accepted"), .number("refused"), .text("as"),
    ])
    for step in outcome.steps {
      let codes = step.refused.sorted { $0.key.rawValue < $1.key.rawValue }
      table.add([
        step.name, step.commands.grouped, step.accepted.grouped, (step.commands - step.accepted).grouped,
        codes.map { "\($0.key.rawValue) \($0.value.grouped)" }.joined(separator: ", "),
      ])
    }
    return table
  }

  private static func book(_ lines: [BookLine], titled title: String) -> Table {
    var table = Table([.text(title), .text("expected"), .text("found"), .text("")])
    for line in lines {
      table.add([line.place, line.expected, line.found, line.isAsExpected ? "" : "DIFFERS"])
    }
    return table
  }

  private static func printSurprises(_ outcome: ScenarioOutcome, _ output: Output) throws {
    for sentence in outcome.surprises { try output.line("not in the book: \(sentence)".displayable) }
    let rest = outcome.surpriseCount - Int64(outcome.surprises.count)
    if rest > 0 { try output.line("not in the book: \(rest.grouped) more") }
  }
}

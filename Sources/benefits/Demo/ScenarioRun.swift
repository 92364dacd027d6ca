// A scenario told once, on a new ledger: its steps applied as `benefits apply` applies them, and every answer looked at, so
// that nothing goes unnoticed. Printing is in Commands/DemoScenario.

import BenefitsLedger
import Foundation

/// What happened in one step.
struct StepOutcome {
  let name: String
  var accepted: Int64 = 0
  var refused: [Refusal.Code: Int64] = [:]
  /// The expected state after it.
  var book: [BookLine] = []

  var commands: Int64 { accepted + refused.values.reduce(0, +) }
}

/// What happened in a scenario.
struct ScenarioOutcome {
  var steps: [StepOutcome] = []
  /// The expected answers, then the expected state at the end.
  var book: [BookLine] = []
  /// What the expected book does not know: refusals, conflicts, repeats. The first of many.
  var surprises: [String] = []
  var surpriseCount: Int64 = 0

  static let mostSurprises = 20

  var commands: Int64 { steps.reduce(0) { $0 + $1.commands } }
  var accepted: Int64 { steps.reduce(0) { $0 + $1.accepted } }
  var refused: [Refusal.Code: Int64] {
    steps.reduce(into: [:]) { $0.merge($1.refused, uniquingKeysWith: +) }
  }
  var lines: [BookLine] { steps.flatMap(\.book) + book }
  var isAsExpected: Bool { surpriseCount == 0 && lines.allSatisfy(\.isAsExpected) }
}

/// Applies a scenario and compares. Owned by the thread that runs it.
final class ScenarioRun: AnswerSink {
  private let scenario: Scenario
  private let steps: [Scenario.Step]
  private var book = ExpectedBook()
  private let progress: (Int64) -> Void
  private var outcome = ScenarioOutcome()
  private var step = StepOutcome(name: "")
  /// The answers that the book names, in the order they came.
  private var answers: [BookLine] = []
  private var answered: Set<String> = []
  private var lines: Int64 = 0

  /// Reads the scenario's files.
  ///
  /// - Parameter progress: called with the commands sent so far.
  /// - Throws: `Failure` with `.dataError` for a file that cannot be used.
  init(_ scenario: Scenario, progress: @escaping (Int64) -> Void) throws {
    self.scenario = scenario
    self.progress = progress
    steps = try scenario.steps()
  }

  /// Applies the steps to a new ledger at `path`.
  func run(at path: String) throws -> ScenarioOutcome {
    let opening = OpenLedger(
      name: FreeText(literal: scenario.name), origin: FreeText(literal: "demo.example/" + scenario.name),
      zone: Zone(offsetMinutes: 480), owner: Year.owner)
    let ledger = try Ledger.create(at: path, opening)
    defer { ledger.close() }
    book = try scenario.book(steps, views: ViewReader(path: path).views())
    for next in steps {
      step = StepOutcome(name: next.name)
      try apply(next, to: ledger)
      step.book = try book.after[next.name]?.lines(BookReader(path: path)) ?? []
      outcome.steps.append(step)
    }
    outcome.book = answerLines() + refusalLines()
    outcome.book += try book.state.lines(BookReader(path: path))
    return outcome
  }

  private func apply(_ step: Scenario.Step, to ledger: Ledger) throws {
    var session = ApplySession(ledger, self, isAtomic: false, via: nil) { _ in }
    if let crowd = step.crowd {
      var number: Int64 = 0
      try crowd.eachLine { bytes in
        number += 1
        try take(.text(bytes), number, &session)
      }
    } else {
      var lines = try LineReader(step.file.path, longest: EventRecord.longest)
      defer { lines.end() }
      while try lines.next({ try take($0, $1, &session) }) {}
    }
    try session.end()
  }

  private func take(_ line: LineReader.Line, _ number: Int64, _ session: inout ApplySession) throws {
    try session.take(line, number: number)
    lines += 1
    progress(lines)
  }

  // MARK: Answers

  func answered(_ receipt: Receipt) throws {
    let id = receipt.id.text
    let expected = book.answers[id]
    let isExpected = expected != nil
    if let expected, answered.insert(id).inserted {
      answers.append(expected.line(id, found: ExpectedAnswer(receipt.outcome)))
    }
    if receipt.repeated { surprise("\(id) repeats an earlier command") }
    switch receipt.outcome {
    case .accepted: step.accepted += 1
    case .refused(let refusal):
      step.refused[refusal.code, default: 0] += 1
      if !isExpected, book.refused[refusal.code] == nil {
        surprise("\(id) is refused as \(refusal.code.rawValue): \(refusal.message)")
      }
    case .conflict(let field):
      if !isExpected { surprise("\(id) is in conflict with an earlier command: \(field) differs") }
    case .rolledBack:
      if !isExpected { surprise("\(id) is rolled back with its group") }
    }
  }

  func invalid(_ line: String) throws {
    throw Failure(.dataError, "\(scenario.name), step \(step.name): \(line)")
  }

  /// The error that follows says what went wrong.
  func failed(_ line: String) throws {}

  func flush() throws {}

  private func surprise(_ sentence: String) {
    outcome.surpriseCount += 1
    if outcome.surprises.count < ScenarioOutcome.mostSurprises { outcome.surprises.append(sentence) }
  }

  private func answerLines() -> [BookLine] {
    answers
      + book.answers.keys.filter { !answered.contains($0) }.sorted().map {
        BookLine($0, expected: "an answer", found: "no command has this id")
      }
  }

  private func refusalLines() -> [BookLine] {
    let found = outcome.refused
    return book.refused.sorted { $0.key.rawValue < $1.key.rawValue }.map { code, count in
      BookLine(
        "refused as \(code.rawValue)", expected: String(count), found: String(found[code, default: 0]))
    }
  }
}

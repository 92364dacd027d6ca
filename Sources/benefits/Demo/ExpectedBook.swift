// `expected.json` of a scenario: a book worked out by hand, and the answers it expects. What it expects of tables and views
// is in ExpectedState; applying the commands is in ScenarioRun.

import BenefitsLedger
import Foundation

/// One line of an expected book beside what the ledger says.
struct BookLine {
  let place: String
  let expected: String
  let found: String
  let isAsExpected: Bool

  init(_ place: String, expected: String, found: String, isAsExpected: Bool? = nil) {
    (self.place, self.expected, self.found) = (place, expected, found)
    self.isAsExpected = isAsExpected ?? (expected == found)
  }
}

/// What a scenario should have led to.
struct ExpectedBook {
  private static let fields = ["answers", "refused", "after"] + ExpectedState.fields

  /// By the id of a command.
  private(set) var answers: [String: ExpectedAnswer] = [:]
  /// How many commands are refused with a code, those of `answers` included.
  private(set) var refused: [Refusal.Code: Int64] = [:]
  /// At the end.
  private(set) var state = ExpectedState()
  /// After a step, by the name of its file.
  private(set) var after: [String: ExpectedState] = [:]

  /// Expects nothing.
  init() {}

  /// - Parameter views: of the ledger that it is compared with, by name with their columns.
  /// - Throws: `Failure` with `.dataError` that names the file and what is wrong in it.
  init(_ file: URL, views: [String: [String]]) throws {
    var fields = try FixtureFields(try FixtureValue.read(file), of: file)
    answers = try Dictionary(
      uniqueKeysWithValues: fields.object("answers").map { id, value in
        (id, try ExpectedAnswer(value, at: "answers.\(id)", of: file))
      })
    var refused: [Refusal.Code: Int64] = [:]
    for (code, value) in try fields.object("refused") {
      guard let code = Refusal.Code(rawValue: code) else {
        let hint = Nearest.suggestion(for: code, among: Refusal.Code.allCases.map(\.rawValue))
        throw fields.wrong("refused", "names \(code), which is no code of a refusal" + hint)
      }
      guard case .number(let count) = value, count >= 0 else {
        throw fields.wrong("refused", "has no count for \(code.rawValue)")
      }
      refused[code] = count
    }
    self.refused = refused
    after = try Dictionary(
      uniqueKeysWithValues: fields.object("after").map { step, value in
        var part = try FixtureFields(value, at: "after.\(step)", of: file)
        let state = try ExpectedState(&part, views)
        try part.end(known: ExpectedState.fields)
        return (step, state)
      })
    state = try ExpectedState(&fields, views)
    try fields.end(known: Self.fields)
  }
}

/// The answer to one command: `"accepted"`, the code of a refusal, or an object with `status`, `code` and `data`. Where
/// `data` is given it is the whole of what is answered.
struct ExpectedAnswer {
  private static let statuses = ["accepted", "refused", "conflict", "rolled-back"]

  let status: String
  let code: String?
  let data: [String: FixtureValue]?

  init(_ value: FixtureValue, at place: String, of file: URL) throws {
    if case .word(let word) = value {
      let isCode = Refusal.Code(rawValue: word) != nil
      guard isCode || Self.statuses.contains(word) else {
        let known = Self.statuses + Refusal.Code.allCases.map(\.rawValue)
        throw Failure(
          .dataError,
          "\(file.path): \(place) is `\(word)`, neither a status nor the code of a refusal"
            + Nearest.suggestion(for: word, among: known))
      }
      (status, code, data) = (isCode ? "refused" : word, isCode ? word : nil, nil)
      return
    }
    var fields = try FixtureFields(value, at: place, of: file)
    guard let status = try fields.word("status"), Self.statuses.contains(status) else {
      throw fields.wrong("status", "is none of \(Self.statuses.joined(separator: ", "))")
    }
    self.status = status
    code = try fields.word("code")
    if let code, Refusal.Code(rawValue: code) == nil {
      throw fields.wrong("code", "is `\(code)`, which is no code of a refusal")
    }
    switch fields.take("data") {
    case nil: data = nil
    case .object(let numbers): data = numbers
    case _: throw fields.wrong("data", "is no object")
    }
    try fields.end(known: ["status", "code", "data"])
  }

  init(_ outcome: Receipt.Outcome) {
    switch outcome {
    case .accepted(_, let answers):
      (status, code) = ("accepted", nil)
      data = Dictionary(answers.map { ($0.name, .number($0.value)) }, uniquingKeysWith: { _, last in last })
    case .refused(let refusal):
      (status, code) = ("refused", refusal.code.rawValue)
      data = Dictionary(
        refusal.details.map { detail in
          switch detail.value {
          case .number(let number): (detail.name, .number(number))
          case .word(let word): (detail.name, .word(word))
          }
        }, uniquingKeysWith: { _, last in last })
    case .conflict(let field): (status, code, data) = ("conflict", nil, ["field": .word(field)])
    case .rolledBack: (status, code, data) = ("rolled-back", nil, nil)
    }
  }

  /// This beside what was found; data only where it is expected.
  func line(_ id: String, found: ExpectedAnswer) -> BookLine {
    BookLine(
      id, expected: text(withData: true), found: found.text(withData: data != nil || status != found.status))
  }

  private func text(withData: Bool) -> String {
    let numbers = withData ? (data ?? [:]).sorted { $0.key < $1.key } : []
    return ([code ?? status] + numbers.map { "\($0.key) \($0.value.text)" }).joined(separator: ", ")
  }
}

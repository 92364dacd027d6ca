// `expected.json` of a scenario: a book worked out by hand, and each of its lines beside what was found. Applying the
// commands is in ScenarioRun; nothing here adds to a ledger.

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
  private static let fields = ["answers", "refused", "rows", "sums", "counts", "after"]

  /// By the id of a command.
  let answers: [String: ExpectedAnswer]
  /// How many commands are refused with a code, those of `answers` included.
  let refused: [Refusal.Code: Int64]
  /// At the end.
  let state: ExpectedState
  /// After a step, by the name of its file.
  let after: [String: ExpectedState]

  /// - Throws: `Failure` with `.dataError` that names the file and what is wrong in it.
  init(_ file: URL) throws {
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
        let state = try ExpectedState(&part)
        try part.end(known: ExpectedState.fields)
        return (step, state)
      })
    state = try ExpectedState(&fields)
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

/// Rows, sums and counts of the derived tables, as recorded.
struct ExpectedState {
  static let fields = ["rows", "sums", "counts"]

  private struct Row {
    let projection: Projection
    let key: String
    /// By the place of the column; nil for a row that must not be there.
    let cells: [(column: Int, value: FixtureValue)]?
  }

  private let rows: [Row]
  private let sums: [(projection: Projection, column: Int, total: Int64)]
  private let counts: [(projection: Projection, rows: Int64)]

  init(_ fields: inout FixtureFields) throws {
    var rows: [Row] = []
    for (table, keys) in try fields.object("rows") {
      let projection = try Self.projection(table, "rows", fields)
      guard case .object(let keys) = keys else { throw fields.wrong("rows.\(table)", "is no object") }
      for (key, columns) in keys.sorted(by: { $0.key < $1.key }) {
        guard projection.entity(key) != nil else {
          throw fields.wrong("rows.\(table)", "has `\(key)`, which is no key of that table")
        }
        switch columns {
        case .null: rows.append(Row(projection: projection, key: key, cells: nil))
        case .object(let columns):
          let cells = try columns.map { name, value in
            (column: try Self.column(name, of: projection, "rows.\(table).\(key)", fields), value: value)
          }
          rows.append(Row(projection: projection, key: key, cells: cells.sorted { $0.column < $1.column }))
        case _: throw fields.wrong("rows.\(table).\(key)", "is neither an object nor null")
        }
      }
    }
    self.rows = rows
    sums = try fields.object("sums").map { name, value in
      let parts = name.split(separator: ".", maxSplits: 1).map(String.init)
      guard parts.count == 2 else { throw fields.wrong("sums", "has `\(name)`, not `table.column`") }
      let projection = try Self.projection(parts[0], "sums", fields)
      let column = try Self.column(parts[1], of: projection, "sums", fields)
      return (projection, column, try Self.number(value, "sums.\(name)", fields))
    }
    counts = try fields.object("counts").map { name, value in
      (try Self.projection(name, "counts", fields), try Self.number(value, "counts.\(name)", fields))
    }
  }

  /// Each line of the book beside what the ledger says.
  func lines(_ reader: LedgerReader) throws -> [BookLine] {
    try rows.flatMap { try lines($0, reader) } + sumLines(reader) + countLines(reader)
  }

  private func lines(_ row: Row, _ reader: LedgerReader) throws -> [BookLine] {
    let place = "\(row.projection.table) \(row.key)"
    let found = try reader.row(row.projection, row.key)
    guard let cells = row.cells else {
      return [BookLine(place, expected: "no row", found: found == nil ? "no row" : "a row")]
    }
    guard let found else { return [BookLine(place, expected: "a row", found: "no row")] }
    return cells.map { column, value in
      let cell = found[column].value(as: value)
      return BookLine(
        "\(place) \(row.projection.columns[column])", expected: value.text, found: cell.text,
        isAsExpected: cell.holds(value))
    }
  }

  private func sumLines(_ reader: LedgerReader) throws -> [BookLine] {
    try sums.map { projection, column, total in
      var sum: Int64 = 0
      var isNumber = true
      try reader.eachRow(projection) { cells in
        switch cells[column] {
        case .null: break
        case .integer(let value): sum += value
        case .text: isNumber = false
        }
      }
      return BookLine(
        "sum of \(projection.table).\(projection.columns[column])", expected: String(total),
        found: isNumber ? String(sum) : "a column that holds texts")
    }
  }

  private func countLines(_ reader: LedgerReader) throws -> [BookLine] {
    try counts.map { projection, expected in
      var count: Int64 = 0
      try reader.eachRow(projection) { _ in count += 1 }
      return BookLine("rows of \(projection.table)", expected: String(expected), found: String(count))
    }
  }

  private static func projection(
    _ table: String, _ place: String, _ fields: FixtureFields
  ) throws -> Projection {
    guard let projection = Projection(rawValue: table) else {
      let hint = Nearest.suggestion(for: table, among: Projection.allCases.map(\.table))
      throw fields.wrong(place, "names the table `\(table)`, which there is not" + hint)
    }
    return projection
  }

  private static func column(
    _ name: String, of projection: Projection, _ place: String, _ fields: FixtureFields
  ) throws -> Int {
    guard let column = projection.columns.firstIndex(of: name) else {
      let hint = Nearest.suggestion(for: name, among: projection.columns)
      throw fields.wrong(place, "names the column `\(name)`, which \(projection.table) has not" + hint)
    }
    return column
  }

  private static func number(_ value: FixtureValue, _ place: String, _ fields: FixtureFields) throws -> Int64
  {
    guard case .number(let number) = value else { throw fields.wrong(place, "is no whole number") }
    return number
  }
}

extension Cell {
  /// The cell as a value of a fixture. A text is read as JSON where a list or an object is wanted.
  fileprivate func value(as wanted: FixtureValue) -> FixtureValue {
    switch (self, wanted) {
    case (.null, _): .null
    case (.integer(let number), _): .number(number)
    case (.text(let text), .list), (.text(let text), .object):
      (try? JSONDecoder().decode(FixtureValue.self, from: Data(text.utf8))) ?? .word(text)
    case (.text(let text), _): .word(text)
    }
  }
}

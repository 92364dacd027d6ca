// What a scenario's book expects of tables and views, and each line of it beside what was found. Rows come through the
// projections of the library; no SQL is spoken here.

import BenefitsLedger
import Foundation

/// Opens what the lines of a book are read from.
struct BookReader {
  let tables: LedgerReader
  let views: ViewReader

  init(path: String) throws {
    tables = try LedgerReader(path: path)
    views = try ViewReader(path: path)
  }

  func eachRow(of source: BookSource, _ body: ([Cell]) throws -> Void) throws {
    switch source {
    case .table(let projection): try tables.eachRow(projection, body)
    case .view(let name, let columns): try views.eachRow(of: name, columns, body)
    }
  }
}

/// A table or a view.
enum BookSource {
  case table(Projection)
  case view(String, columns: [String])

  var name: String {
    switch self {
    case .table(let projection): projection.table
    case .view(let name, _): name
    }
  }

  var columns: [String] {
    switch self {
    case .table(let projection): projection.columns
    case .view(_, let columns): columns
    }
  }
}

/// Rows, sums and counts of tables and views, as recorded.
struct ExpectedState {
  static let fields = ["rows", "views", "sums", "counts"]

  private struct Row {
    let projection: Projection
    let key: String
    /// By the place of the column; nil for a row that must not be there.
    let cells: [(column: Int, value: FixtureValue)]?
  }

  private var rows: [Row] = []
  private var viewRows: [(view: BookSource, cells: [(column: Int, value: FixtureValue)])] = []
  private var sums: [(name: String, rows: Selection, column: Int, total: Int64)] = []
  private var counts: [(name: String, rows: Selection, count: Int64)] = []

  /// All rows of a table or view, or those with a value in a column.
  private struct Selection {
    let source: BookSource
    var filter: (column: Int, value: String)?

    func eachRow(_ reader: BookReader, _ body: ([Cell]) throws -> Void) throws {
      try reader.eachRow(of: source) { row in
        if let filter, row[filter.column].text != filter.value { return }
        try body(row)
      }
    }
  }

  /// Expects nothing.
  init() {}

  /// - Parameter views: of the ledger, by name with their columns.
  init(_ fields: inout FixtureFields, _ views: [String: [String]]) throws {
    for (table, keys) in try fields.object("rows") {
      guard case .table(let projection) = try Self.source(table, "rows", fields, [:]) else { continue }
      guard case .object(let keys) = keys else { throw fields.wrong("rows.\(table)", "is no object") }
      for (key, columns) in keys.sorted(by: { $0.key < $1.key }) {
        guard projection.entity(key) != nil else {
          throw fields.wrong("rows.\(table)", "has `\(key)`, which is no key of that table")
        }
        let cells =
          columns == .null
          ? nil : try Self.cells(columns, of: .table(projection), "rows.\(table).\(key)", fields)
        rows.append(Row(projection: projection, key: key, cells: cells))
      }
    }
    for (view, list) in try fields.object("views") {
      let source = try Self.source(view, "views", fields, views)
      guard case .list(let list) = list else { throw fields.wrong("views.\(view)", "is no list of rows") }
      viewRows += try list.map { (source, try Self.cells($0, of: source, "views.\(view)", fields)) }
    }
    sums = try fields.object("sums").map { name, value in
      let (path, filter) = Self.parts(name)
      let parts = path.split(separator: ".", maxSplits: 1).map(String.init)
      guard parts.count == 2 else { throw fields.wrong("sums", "has `\(name)`, not `table.column`") }
      let rows = try Self.selection(parts[0], filter, "sums", fields, views)
      let column = try Self.column(parts[1], of: rows.source, "sums", fields)
      return (name, rows, column, try Self.number(value, "sums.\(name)", fields))
    }
    counts = try fields.object("counts").map { name, value in
      let (table, filter) = Self.parts(name)
      let rows = try Self.selection(table, filter, "counts", fields, views)
      return (name, rows, try Self.number(value, "counts.\(name)", fields))
    }
  }

  // MARK: Beside what is found

  /// Each line of the book beside what the ledger says.
  func lines(_ reader: BookReader) throws -> [BookLine] {
    try rows.flatMap { try lines($0, reader) } + viewLines(reader) + sumLines(reader) + countLines(reader)
  }

  private func lines(_ row: Row, _ reader: BookReader) throws -> [BookLine] {
    let place = "\(row.projection.table) \(row.key)"
    let found = try reader.tables.row(row.projection, row.key)
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

  /// Rows of views have no key: the row that agrees most is the one meant.
  private func viewLines(_ reader: BookReader) throws -> [BookLine] {
    try viewRows.map { view, cells in
      var nearest: (agreeing: Int, values: [FixtureValue])?
      try reader.eachRow(of: view) { row in
        let values = cells.map { row[$0.column].value(as: $0.value) }
        let agreeing = zip(values, cells).count { $0.holds($1.value) }
        if agreeing > nearest?.agreeing ?? 0 { nearest = (agreeing, values) }
      }
      let text = { (values: [FixtureValue]) in
        zip(cells, values).map { "\(view.columns[$0.column]) \($1.text)" }.joined(separator: ", ")
      }
      return BookLine(
        "view \(view.name)", expected: text(cells.map(\.value)),
        found: nearest.map { text($0.values) } ?? "no row like it",
        isAsExpected: nearest?.agreeing == cells.count)
    }
  }

  private func sumLines(_ reader: BookReader) throws -> [BookLine] {
    try sums.map { name, rows, column, total in
      var sum: Int64 = 0
      var isNumber = true
      try rows.eachRow(reader) { cells in
        switch cells[column] {
        case .null: break
        case .integer(let value): sum += value
        case .text: isNumber = false
        }
      }
      return BookLine(
        "sum of \(name)", expected: String(total), found: isNumber ? String(sum) : "a column that holds texts"
      )
    }
  }

  private func countLines(_ reader: BookReader) throws -> [BookLine] {
    try counts.map { name, rows, expected in
      var count: Int64 = 0
      try rows.eachRow(reader) { _ in count += 1 }
      return BookLine("rows of \(name)", expected: String(expected), found: String(count))
    }
  }

  // MARK: Reading the file

  private static func source(
    _ name: String, _ place: String, _ fields: FixtureFields, _ views: [String: [String]]
  ) throws -> BookSource {
    if place != "views", let projection = Projection(rawValue: name) { return .table(projection) }
    if let columns = views[name] { return .view(name, columns: columns) }
    let known = (place == "views" ? [] : Projection.allCases.map(\.table)) + views.keys.sorted()
    throw fields.wrong(
      place, "names `\(name)`, which this ledger has not" + Nearest.suggestion(for: name, among: known))
  }

  /// `table[column=value]` in two: `table` and `column=value`.
  private static func parts(_ name: String) -> (path: String, filter: String?) {
    guard name.hasSuffix("]"), let bracket = name.firstIndex(of: "[") else { return (name, nil) }
    return (String(name[..<bracket]), String(name[name.index(after: bracket)...].dropLast()))
  }

  private static func selection(
    _ name: String, _ filter: String?, _ place: String, _ fields: FixtureFields, _ views: [String: [String]]
  ) throws -> Selection {
    var rows = Selection(source: try source(name, place, fields, views))
    if let filter {
      let parts = filter.split(separator: "=", maxSplits: 1).map(String.init)
      guard parts.count == 2 else { throw fields.wrong(place, "has [\(filter)], not [column=value]") }
      rows.filter = (try column(parts[0], of: rows.source, place, fields), parts[1])
    }
    return rows
  }

  private static func cells(
    _ columns: FixtureValue, of source: BookSource, _ place: String, _ fields: FixtureFields
  ) throws -> [(column: Int, value: FixtureValue)] {
    guard case .object(let columns) = columns else { throw fields.wrong(place, "is no object of columns") }
    return try columns.map { (column: try column($0.key, of: source, place, fields), value: $0.value) }
      .sorted { $0.column < $1.column }
  }

  private static func column(
    _ name: String, of source: BookSource, _ place: String, _ fields: FixtureFields
  ) throws -> Int {
    guard let column = source.columns.firstIndex(of: name) else {
      throw fields.wrong(
        place,
        "names the column `\(name)`, which \(source.name) has not"
          + Nearest.suggestion(for: name, among: source.columns))
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
  /// What is compared with the value of a selection.
  fileprivate var text: String? {
    switch self {
    case .null: nil
    case .integer(let number): String(number)
    case .text(let text): text
    }
  }

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

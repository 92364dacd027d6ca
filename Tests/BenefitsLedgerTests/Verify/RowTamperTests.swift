// Tamper drill, everything derived from the log: each column of each table, rows removed and added, the schema. The log
// itself is in RecordTamperTests.

import BenefitsLedger
import Foundation
import Testing

@Suite("Tampering with derived tables")
struct RowTamperTests {
  private static let tables = Projection.allCases.map(\.table) + ["request", "head", "tile"]

  private struct Column {
    let name: String
    let type: String
    let isNullable: Bool
    let isKey: Bool
  }

  private static func columns(_ table: String, _ connection: Connection) throws -> [Column] {
    var columns: [Column] = []
    let info = try connection.prepare("SELECT name, type, \"notnull\", pk FROM pragma_table_info('\(table)')")
    while try info.step() {
      let isKey = info.integer(3) > 0
      columns.append(
        Column(
          name: info.text(0), type: info.text(1), isNullable: info.integer(2) == 0 && !isKey, isKey: isKey))
    }
    return columns
  }

  /// Other values that STRICT lets into a column.
  private static func values(_ column: Column) -> [String] {
    var values: [String]
    switch column.type {
    case "INTEGER": values = ["\(column.name) + 1", "-1", "9223372036854775807", "0"]
    case "TEXT":
      values = [
        "\(column.name) || ' '", "''", "'x'", "CAST(x'ff' AS TEXT)", "replace(\(column.name), '0', '1')",
        "upper(\(column.name))", "'[[]]'",
      ]
    default: values = ["x''", "zeroblob(length(\(column.name)))", "zeroblob(8192)", "x'00'"]
    }
    return column.isNullable ? values + ["NULL"] : values
  }

  @Test(
    "every column of every derived table, changed in any way that SQLite allows, is found", arguments: tables)
  func everyColumn(table: String) throws {
    let small = try SmallLedger()
    defer { small.remove() }
    let connection = try Connection(path: small.path, mode: .readWrite)
    let count = try #require(try connection.integer(of: "SELECT count(*) FROM \(table)"))
    #expect(count > 0)
    var changes = 0
    for column in try Self.columns(table, connection) {
      for value in Self.values(column) {
        // The last row and the first one, so that both ends of the table are tried.
        let key = try #require(try Self.columns(table, connection).first?.name)
        let end = changes % 2 == 0 ? "min" : "max"
        let place = "WHERE \(key) = (SELECT \(end)(\(key)) FROM \(table))"
        try connection.execute("CREATE TEMP TABLE kept AS SELECT * FROM \(table)")
        let changesBefore = try #require(try connection.integer(of: "SELECT total_changes()"))
        let isOther =
          try connection.integer(
            of: "SELECT (\(value)) IS NOT \(column.name) FROM \(table) \(place)") == 1
        do {
          if isOther { try connection.execute("UPDATE \(table) SET \(column.name) = \(value) \(place)") }
        } catch {
          // A constraint of the schema refused this value.
        }
        let isChanged = try connection.integer(of: "SELECT total_changes()") != changesBefore
        if isChanged {
          let findings = try Verifier.verify(small.path, cores: 2).findings
          #expect(!findings.isEmpty, "\(table).\(column.name) = \(value)")
          try connection.execute("DELETE FROM \(table); INSERT INTO \(table) SELECT * FROM kept")
          changes += 1
        }
        try connection.execute("DROP TABLE kept")
      }
    }
    #expect(changes > 0)
    #expect(try Verifier.verify(small.path).findings == [])
  }

  @Test("rows removed from and added to every derived table are found", arguments: tables)
  func rowsRemovedAndAdded(table: String) throws {
    let small = try SmallLedger()
    defer { small.remove() }
    let removed = try small.copy()
    // `request` is the one table WITHOUT ROWID.
    let key = table == "request" ? "id" : "rowid"
    try tamper(removed, ["DELETE FROM \(table) WHERE \(key) = (SELECT max(\(key)) FROM \(table))"])
    #expect(try !Verifier.verify(removed).findings.isEmpty)
    let emptied = try small.copy()
    try tamper(emptied, ["DELETE FROM \(table)"])
    #expect(try !Verifier.verify(emptied).findings.isEmpty)
    // `head` and `ledger` are one row by their constraints.
    guard table != "head", table != "ledger" else { return }
    let added = try small.copy()
    let connection = try Connection(path: added, mode: .readWrite)
    let columns = try Self.columns(table, connection).map { column in
      guard column.isKey else { return column.name }
      return column.type == "INTEGER" ? "\(column.name) + 1" : "'zzz' || \(column.name)"
    }
    try connection.execute(
      "INSERT INTO \(table) SELECT \(columns.joined(separator: ", ")) FROM \(table) LIMIT 1")
    #expect(try !Verifier.verify(added).findings.isEmpty)
  }

  @Test("a head whose tail is not empty after a full tile is found")
  func tailAfterFullTile() throws {
    let small = try SmallLedger(events: 256, isExact: true)
    defer { small.remove() }
    try tamper(small.path, ["UPDATE head SET tail = x'0011223344556677'"])
    #expect(try Verifier.verify(small.path).findings.map(\.code) == [.treeDiffers])
  }

  @Test(
    "triggers, tables, views and indexes dropped or added are found",
    arguments: [
      "DROP TRIGGER event_never_updated", "DROP TRIGGER event_without_gap", "DROP VIEW points_lot",
      "DROP TABLE points_account", "DROP TABLE tile", "DROP TABLE head", "DROP TABLE request",
      "CREATE TABLE extra (a)", "CREATE VIEW extra AS SELECT 1", "CREATE INDEX extra ON member (since)",
      "CREATE TRIGGER extra AFTER INSERT ON event BEGIN DELETE FROM request; END",
      "ALTER TABLE member ADD COLUMN extra TEXT", "ALTER TABLE member RENAME COLUMN since TO before",
    ])
  func schema(statement: String) throws {
    let small = try SmallLedger()
    defer { small.remove() }
    try Connection(path: small.path, mode: .readWrite).execute(statement)
    #expect(try !Verifier.verify(small.path).findings.isEmpty)
  }
}

// The views that auditors query in the shell, read as a shell reads them. They are for people; nothing is decided by them,
// and rows of tables are read through LedgerReader.

import LedgerCore

/// Reads the views of a ledger file whose schema is trusted, as `sqlite3` does: one that this program has just made.
///
/// Our other connections let no view call functions, so that a file from elsewhere cannot.
package final class ViewReader {
  private let path: String
  private let connection: Connection

  /// - Throws: `LedgerError` `absent`, `damaged`, `io`.
  package init(path: String) throws {
    self.path = path
    connection = try LedgerFile.translating(path) {
      let connection = try Connection(path: path, mode: .readOnly)
      try connection.execute("PRAGMA trusted_schema = ON")
      return connection
    }
  }

  /// The columns of every view, in order.
  package func views() throws -> [String: [String]] {
    try LedgerFile.translating(path) {
      let statement = try connection.prepare(Self.selectColumns)
      var views: [String: [String]] = [:]
      while try statement.step() { views[statement.text(0), default: []].append(statement.text(1)) }
      return views
    }
  }

  /// Calls `body` with each row of one of `views`, in no particular order.
  package func eachRow(of view: String, _ columns: [String], _ body: ([Cell]) throws -> Void) throws {
    try LedgerFile.translating(path) {
      let names = columns.map { "\"\($0)\"" }.joined(separator: ", ")
      let statement = try connection.prepare("SELECT \(names) FROM \"\(view)\"")
      while try statement.step() { try body(statement.cells(columns.count)) }
    }
  }

  private static let selectColumns = """
    SELECT view.name, col.name FROM sqlite_schema AS view, pragma_table_info(view.name) AS col
    WHERE view.type = 'view' ORDER BY view.name, col.cid
    """
}

// What SQLite said when it refused or failed: code, message, SQL text.
// Bound values are never kept here. What to do about an error (roll back, retry, refuse) is the caller's business.

internal import CSQLite

/// A failure reported by SQLite.
///
/// It prints the SQL text with its placeholders and never what was bound to them: bound values are member data.
/// That holds only as long as SQL is made of constants and parameters. The few SQLite functions that quote an
/// argument in their message (JSON paths, `ATTACH`) must be given constants.
package struct SQLiteError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The extended result code, for instance 2067, `SQLITE_CONSTRAINT_UNIQUE` (https://sqlite.org/rescode.html).
  package let extendedCode: Int32

  /// SQLite's message, in English. When opening failed, also the path and what the operating system said.
  package let message: String

  /// The statement that failed, as it was prepared; nil when no statement was involved.
  package let sql: String?

  package init(extendedCode: Int32, message: String, sql: String?) {
    self.extendedCode = extendedCode
    self.message = message
    self.sql = sql
  }

  /// The error a call on `connection` has just returned. Read it before the next call on the same connection.
  init(_ code: Int32, on connection: OpaquePointer?, sql: String?) {
    // Misuse does not reach the connection, whose message would then be that of an earlier failure.
    let isReported = connection != nil && sqlite3_extended_errcode(connection) == code
    // A quota or a limit on the size of files is a full disk to whoever meets it.
    let isOutOfRoom = isReported && code & 0xff == SQLITE_IOERR && csqlite_is_out_of_room(connection) != 0
    let code = isOutOfRoom ? SQLITE_FULL : code
    let text: UnsafePointer<CChar>? =
      isReported && !isOutOfRoom ? sqlite3_errmsg(connection) : sqlite3_errstr(code)
    self.init(extendedCode: code, message: text.map { String(cString: $0) } ?? "unknown error", sql: sql)
  }

  /// The low byte of the extended code, for instance 19, `SQLITE_CONSTRAINT`.
  package var primaryCode: Int32 { extendedCode & 0xff }

  /// Another connection holds the lock. Trying again can help.
  package var isBusy: Bool { primaryCode == SQLITE_BUSY }

  /// The disk, or `max_page_count`, is full. Trying again helps once there is room.
  package var isFull: Bool { primaryCode == SQLITE_FULL }

  /// The file is a database and is damaged. Trying again does not help.
  package var isCorrupt: Bool { primaryCode == SQLITE_CORRUPT }

  /// The file is not an SQLite database, or its first page is damaged beyond recognition.
  package var isNotADatabase: Bool { primaryCode == SQLITE_NOTADB }

  /// A write was tried where only reading is allowed.
  package var isReadOnly: Bool { primaryCode == SQLITE_READONLY }

  /// The operating system failed to read, write, sync or lock.
  package var isIO: Bool { primaryCode == SQLITE_IOERR }

  /// A file could not be opened: missing, a folder, or not permitted.
  package var isCantOpen: Bool { primaryCode == SQLITE_CANTOPEN }

  /// `Connection.interrupt()` stopped the statement.
  package var isInterrupted: Bool { primaryCode == SQLITE_INTERRUPT }

  /// SQLite could not allocate memory.
  package var isOutOfMemory: Bool { primaryCode == SQLITE_NOMEM }

  /// The SQL does not fit the schema: a table or column that it names is not there.
  package var isLogic: Bool { primaryCode == SQLITE_ERROR }

  /// A constraint of the schema, or a trigger's `RAISE`, refused a write.
  package var isConstraint: Bool { primaryCode == SQLITE_CONSTRAINT }

  /// One line for the code and the message, followed by the SQL when there is any.
  package var description: String {
    let number =
      extendedCode == primaryCode ? "\(primaryCode)" : "\(primaryCode) (extended code \(extendedCode))"
    let line = "SQLite error \(number): \(message)"
    return sql.map { "\(line), in: \($0)" } ?? line
  }
}

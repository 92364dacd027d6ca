// A prepared statement: binding parameters, stepping, reading columns.
// Reached millions of times a second in replay: nothing here allocates beyond the Strings and arrays it returns.

internal import CSQLite

/// A prepared SQL statement.
///
/// Parameters count from 1, columns from 0, as in SQLite. It belongs to its connection's thread, also when it is
/// released; it is not Sendable so that the compiler helps with that.
///
///     let insert = try connection.prepare("INSERT INTO event (position, record) VALUES (?1, ?2)")
///     try insert.bind(1, position)
///     try insert.bind(2, record)
///     try insert.run()
///
/// Bindings stay until they are replaced. A binding fails with `SQLITE_RANGE` for an index the SQL does not have,
/// and with `SQLITE_MISUSE` between a `step()` that returned a row and the next `reset()`.
package final class Statement {
  private let handle: OpaquePointer

  /// Takes over a compiled statement and finalises it when released.
  init(_ handle: OpaquePointer) {
    self.handle = handle
  }

  deinit {
    sqlite3_finalize(handle)
  }

  /// The SQL text as it was prepared, placeholders unfilled.
  package var sql: String {
    sqlite3_sql(handle).map { String(cString: $0) } ?? ""
  }

  /// How many columns a row has; 0 for a statement that returns none.
  package var columnCount: Int32 { sqlite3_column_count(handle) }

  // MARK: Running

  /// Moves to the next row. False means the statement is done, and already reset: bind and step it again.
  ///
  /// - Throws: SQLite's error; the statement is reset then too.
  package func step() throws(SQLiteError) -> Bool {
    let code = sqlite3_step(handle)
    if code == SQLITE_ROW { return true }
    if code != SQLITE_DONE {
      let error = failure(code)
      sqlite3_reset(handle)
      throw error
    }
    sqlite3_reset(handle)
    return false
  }

  /// Steps to the end, ignoring rows. The statement is reset afterwards, whether this throws or not.
  package func run() throws(SQLiteError) {
    while try step() {}
  }

  /// Gives up the rows that are left, and the read lock that came with them. Bindings stay.
  package func reset() {
    // It repeats the code of the last step, which has been thrown already.
    sqlite3_reset(handle)
  }

  // MARK: Binding

  package func bind(_ index: Int32, _ value: Int64) throws(SQLiteError) {
    try check(sqlite3_bind_int64(handle, index, value))
  }

  package func bind(_ index: Int32, _ value: Int64?) throws(SQLiteError) {
    guard let value else { return try bindNull(index) }
    try bind(index, value)
  }

  /// Binds the UTF-8 bytes of `value` as TEXT; SQLite keeps a copy.
  package func bind(_ index: Int32, _ value: String) throws(SQLiteError) {
    var value = value
    let code = value.withUTF8 { bytes in
      csqlite_bind_text_copying(handle, index, bytes.baseAddress, UInt64(bytes.count))
    }
    try check(code)
  }

  package func bind(_ index: Int32, _ value: String?) throws(SQLiteError) {
    guard let value else { return try bindNull(index) }
    try bind(index, value)
  }

  package func bindNull(_ index: Int32) throws(SQLiteError) {
    try check(sqlite3_bind_null(handle, index))
  }

  /// Binds bytes as TEXT; SQLite keeps a copy. Whether they are UTF-8 is not checked.
  package func bind(_ index: Int32, text bytes: UnsafeRawBufferPointer) throws(SQLiteError) {
    try check(csqlite_bind_text_copying(handle, index, bytes.baseAddress, UInt64(bytes.count)))
  }

  /// Binds bytes as a BLOB; SQLite keeps a copy.
  package func bind(_ index: Int32, blob bytes: UnsafeRawBufferPointer) throws(SQLiteError) {
    try check(csqlite_bind_blob_copying(handle, index, bytes.baseAddress, UInt64(bytes.count)))
  }

  /// - Throws: `SQLITE_MISMATCH` for `.unexpected`, which this ledger never writes.
  package func bind(_ index: Int32, _ value: SQLValue) throws(SQLiteError) {
    switch value {
    case .null: try bindNull(index)
    case .integer(let value): try bind(index, value)
    case .text(let value): try bind(index, value)
    case .blob(let bytes):
      let code = bytes.withUnsafeBytes { bytes in
        csqlite_bind_blob_copying(handle, index, bytes.baseAddress, UInt64(bytes.count))
      }
      try check(code)
    case .unexpected(let storageClass, _):
      let message = "a \(storageClass) found in a damaged file cannot be bound"
      throw SQLiteError(extendedCode: SQLITE_MISMATCH, message: message, sql: sql)
    }
  }

  /// Runs `body` with `bytes` bound as TEXT and not copied. Afterwards the statement is reset and the parameter is
  /// NULL, so that SQLite cannot meet the bytes once they are gone.
  ///
  ///     try insert.withoutCopying(2, text: record) { () throws(SQLiteError) in try insert.run() }
  package func withoutCopying<Output>(
    _ index: Int32, text bytes: UnsafeRawBufferPointer, _ body: () throws(SQLiteError) -> Output
  ) throws(SQLiteError) -> Output {
    try check(csqlite_bind_text_borrowing(handle, index, bytes.baseAddress, UInt64(bytes.count)))
    defer { forget(index) }
    return try body()
  }

  /// Runs `body` with `bytes` bound as a BLOB and not copied. Afterwards the statement is reset and the parameter
  /// is NULL.
  package func withoutCopying<Output>(
    _ index: Int32, blob bytes: UnsafeRawBufferPointer, _ body: () throws(SQLiteError) -> Output
  ) throws(SQLiteError) -> Output {
    try check(csqlite_bind_blob_borrowing(handle, index, bytes.baseAddress, UInt64(bytes.count)))
    defer { forget(index) }
    return try body()
  }

  private func forget(_ index: Int32) {
    sqlite3_reset(handle)
    sqlite3_bind_null(handle, index)
  }

  private func check(_ code: Int32) throws(SQLiteError) {
    if code != SQLITE_OK { throw failure(code) }
  }

  @inline(never)
  private func failure(_ code: Int32) -> SQLiteError {
    SQLiteError(code, on: sqlite3_db_handle(handle), sql: sql)
  }

  // MARK: Reading the current row

  /// The column as an integer; 0 for NULL. SQLite converts other classes: ask `storageClass` of untrusted files.
  package func integer(_ column: Int32) -> Int64 {
    assertReadable(column)
    return sqlite3_column_int64(handle, column)
  }

  package func optionalInteger(_ column: Int32) -> Int64? {
    isNull(column) ? nil : integer(column)
  }

  /// The column as text; empty for NULL. Malformed UTF-8 is replaced by U+FFFD: `bytes` and `value` do not hide it.
  package func text(_ column: Int32) -> String {
    String(decoding: bytes(column), as: UTF8.self)
  }

  package func optionalText(_ column: Int32) -> String? {
    isNull(column) ? nil : text(column)
  }

  package func isNull(_ column: Int32) -> Bool {
    assertReadable(column)
    return sqlite3_column_type(handle, column) == SQLITE_NULL
  }

  /// How the value is stored. Ask before reading it as another class, which may change the answer.
  package func storageClass(_ column: Int32) -> StorageClass {
    assertReadable(column)
    switch sqlite3_column_type(handle, column) {
    case SQLITE_INTEGER: return .integer
    case SQLITE_FLOAT: return .real
    case SQLITE_TEXT: return .text
    case SQLITE_BLOB: return .blob
    case SQLITE_NULL: return .null
    case let code: preconditionFailure("SQLite has no storage class \(code)")
    }
  }

  /// The bytes of a TEXT or BLOB as stored, without a copy; empty for NULL. Other classes are rendered as text.
  ///
  /// They belong to SQLite and are gone after the next `step()`, `run()` or `reset()`, or when the statement is
  /// released.
  package func bytes(_ column: Int32) -> UnsafeRawBufferPointer {
    assertReadable(column)
    // Not `sqlite3_column_blob` for TEXT: in a UTF-16 file, which anyone may hand us, the length that follows
    // would be that of the UTF-8 form and the pointer that of a buffer already freed.
    let type = sqlite3_column_type(handle, column)
    let start: UnsafeRawPointer?
    if type == SQLITE_BLOB {
      start = sqlite3_column_blob(handle, column)
    } else {
      start = UnsafeRawPointer(sqlite3_column_text(handle, column))
      precondition(start != nil || type == SQLITE_NULL, "SQLite ran out of memory while reading a column")
    }
    guard let start else { return UnsafeRawBufferPointer(start: nil, count: 0) }
    return UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, column)))
  }

  /// The column as it is stored, whatever it is.
  package func value(_ column: Int32) -> SQLValue {
    switch storageClass(column) {
    case .null:
      return .null
    case .integer:
      return .integer(integer(column))
    case .real:
      let bits = sqlite3_column_double(handle, column).bitPattern
      return .unexpected(.real, withUnsafeBytes(of: bits.bigEndian) { Array($0) })
    case .text:
      let bytes = bytes(column)
      return String(validating: bytes, as: UTF8.self).map { .text($0) } ?? .unexpected(.text, Array(bytes))
    case .blob:
      return .blob(Array(bytes(column)))
    }
  }

  private func assertReadable(_ column: Int32) {
    assert(column >= 0 && column < sqlite3_data_count(handle), "no current row, or no column \(column)")
  }
}

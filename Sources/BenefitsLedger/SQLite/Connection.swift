// One SQLite connection: opening, settings that every connection gets, running SQL, closing.
// No schema and no policy of the ledger (journal mode, synchronous, when to checkpoint): that is the store's.

internal import CSQLite
import Synchronization

/// A connection to one SQLite database.
///
/// One thread at a time uses a connection and the statements prepared on it; the owner sees to that. SQLite is
/// opened without its own mutex (`SQLITE_OPEN_NOMUTEX`), so nothing below checks it. Only `interrupt()` may be
/// called from any thread at any time. That is what `@unchecked Sendable` stands for here: the connection may be
/// handed from thread to thread, not shared.
///
/// Every connection distrusts the file, as https://sqlite.org/security.html advises for files that may have been
/// edited: `trusted_schema` is off, `cell_size_check` is on, and connections that only read are in defensive mode
/// and never checkpoint. Strings in double quotes are errors, so a misspelt column is not taken for a text.
package final class Connection: @unchecked Sendable {
  /// The mode it was opened in.
  package let mode: Mode

  // Nil once closed. Written by the owning thread under `closing`, which `interrupt` holds while it reads it.
  private var handle: OpaquePointer?
  private let closing = Mutex(())

  // What the write-ahead log held after the last commit, in pages. SQLite writes it, on the owning thread.
  private let walPagesAfterCommit = UnsafeMutablePointer<Int32>.allocate(capacity: 1)

  // Prepared on first use. Owned by the thread that uses the connection.
  private var beginImmediateStatement: Statement?
  private var commitStatement: Statement?
  private var rollbackStatement: Statement?

  /// Opens the database at `path` and reads its header, so that a path that is no database fails here.
  ///
  /// - Parameters:
  ///   - path: absolute, or relative to the working directory; taken literally, whatever characters it holds.
  ///   - busyTimeoutMilliseconds: how long a statement waits for another connection's lock before `isBusy`.
  /// - Throws: `isCantOpen` for a missing file or a folder (a folder opened for reading: `isIO`),
  ///   `isNotADatabase` for another kind of file, `isReadOnly` when a mode that writes finds a file that may only
  ///   be read (SQLite itself would go on, and fail at the first write).
  package init(path: String, mode: Mode, busyTimeoutMilliseconds: Int32 = 5_000) throws(SQLiteError) {
    precondition(sqlite3_threadsafe() != 0, "libsqlite3 was built without support for threads")
    guard mode == .memory || !path.utf8.contains(0) else {
      throw SQLiteError(extendedCode: SQLITE_CANTOPEN, message: "the path holds a NUL character", sql: nil)
    }
    var opened: OpaquePointer?
    let code = sqlite3_open_v2(mode.name(forPath: path), &opened, mode.flags, nil)
    guard code == SQLITE_OK, let opened else {
      let error = SQLiteError(code, on: opened, sql: nil).whileOpening(path, on: opened)
      sqlite3_close(opened)
      throw error
    }
    self.mode = mode
    self.handle = opened
    walPagesAfterCommit.initialize(to: 0)
    do throws(SQLiteError) {
      try check(sqlite3_busy_timeout(opened, busyTimeoutMilliseconds))
      try applySettings()
      _ = try integer(of: "PRAGMA schema_version")
    } catch {
      throw error.whileOpening(path, on: opened)
    }
    if mode.isWriter, sqlite3_db_readonly(opened, "main") == 1 {
      throw SQLiteError(SQLITE_READONLY, on: nil, sql: nil).whileOpening(path, on: nil)
    }
  }

  deinit {
    // Unlike `sqlite3_close`, this waits for statements that outlive the connection.
    if let handle { sqlite3_wal_hook(handle, nil, nil) }
    sqlite3_close_v2(handle)
    walPagesAfterCommit.deallocate()
  }

  /// Rows inserted, changed or deleted since the connection was opened.
  package var totalChanges: Int64 { handle.map { sqlite3_total_changes64($0) } ?? 0 }

  /// Pages in the write-ahead log after the last commit; 0 until `countWALPages` was called.
  package var walPages: Int { Int(walPagesAfterCommit.pointee) }

  /// Starts counting. SQLite has one hook for this and for automatic checkpoints, so those must be off
  /// (https://sqlite.org/c3ref/wal_hook.html); call it after any change of `wal_autocheckpoint`.
  package func countWALPages() {
    sqlite3_wal_hook(
      handle,
      { count, _, _, pages in
        count?.assumingMemoryBound(to: Int32.self).pointee = pages
        return SQLITE_OK
      }, walPagesAfterCommit)
  }

  /// Closes the connection; the last writer to close also checkpoints and removes the `-wal`. Closing a closed
  /// connection does nothing.
  ///
  /// - Throws: `isBusy` while statements prepared on this connection are alive; it then stays open and usable.
  ///   Any other use of a closed connection is a programmer's mistake and stops the program.
  package func close() throws(SQLiteError) {
    guard let handle else { return }
    (beginImmediateStatement, commitStatement, rollbackStatement) = (nil, nil, nil)
    let code = closing.withLock { _ in
      let code = sqlite3_close(handle)
      if code == SQLITE_OK { self.handle = nil }
      return code
    }
    try check(code)
  }

  /// Stops the statement that is running, which then fails with `isInterrupted`; a write loses its transaction.
  /// From any thread, at any time, also when closed. Without a running statement it does nothing.
  package func interrupt() {
    closing.withLock { _ in
      if let handle { sqlite3_interrupt(handle) }
    }
  }

  /// Runs one or several statements separated by semicolons, ignoring their rows. The first that fails ends it;
  /// what ran before stays done unless the caller holds a transaction.
  package func execute(_ sql: String) throws(SQLiteError) {
    try Self.requireNoNUL(sql)
    let result = sql.withCString { text in
      Result { () throws(SQLiteError) in
        var rest = text
        while rest.pointee != 0 {
          guard let statement = try compile(&rest, flags: 0) else { return }
          try statement.run()
        }
      }
    }
    try result.get()
  }

  /// Prepares one statement that will be used many times (`SQLITE_PREPARE_PERSISTENT`).
  ///
  /// - Throws: SQLite's error; `SQLITE_MISUSE` for no statement at all or for more than one.
  package func prepare(_ sql: String) throws(SQLiteError) -> Statement {
    try prepare(sql, flags: UInt32(SQLITE_PREPARE_PERSISTENT))
  }

  /// The first column of the first row, for a pragma or a query; nil when there is no row or it is NULL.
  package func integer(of sql: String) throws(SQLiteError) -> Int64? {
    let statement = try prepare(sql, flags: 0)
    return try statement.step() ? statement.optionalInteger(0) : nil
  }

  /// The first column of the first row, for a pragma or a query; nil when there is no row or it is NULL.
  package func text(of sql: String) throws(SQLiteError) -> String? {
    let statement = try prepare(sql, flags: 0)
    return try statement.step() ? statement.optionalText(0) : nil
  }
}

// MARK: - Transactions and checkpoints

extension Connection {
  /// How much a checkpoint does (https://sqlite.org/c3ref/wal_checkpoint_v2.html).
  package enum CheckpointMode: Hashable, Sendable {
    /// Copies what it can without waiting for readers.
    case passive
    /// Waits for readers, copies everything, then truncates the `-wal` to nothing.
    case truncate
  }

  /// Starts a transaction that may write, taking the write lock now rather than at the first write.
  package func beginImmediate() throws(SQLiteError) {
    try transactionStatement(\.beginImmediateStatement, "BEGIN IMMEDIATE").run()
  }

  /// Commits the transaction. When this fails with `isBusy` the transaction is still open; after other errors ask
  /// `isInTransaction`, or just call `rollback()`.
  package func commit() throws(SQLiteError) {
    try transactionStatement(\.commitStatement, "COMMIT").run()
  }

  /// Undoes the transaction. Does nothing when there is none: a full disk, an I/O error or lack of memory makes
  /// SQLite roll back on its own (https://sqlite.org/lang_transaction.html §3).
  package func rollback() throws(SQLiteError) {
    guard isInTransaction else { return }
    try transactionStatement(\.rollbackStatement, "ROLLBACK").run()
  }

  /// Whether a transaction is open on this connection.
  package var isInTransaction: Bool { sqlite3_get_autocommit(openHandle) == 0 }

  /// Copies committed pages from the `-wal` into the database file.
  ///
  /// - Returns: how many pages the `-wal` holds and how many of them have been copied. Both are 0 after a complete
  ///   `truncate`, and -1 when the database is not in WAL mode.
  /// - Throws: `isBusy` when another connection checkpoints or, for `truncate`, reads for longer than the timeout.
  package func checkpoint(
    _ mode: CheckpointMode
  ) throws(SQLiteError) -> (walPages: Int, checkpointedPages: Int) {
    let code =
      switch mode {
      case .passive: SQLITE_CHECKPOINT_PASSIVE
      case .truncate: SQLITE_CHECKPOINT_TRUNCATE
      }
    var walPages: Int32 = -1
    var checkpointedPages: Int32 = -1
    try check(sqlite3_wal_checkpoint_v2(openHandle, "main", code, &walPages, &checkpointedPages))
    return (Int(walPages), Int(checkpointedPages))
  }

  private func transactionStatement(
    _ slot: ReferenceWritableKeyPath<Connection, Statement?>, _ sql: String
  ) throws(SQLiteError) -> Statement {
    if let statement = self[keyPath: slot] { return statement }
    let statement = try prepare(sql)
    self[keyPath: slot] = statement
    return statement
  }
}

// MARK: - The C interface

extension Connection {
  private var openHandle: OpaquePointer {
    guard let handle else { preconditionFailure("this SQLite connection has been closed") }
    return handle
  }

  private func check(_ code: Int32) throws(SQLiteError) {
    guard code == SQLITE_OK else { throw SQLiteError(code, on: handle, sql: nil) }
  }

  private func applySettings() throws(SQLiteError) {
    try check(csqlite_configure(openHandle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0))
    try check(csqlite_configure(openHandle, SQLITE_DBCONFIG_DQS_DML, 0))
    try check(csqlite_configure(openHandle, SQLITE_DBCONFIG_DQS_DDL, 0))
    if !mode.isWriter {
      try check(csqlite_configure(openHandle, SQLITE_DBCONFIG_DEFENSIVE, 1))
      try check(csqlite_configure(openHandle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1))
    }
    try execute("PRAGMA cell_size_check=ON")
  }

  private func prepare(_ sql: String, flags: UInt32) throws(SQLiteError) -> Statement {
    try Self.requireNoNUL(sql)
    let result = sql.withCString { text in
      Result { () throws(SQLiteError) in
        var rest = text
        guard let statement = try compile(&rest, flags: flags), try compile(&rest, flags: 0) === nil else {
          let message = "exactly one SQL statement is expected here"
          throw SQLiteError(extendedCode: SQLITE_MISUSE, message: message, sql: sql)
        }
        return statement
      }
    }
    return try result.get()
  }

  /// Compiles the first statement of `text` and moves `text` behind it. Nil when only comments and blanks remain.
  private func compile(
    _ text: inout UnsafePointer<CChar>, flags: UInt32
  ) throws(SQLiteError) -> Statement? {
    var compiled: OpaquePointer?
    var tail: UnsafePointer<CChar>?
    let code = sqlite3_prepare_v3(openHandle, text, -1, flags, &compiled, &tail)
    guard code == SQLITE_OK else {
      throw SQLiteError(code, on: handle, sql: String(cString: text))
    }
    if let tail { text = tail }
    return compiled.map { Statement($0) }
  }

  /// SQLite would stop reading at a NUL and silently leave out the rest.
  private static func requireNoNUL(_ sql: String) throws(SQLiteError) {
    guard !sql.utf8.contains(0) else {
      throw SQLiteError(extendedCode: SQLITE_MISUSE, message: "the SQL text holds a NUL character", sql: sql)
    }
  }
}

extension SQLiteError {
  /// The same error, naming the file and what the operating system said instead of the statement that met it.
  fileprivate func whileOpening(_ path: String, on connection: OpaquePointer?) -> SQLiteError {
    var text = "\(message), opening \(path)"
    if isCantOpen || isIO, let connection, let system = csqlite_system_message(connection) {
      text += " (\(String(cString: system)))"
    }
    return SQLiteError(extendedCode: extendedCode, message: text, sql: nil)
  }
}

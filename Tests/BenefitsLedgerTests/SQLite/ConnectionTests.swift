// Running SQL on an open connection: scripts, transactions, checkpoints, interruption, a full disk.
// Opening and closing is in ConnectionOpeningTests.swift; parameters and columns in StatementTests.swift.

import BenefitsLedger
import Foundation
import Testing

@Suite struct ConnectionTests {
  @Test func `A script runs all its statements, comments and blank ones included`() throws {
    let connection = try Connection(path: "", mode: .memory)
    try connection.execute("")
    try connection.execute(" -- nothing\n ; ; ")
    try connection.execute(
      """
      -- one
      CREATE TABLE t (a INTEGER) STRICT;;
      INSERT INTO t VALUES (1); /* two */ INSERT INTO t VALUES (2);
      SELECT a FROM t; INSERT INTO t VALUES (3) -- three
      """)
    #expect(try connection.integer(of: "SELECT sum(a) FROM t") == 6)
  }

  @Test func `A script ends at its first error and names the statement that failed`() throws {
    let connection = try Connection(path: "", mode: .memory)
    let error = try #require(throws: SQLiteError.self) {
      try connection.execute(
        "CREATE TABLE t (a INTEGER PRIMARY KEY) STRICT; INSERT INTO t VALUES (1), (1); DROP TABLE t")
    }
    #expect(error.isConstraint)
    #expect(error.sql == " INSERT INTO t VALUES (1), (1);")
    #expect(try connection.integer(of: "SELECT count(*) FROM t") == 0)
  }

  @Test(arguments: ["", "  -- only a comment", "SELECT 1; SELECT 2", "SELECT 1\0; DROP TABLE t"])
  func `Preparing anything but one statement is refused`(sql: String) throws {
    let connection = try Connection(path: "", mode: .memory)
    #expect(throws: SQLiteError.self) { try connection.prepare(sql) }
    #expect(throws: Never.self) { try connection.prepare("SELECT 1; -- and a comment\n") }
  }

  @Test func `A name in double quotes that does not exist is an error and not a text`() throws {
    let connection = try Connection(path: "", mode: .memory)
    let error = try #require(throws: SQLiteError.self) { try connection.text(of: "SELECT \"balnace\"") }
    #expect(error.message == "no such column: balnace")
  }

  @Test func `One value is nil when there is no row or it is NULL`() throws {
    let connection = try Connection(path: "", mode: .memory)
    #expect(try connection.integer(of: "SELECT 4 WHERE 1") == 4)
    #expect(try connection.integer(of: "SELECT 4 WHERE 0") == nil)
    #expect(try connection.integer(of: "SELECT NULL") == nil)
    #expect(try connection.text(of: "PRAGMA encoding") == "UTF-8")
    #expect(try connection.text(of: "PRAGMA no_such_pragma") == nil)
  }

  @Test func `A rolled back transaction leaves nothing, a committed one stays`() throws {
    let connection = try Connection(path: "", mode: .memory)
    try connection.execute("CREATE TABLE t (a INTEGER) STRICT")
    for round in 1...3 {
      #expect(!connection.isInTransaction)
      try connection.beginImmediate()
      #expect(connection.isInTransaction)
      try connection.execute("INSERT INTO t VALUES (1)")
      try connection.rollback()
      try connection.rollback()
      try connection.beginImmediate()
      try connection.execute("INSERT INTO t VALUES (1)")
      try connection.commit()
      #expect(try connection.integer(of: "SELECT count(*) FROM t") == Int64(round))
    }
  }

  @Test func `A second writer is told that the database is busy`() throws {
    let folder = try DatabaseFolder()
    let first = try Connection(path: folder.file("a.db"), mode: .create)
    try first.execute("PRAGMA journal_mode = WAL")
    let second = try Connection(path: folder.file("a.db"), mode: .readWrite, busyTimeoutMilliseconds: 1)
    try first.beginImmediate()
    let error = try #require(throws: SQLiteError.self) { try second.beginImmediate() }
    #expect(error.isBusy)
    #expect(!second.isInTransaction)
    try first.commit()
    try second.beginImmediate()
    try second.rollback()
  }

  @Test func `A full disk is reported as full and the transaction can be undone`() throws {
    let folder = try DatabaseFolder()
    let connection = try Connection(path: folder.file("a.db"), mode: .create)
    try connection.execute("PRAGMA journal_mode = WAL; CREATE TABLE t (a TEXT NOT NULL) STRICT")
    #expect(try connection.integer(of: "PRAGMA max_page_count = 20") == 20)
    let insert = try connection.prepare("INSERT INTO t (a) VALUES (?1)")
    try insert.bind(1, String(repeating: "x", count: 3_000))
    try connection.beginImmediate()
    let error = try #require(throws: SQLiteError.self) {
      for _ in 1...100 { try insert.run() }
    }
    #expect(error.isFull)
    #expect(error.message == "database or disk is full")
    try connection.rollback()
    #expect(!connection.isInTransaction)
    #expect(try connection.integer(of: "SELECT count(*) FROM t") == 0)
    try insert.run()
    #expect(try connection.integer(of: "SELECT count(*) FROM t") == 1)
  }

  @Test func `A checkpoint tells how many pages it found and copied`() throws {
    let folder = try DatabaseFolder()
    let path = folder.file("a.db")
    let connection = try Connection(path: path, mode: .create)
    #expect(try connection.checkpoint(.passive) == (walPages: -1, checkpointedPages: -1))
    try connection.execute("PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0; CREATE TABLE t (a)")
    let passive = try connection.checkpoint(.passive)
    #expect(passive.walPages > 0)
    #expect(passive.checkpointedPages == passive.walPages)
    #expect(try connection.checkpoint(.truncate) == (walPages: 0, checkpointedPages: 0))
    #expect(try FileManager.default.attributesOfItem(atPath: "\(path)-wal")[.size] as? Int == 0)
  }

  @Test func `A truncating checkpoint is busy while a reader holds an old snapshot`() throws {
    let folder = try DatabaseFolder()
    let writer = try Connection(path: folder.file("a.db"), mode: .create, busyTimeoutMilliseconds: 1)
    try writer.execute("PRAGMA journal_mode = WAL; CREATE TABLE t (a INTEGER) STRICT")
    let reader = try Connection(path: folder.file("a.db"), mode: .readOnly)
    try reader.execute("BEGIN; SELECT * FROM t")
    try writer.execute("INSERT INTO t VALUES (1)")
    let error = try #require(throws: SQLiteError.self) { try writer.checkpoint(.truncate) }
    #expect(error.isBusy)
    let passive = try writer.checkpoint(.passive)
    #expect(passive.checkpointedPages < passive.walPages)
  }

  @Test func `Another thread can interrupt a statement that would not end`() throws {
    let connection = try Connection(path: "", mode: .memory)
    let isDone = DispatchSemaphore(value: 0)
    Thread.detachNewThread {
      // Again and again, since an interrupt before the statement starts has no effect.
      while isDone.wait(timeout: .now() + .milliseconds(1)) == .timedOut { connection.interrupt() }
      isDone.signal()
    }
    let error = try #require(throws: SQLiteError.self) {
      try connection.execute(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n")
    }
    isDone.signal()
    isDone.wait()
    #expect(error.isInterrupted)
  }
}

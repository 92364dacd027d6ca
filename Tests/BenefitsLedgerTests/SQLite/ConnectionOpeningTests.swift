// Opening and closing: which paths open what, which mode may do what, what a failure says.
// Running statements on an open connection is in ConnectionTests.swift.

import BenefitsLedger
import Foundation
import Testing

@Suite struct ConnectionOpeningTests {
  static let modesOfFiles: [Connection.Mode] = [.create, .readWrite, .readOnly, .immutable]

  @Test(arguments: modesOfFiles)
  func `Opening a folder fails and names it`(mode: Connection.Mode) throws {
    let folder = try DatabaseFolder()
    let error = try #require(throws: SQLiteError.self) { try Connection(path: folder.path, mode: mode) }
    #expect(error.isCantOpen || error.isIO)
    #expect(error.message.contains(folder.path))
    #expect(error.message.contains("directory"))
  }

  @Test(arguments: [Connection.Mode.readWrite, .readOnly, .immutable])
  func `Opening a missing file fails and does not create it`(mode: Connection.Mode) throws {
    let folder = try DatabaseFolder()
    let path = folder.file("missing.db")
    let error = try #require(throws: SQLiteError.self) { try Connection(path: path, mode: mode) }
    #expect(error.isCantOpen)
    #expect(error.description.hasPrefix("SQLite error 14"))
    #expect(error.description.hasSuffix("opening \(path) (No such file or directory)"))
    #expect(try folder.names() == [])
  }

  @Test(arguments: modesOfFiles)
  func `Opening a text file fails as not a database and leaves it alone`(mode: Connection.Mode) throws {
    let folder = try DatabaseFolder()
    let text = String(repeating: "Dear auditor, this is a letter.\n", count: 200)
    try folder.write(text, to: "letter.txt")
    let path = folder.file("letter.txt")
    let error = try #require(throws: SQLiteError.self) { try Connection(path: path, mode: mode) }
    #expect(error.isNotADatabase)
    #expect(!error.isCorrupt)
    #expect(error.message.contains(path))
    #expect(try String(contentsOfFile: path, encoding: .utf8) == text)
  }

  @Test(arguments: [
    "two words.db", "what?.db", "a?mode=memory", "part#2.db", "100%.db", "%41.db", "账本 2026.db", "file:x.db",
    "'quoted\".db", "a&b=c;d.db", "new\nline.db", "\u{1}control.db",
  ])
  func `Every character of a path is taken literally`(name: String) throws {
    let folder = try DatabaseFolder()
    let path = folder.file(name)
    let writer = try Connection(path: path, mode: .create)
    try writer.execute("CREATE TABLE t (a INTEGER) STRICT; INSERT INTO t VALUES (7)")
    try writer.close()
    #expect(try folder.names() == [name])
    for mode in [Connection.Mode.readWrite, .readOnly, .immutable] {
      #expect(try Connection(path: path, mode: mode).integer(of: "SELECT a FROM t") == 7)
    }
    #expect(try folder.names() == [name])
  }

  @Test func `A path with two slashes in front is a path and not a host`() throws {
    let folder = try DatabaseFolder()
    let connection = try Connection(path: "/\(folder.file("a.db"))", mode: .create)
    try connection.execute("PRAGMA user_version = 3")
    #expect(try folder.names() == ["a.db"])
  }

  @Test(arguments: ["", ":memory:", "missing:memory:"])
  func `A relative path never means a database in memory`(path: String) throws {
    let error = try #require(throws: SQLiteError.self) { try Connection(path: path, mode: .readWrite) }
    #expect(error.isCantOpen)
  }

  @Test func `A path with a NUL is refused rather than cut short`() throws {
    let folder = try DatabaseFolder()
    let path = folder.file("a.db\0.txt")
    let error = try #require(throws: SQLiteError.self) { try Connection(path: path, mode: .create) }
    #expect(error.isCantOpen)
    #expect(try folder.names() == [])
  }

  @Test(.enabled(if: geteuid() != 0, "root may write everywhere"))
  func `Opening a write-protected file for writing fails at once`() throws {
    let folder = try DatabaseFolder()
    let path = folder.file("a.db")
    try Connection(path: path, mode: .create).execute("CREATE TABLE t (a)")
    try FileManager.default.setAttributes([.posixPermissions: 0o400], ofItemAtPath: path)
    let error = try #require(throws: SQLiteError.self) { try Connection(path: path, mode: .readWrite) }
    #expect(error.isReadOnly)
    #expect(error.message.contains(path))
  }

  @Test(arguments: [Connection.Mode.readOnly, .immutable])
  func `A connection that reads refuses to write`(mode: Connection.Mode) throws {
    let folder = try DatabaseFolder()
    let path = folder.file("a.db")
    try Connection(path: path, mode: .create).execute("CREATE TABLE t (a INTEGER) STRICT")
    let reader = try Connection(path: path, mode: mode)
    let error = try #require(throws: SQLiteError.self) { try reader.execute("INSERT INTO t VALUES (1)") }
    #expect(error.isReadOnly)
    #expect(error.sql == "INSERT INTO t VALUES (1)")
    #expect(try reader.integer(of: "SELECT count(*) FROM t") == 0)
  }

  @Test func `A reader sees what the writer has committed`() throws {
    let folder = try DatabaseFolder()
    let writer = try Connection(path: folder.file("a.db"), mode: .create)
    #expect(try writer.text(of: "PRAGMA journal_mode = WAL") == "wal")
    try writer.execute("CREATE TABLE t (a INTEGER) STRICT")
    let reader = try Connection(path: folder.file("a.db"), mode: .readOnly)
    try writer.beginImmediate()
    try writer.execute("INSERT INTO t VALUES (1)")
    #expect(try reader.integer(of: "SELECT count(*) FROM t") == 0)
    try writer.commit()
    #expect(try reader.integer(of: "SELECT count(*) FROM t") == 1)
  }

  @Test func `Every connection distrusts the file and reading ones are defensive`() throws {
    let folder = try DatabaseFolder()
    let path = folder.file("a.db")
    for mode in Self.modesOfFiles {
      let connection = try Connection(path: path, mode: mode)
      if mode == .create { try connection.execute("CREATE TABLE t (a INTEGER) STRICT") }
      #expect(try connection.integer(of: "PRAGMA trusted_schema") == 0)
      #expect(try connection.integer(of: "PRAGMA cell_size_check") == 1)
      try connection.execute("PRAGMA writable_schema = ON")
      let isDefensive = (try? connection.prepare("DELETE FROM sqlite_schema")) == nil
      #expect(isDefensive == !mode.isWriter)
    }
  }

  @Test func `Closing twice is safe`() throws {
    let connection = try Connection(path: "", mode: .memory)
    try connection.beginImmediate()
    try connection.rollback()
    try connection.close()
    try connection.close()
    connection.interrupt()
  }

  @Test func `Closing with a live statement is refused and the connection stays usable`() throws {
    let connection = try Connection(path: "", mode: .memory)
    var statement: Statement? = try connection.prepare("SELECT 1")
    let error = try #require(throws: SQLiteError.self) { try connection.close() }
    #expect(error.isBusy)
    #expect(try statement?.step() == true)
    try connection.beginImmediate()
    try connection.commit()
    statement = nil
    try connection.close()
  }

  @Test func `A statement outlives a connection that was only let go`() throws {
    var connection: Connection? = try Connection(path: "", mode: .memory)
    let statement = try #require(try connection?.prepare("SELECT 5"))
    connection = nil
    #expect(try statement.step())
    #expect(statement.integer(0) == 5)
  }
}

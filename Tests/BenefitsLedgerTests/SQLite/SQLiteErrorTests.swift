// What an error tells: code, message and SQL, and never what was bound.
// Errors of opening are in ConnectionOpeningTests.swift; busy and full ones in ConnectionTests.swift.

import BenefitsLedger
import Foundation
import Testing

@Suite struct SQLiteErrorTests {
  let connection: Connection

  init() throws {
    connection = try Connection(path: "", mode: .memory)
    try connection.execute(
      """
      CREATE TABLE member (phone TEXT CONSTRAINT member_phone UNIQUE, points INTEGER) STRICT;
      CREATE TRIGGER member_stays BEFORE DELETE ON member BEGIN SELECT RAISE(ABORT, 'members stay'); END;
      """)
  }

  @Test func `A constraint error shows code and SQL but not the bound values`() throws {
    let sql = "INSERT INTO member (phone, points) VALUES (?1, ?2)"
    let insert = try connection.prepare(sql)
    try insert.bind(1, "13800138000")
    try insert.bind(2, 4_711)
    try insert.run()
    let error = try #require(throws: SQLiteError.self) { try insert.run() }
    #expect(error.isConstraint)
    #expect(error.primaryCode == 19)
    #expect(error.extendedCode == 2067)
    #expect(error.sql == sql)
    #expect(
      error.description
        == "SQLite error 19 (extended code 2067): UNIQUE constraint failed: member.phone, in: \(sql)")
    #expect(!String(reflecting: error).contains("13800138000"))
    #expect(!String(reflecting: error).contains("4711"))
  }

  @Test func `A value of the wrong type is refused without showing it`() throws {
    let insert = try connection.prepare("INSERT INTO member (points) VALUES (?1)")
    try insert.bind(1, "138-0013-8000")
    let error = try #require(throws: SQLiteError.self) { try insert.run() }
    #expect(error.isConstraint)
    #expect(error.message == "cannot store TEXT value in INTEGER column member.points")
  }

  @Test func `A statement that failed can be bound and run again`() throws {
    let insert = try connection.prepare("INSERT INTO member (phone) VALUES (?1)")
    try insert.bind(1, "a")
    try insert.run()
    #expect(throws: SQLiteError.self) { try insert.run() }
    try insert.bind(1, "b")
    try insert.run()
    #expect(try connection.integer(of: "SELECT count(*) FROM member") == 2)
  }

  @Test func `A trigger's refusal carries its message`() throws {
    try connection.execute("INSERT INTO member (phone) VALUES ('a')")
    let error = try #require(throws: SQLiteError.self) { try connection.execute("DELETE FROM member") }
    #expect(error.isConstraint)
    #expect(error.message == "members stay")
  }

  @Test func `A syntax error shows the SQL`() throws {
    let error = try #require(throws: SQLiteError.self) { try connection.prepare("SELEC 1") }
    #expect(error.description == "SQLite error 1: near \"SELEC\": syntax error, in: SELEC 1")
  }

  @Test func `A parameter that is not in the SQL is refused`() throws {
    let statement = try connection.prepare("SELECT ?1")
    let error = try #require(throws: SQLiteError.self) { try statement.bind(2, 1) }
    #expect(error.primaryCode == 25)
    #expect(error.sql == "SELECT ?1")
  }

  @Test func `Binding between a row and the reset is refused`() throws {
    let statement = try connection.prepare("SELECT ?1")
    #expect(try statement.step())
    let error = try #require(throws: SQLiteError.self) { try statement.bind(1, 1) }
    #expect(error.primaryCode == 21)
    statement.reset()
    try statement.bind(1, 1)
  }

  @Test func `A damaged database is corrupt and not something else`() throws {
    let folder = try DatabaseFolder()
    let path = folder.file("a.db")
    let writer = try Connection(path: path, mode: .create)
    try writer.execute("CREATE TABLE t (a TEXT) STRICT")
    let insert = try writer.prepare("INSERT INTO t (a) VALUES (?1)")
    for _ in 1...10 {
      try insert.bind(1, String(repeating: "x", count: 3_000))
      try insert.run()
    }
    var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    bytes.replaceSubrange(4_096..<8_192, with: Data(repeating: 0xff, count: 4_096))
    try bytes.write(to: URL(fileURLWithPath: folder.file("damaged.db")))
    let reader = try Connection(path: folder.file("damaged.db"), mode: .readOnly)
    let error = try #require(throws: SQLiteError.self) { try reader.integer(of: "SELECT count(a) FROM t") }
    #expect(error.isCorrupt)
    #expect(!error.isNotADatabase)
  }

  @Test func `Each flag stands for one primary code, whatever the extended code`() {
    let flags: [(Int32, KeyPath<SQLiteError, Bool>)] = [
      (5, \.isBusy), (7, \.isOutOfMemory), (8, \.isReadOnly), (9, \.isInterrupted), (10, \.isIO),
      (11, \.isCorrupt), (13, \.isFull), (14, \.isCantOpen), (19, \.isConstraint), (26, \.isNotADatabase),
    ]
    for primaryCode in 1...28 as ClosedRange<Int32> {
      let error = SQLiteError(extendedCode: primaryCode | 3 << 8, message: "", sql: nil)
      for (code, flag) in flags {
        #expect(error[keyPath: flag] == (code == primaryCode), "\(flag) for code \(primaryCode)")
      }
    }
  }
}

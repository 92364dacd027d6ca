// Parameters and columns: every value that goes in comes out the same, whatever bytes it is made of.
// What a failing statement says is in SQLiteErrorTests.swift.

import BenefitsLedger
import Testing

@Suite struct StatementTests {
  let connection: Connection
  let echo: Statement

  init() throws {
    connection = try Connection(path: "", mode: .memory)
    echo = try connection.prepare("SELECT ?1, length(?1)")
  }

  static let texts = [
    "", "a", "fifteen bytes..", "sixteen bytes...", "账本 🧧", "a\0b", "\0", "e\u{301}",
    String(repeating: "x", count: 65_536), String(repeating: "积分", count: 10_923),
  ]

  @Test(arguments: [0, 1, -1, Int64.min, Int64.max])
  func `An integer comes back`(value: Int64) throws {
    try echo.bind(1, value)
    #expect(try echo.step())
    #expect(echo.integer(0) == value)
    #expect(echo.optionalInteger(0) == value)
    #expect(echo.storageClass(0) == .integer)
    #expect(echo.value(0) == .integer(value))
    #expect(try !echo.step())
  }

  @Test(arguments: texts)
  func `A text comes back with the same bytes`(text: String) throws {
    try echo.bind(1, text)
    #expect(try echo.step())
    #expect(echo.storageClass(0) == .text)
    #expect(echo.bytes(0).elementsEqual(text.utf8))
    #expect(echo.text(0).utf8.elementsEqual(text.utf8))
    #expect(echo.optionalText(0) == text)
    #expect(echo.value(0) == .text(text))
  }

  @Test(arguments: texts)
  func `A text survives being stored`(text: String) throws {
    try connection.execute("CREATE TABLE t (a TEXT NOT NULL) STRICT")
    let insert = try connection.prepare("INSERT INTO t (a) VALUES (?1)")
    try insert.bind(1, text)
    try insert.run()
    #expect(try connection.text(of: "SELECT a FROM t")?.utf8.elementsEqual(text.utf8) == true)
  }

  @Test(arguments: [[], [0], [0xff, 0, 0xfe], [UInt8](repeating: 0xab, count: 65_536)])
  func `A blob comes back, and an empty one is not NULL`(bytes: [UInt8]) throws {
    try bytes.withUnsafeBytes { try echo.bind(1, blob: $0) }
    #expect(try echo.step())
    #expect(echo.storageClass(0) == .blob)
    #expect(echo.integer(1) == bytes.count)
    #expect(echo.bytes(0).elementsEqual(bytes))
    #expect(echo.value(0) == .blob(bytes))
  }

  @Test func `An empty buffer without an address is an empty value and not NULL`() throws {
    try echo.bind(1, text: UnsafeRawBufferPointer(start: nil, count: 0))
    #expect(try echo.step())
    #expect(echo.value(0) == .text(""))
    echo.reset()
    try echo.bind(1, blob: UnsafeRawBufferPointer(start: nil, count: 0))
    #expect(try echo.step())
    #expect(echo.value(0) == .blob([]))
  }

  @Test func `Nothing comes back as NULL`() throws {
    func expectNull() throws {
      #expect(try echo.step())
      #expect(echo.isNull(0))
      #expect(echo.value(0) == .null)
      #expect(echo.optionalInteger(0) == nil)
      #expect(echo.optionalText(0) == nil)
      #expect(echo.text(0) == "")
      #expect(echo.integer(0) == 0)
      #expect(echo.bytes(0).isEmpty)
      echo.reset()
      try echo.bind(1, 1)
    }
    try expectNull()
    try echo.bindNull(1)
    try expectNull()
    try echo.bind(1, Int64?.none)
    try expectNull()
    try echo.bind(1, String?.none)
    try expectNull()
    try echo.bind(1, Int64?.some(8))
    #expect(try echo.step())
    #expect(echo.integer(0) == 8)
  }

  @Test(arguments: [
    SQLValue.null, .integer(-5), .text(""), .text("a\0b"), .blob([]), .blob([1, 0, 255]),
  ])
  func `A value whose type is known at run time comes back`(value: SQLValue) throws {
    try echo.bind(1, value)
    #expect(try echo.step())
    #expect(echo.value(0) == value)
  }

  @Test(arguments: [[0xff], [0x61, 0xc3, 0x62], [0xed, 0xa0, 0x80], [0xc0, 0x80]] as [[UInt8]])
  func `Malformed UTF-8 is readable, repaired as a text and exact as bytes`(bytes: [UInt8]) throws {
    try bytes.withUnsafeBytes { try echo.bind(1, text: $0) }
    #expect(try echo.step())
    #expect(echo.storageClass(0) == .text)
    #expect(echo.text(0).contains("\u{fffd}"))
    #expect(echo.bytes(0).elementsEqual(bytes))
    #expect(echo.value(0) == .unexpected(.text, bytes))
    #expect(echo.value(0) != .text(echo.text(0)))
  }

  @Test func `A REAL differs from every value of ours and cannot be bound`() throws {
    let real = try connection.prepare("SELECT 1.0, 1.5")
    #expect(try real.step())
    #expect(real.storageClass(0) == .real)
    #expect(real.value(0) == .unexpected(.real, [0x3f, 0xf0, 0, 0, 0, 0, 0, 0]))
    #expect(real.value(0) != .integer(1))
    #expect(real.value(0) != real.value(1))
    let error = try #require(throws: SQLiteError.self) { try echo.bind(1, real.value(0)) }
    #expect(error.message == "a real found in a damaged file cannot be bound")
  }

  @Test func `Texts that differ only in Unicode normalisation are different values`() {
    #expect("é" == "e\u{301}")
    #expect(SQLValue.text("é") != .text("e\u{301}"))
    #expect(Set([SQLValue.text("é"), .text("e\u{301}"), .text("é"), .blob([]), .null]).count == 4)
  }

  @Test func `Texts and bytes of a UTF-16 file are read as UTF-8`() throws {
    let connection = try Connection(path: "", mode: .memory)
    try connection.execute("PRAGMA encoding = 'UTF-16le'; CREATE TABLE t (a); INSERT INTO t VALUES ('账本')")
    let select = try connection.prepare("SELECT a FROM t")
    #expect(try select.step())
    #expect(select.bytes(0).elementsEqual("账本".utf8))
    #expect(select.value(0) == .text("账本"))
  }

  @Test func `Bytes bound without copying are gone from the statement afterwards`() throws {
    let record = [UInt8]("{\"points\":5}".utf8)
    let read = try record.withUnsafeBytes { bytes in
      try echo.withoutCopying(1, text: bytes) { () throws(SQLiteError) in
        try echo.step() ? echo.value(0) : .null
      }
    }
    #expect(read == .text("{\"points\":5}"))
    #expect(try echo.step())
    #expect(echo.isNull(0))
    echo.reset()
    let blob = try record.withUnsafeBytes { bytes in
      try echo.withoutCopying(1, blob: bytes) { () throws(SQLiteError) in
        try echo.step() ? echo.value(0) : .null
      }
    }
    #expect(blob == .blob(record))
  }

  @Test func `A finished statement can be bound and run again at once`() throws {
    try connection.execute("CREATE TABLE t (a INTEGER) STRICT")
    let insert = try connection.prepare("INSERT INTO t (a) VALUES (?1)")
    for value in 1...3 as ClosedRange<Int64> {
      try insert.bind(1, value)
      try insert.run()
    }
    let select = try connection.prepare("SELECT a FROM t ORDER BY a")
    for _ in 1...2 {
      var values: [Int64] = []
      while try select.step() { values.append(select.integer(0)) }
      #expect(values == [1, 2, 3])
    }
    #expect(select.columnCount == 1)
    #expect(insert.columnCount == 0)
  }
}

// Tamper drill, the log: bytes of records changed, records removed, moved, replaced, added, history rewritten. Derived
// tables are in RowTamperTests, raw file damage in FileDamageTests.

import BenefitsLedger
import Foundation
import Testing

/// Where each record's bytes stand in a closed database file.
struct RecordPlaces {
  var bytes: [UInt8]
  let offsets: [Int]

  init(_ path: String, _ records: [[UInt8]]) throws {
    let data = try Data(contentsOf: URL(fileURLWithPath: path))
    bytes = Array(data)
    offsets = try records.map { record in
      let range = try #require(data.range(of: Data(record)))
      #expect(data[range.upperBound...].range(of: Data(record)) == nil)
      return range.lowerBound
    }
  }
}

/// Runs statements on a ledger as somebody with a SQLite shell would: the log's triggers are dropped and put back.
func tamper(_ path: String, _ statements: [String], restoringTriggers: Bool = true) throws {
  let connection = try Connection(path: path, mode: .readWrite)
  var triggers: [(name: String, sql: String)] = []
  let select = try connection.prepare(
    "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' ORDER BY rowid")
  while try select.step() { triggers.append((select.text(0), select.text(1))) }
  for trigger in triggers { try connection.execute("DROP TRIGGER \(trigger.name)") }
  for statement in statements { try connection.execute(statement) }
  if restoringTriggers { for trigger in triggers { try connection.execute(trigger.sql) } }
  _ = try connection.checkpoint(.truncate)
}

@Suite("Tampering with the log")
struct RecordTamperTests {
  @Test("the untouched ledger verifies, whether it ends inside a tile or with one")
  func untouched() throws {
    for size in [255, 256, 257, 300] as [Int64] {
      let small = try SmallLedger(events: size, isExact: true)
      defer { small.remove() }
      let result = try Verifier.verify(small.path)
      #expect(result.findings == [])
      #expect(result.size == size)
    }
  }

  /// Flips bits of the byte and expects verify to name the record first.
  private func flip(
    _ index: Int, at offset: Int, mask: UInt8, in places: RecordPlaces, file: FileHandle, path: String
  ) throws {
    let place = places.offsets[index] + offset
    func write(_ byte: UInt8) throws {
      try file.seek(toOffset: UInt64(place))
      try file.write(contentsOf: Data([byte]))
    }
    try write(places.bytes[place] ^ mask)
    let result = try Verifier.verify(path, cores: 1)
    let first = result.findings.first
    #expect(first?.position == Int64(index + 1), "record \(index + 1), byte \(offset), mask \(mask)")
    try write(places.bytes[place])
  }

  @Test("a flipped byte in any record is found, and that record is named first")
  func flippedBytes() throws {
    let small = try SmallLedger()
    defer { small.remove() }
    let records = try small.records()
    let path = try small.copy()
    let places = try RecordPlaces(path, records)
    let file = try #require(FileHandle(forUpdatingAtPath: path))
    let isLong = ProcessInfo.processInfo.environment["BENEFITS_LONG_DRILLS"] != nil
    var numbers = SeededNumbers(seed: 20_221_001)
    var flips = 0
    let started = Date()
    for (index, record) in records.enumerated() {
      // One record whole here, all of them in the long run.
      let isWhole = isLong || index == 40
      let offsets = isWhole ? Array(record.indices) : [Int.random(in: record.indices, using: &numbers)]
      for offset in offsets {
        let mask = UInt8.random(in: 1...255, using: &numbers)
        try flip(index, at: offset, mask: mask, in: places, file: file, path: path)
        flips += 1
      }
    }
    print("flipped \(flips) bytes of \(records.count) records in \(Date().timeIntervalSince(started)) s")
    #expect(try Verifier.verify(path).findings == [])
  }

  @Test(
    "every byte of every record, flipped: the hash differs, and reading and folding what is left never crash")
  func everyByte() throws {
    let small = try SmallLedger()
    defer { small.remove() }
    var numbers = SeededNumbers(seed: 6_962)
    var book = Book.complete()
    var decodable = 0
    for record in try small.records() {
      let leaf = MerkleTree.leafHash(record)
      var altered = record
      for index in record.indices {
        altered[index] ^= UInt8.random(in: 1...255, using: &numbers)
        #expect(MerkleTree.leafHash(altered) != leaf)
        if let event = try? altered.withUnsafeBufferPointer({ try EventRecord($0) }) {
          decodable += 1
          var other = book
          other.apply(event)
          for key in event.touched { _ = (other.cells(of: key), other.negative(key)) }
          _ = (event.legs.count, event.rebuiltCommand)
        }
        altered[index] = record[index]
      }
      book.apply(try record.withUnsafeBufferPointer { try EventRecord($0) })
    }
    #expect(decodable > 1_000)
  }

  /// What is done with SQL, the record that must be named first, and how it must be called.
  struct Deed: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let sql: [String]
    let position: Int64
    let code: Finding.Code

    init(_ description: String, _ position: Int64, _ code: Finding.Code, _ sql: String...) {
      testDescription = description
      self.sql = sql
      self.position = position
      self.code = code
    }
  }

  @Test(
    "records removed, moved, replaced and added are found, and the first of them is named",
    arguments: [
      Deed("the last row deleted", 300, .recordMissing, "DELETE FROM event WHERE position = 300"),
      Deed("a row in the tile deleted", 20, .recordMissing, "DELETE FROM event WHERE position = 20"),
      Deed("a row in the tail deleted", 280, .recordMissing, "DELETE FROM event WHERE position = 280"),
      Deed("the first row deleted", 1, .recordMissing, "DELETE FROM event WHERE position = 1"),
      Deed("everything deleted", 1, .recordMissing, "DELETE FROM event"),
      Deed(
        "two rows swapped", 100, .recordAltered, "UPDATE event SET position = 1000 WHERE position = 100",
        "UPDATE event SET position = 100 WHERE position = 200",
        "UPDATE event SET position = 200 WHERE position = 1000"),
      Deed(
        "two rows swapped with their positions mended", 100, .recordAltered,
        "CREATE TEMP TABLE old AS SELECT * FROM event WHERE position IN (100, 200)",
        """
        UPDATE event SET record = (SELECT replace(old.record, '"position":' || old.position || ',',
          '"position":' || event.position || ',') FROM old WHERE old.position = 300 - event.position)
        WHERE position IN (100, 200)
        """),
      Deed(
        "a row replaced by another record", 50, .recordAltered,
        "INSERT OR REPLACE INTO event SELECT 50, record FROM event WHERE position = 40"),
      Deed(
        "a row deleted and the later ones moved up", 150, .recordAltered,
        "DELETE FROM event WHERE position = 150",
        "UPDATE event SET position = -position WHERE position > 150",
        "UPDATE event SET position = -position - 1 WHERE position < 0"),
      Deed(
        "an empty record", 77, .recordMalformed, "UPDATE event SET record = '' WHERE position = 77"),
      Deed(
        "a record longer than any may be", 77, .recordMalformed,
        "UPDATE event SET record = record || hex(zeroblob(100000)) WHERE position = 77"),
      Deed(
        "white space in a record", 299, .recordMalformed,
        "UPDATE event SET record = replace(record, ':', ': ') WHERE position = 299"),
      Deed(
        "another amount", 30, .recordAltered,
        "UPDATE event SET record = replace(record, '2022-10-01T', '2022-10-02T') WHERE position = 30"),
      Deed(
        "a record altered before one that cannot be read", 30, .recordAltered,
        "UPDATE event SET record = replace(record, '2022-10-01T', '2022-10-02T') WHERE position = 30",
        "UPDATE event SET record = 'x' WHERE position = 60"),
      Deed(
        "a record altered before one that is gone, in the tail", 270, .recordAltered,
        "UPDATE event SET record = replace(record, '2022-10-01T', '2022-10-02T') WHERE position = 270",
        "DELETE FROM event WHERE position = 290"),
      Deed(
        "an extra row after the head", 301, .recordBeyondHead,
        "INSERT INTO event SELECT 301, replace(record, '\"position\":300', '\"position\":301') FROM event "
          + "WHERE position = 300"),
      Deed(
        "a row far after the head", 301, .recordBeyondHead,
        "INSERT INTO event VALUES (9000000000000000000, '{}')"),
      Deed("a row before the first", 0, .recordMisplaced, "INSERT INTO event VALUES (0, '{}')"),
      Deed("a row at a negative position", -7, .recordMisplaced, "INSERT INTO event VALUES (-7, '{}')"),
    ])
  func deed(_ deed: Deed) throws {
    let small = try SmallLedger(events: 300, isExact: true)
    defer { small.remove() }
    try tamper(small.path, deed.sql)
    for cores in [1, 2] {
      let result = try Verifier.verify(small.path, cores: cores)
      #expect(result.findings.first?.position == deed.position, "\(result.findings)")
      #expect(result.findings.first?.code == deed.code, "\(result.findings)")
    }
  }

  @Test("a record that changes a command of two events is named, not the event before it")
  func secondEventOfACommand() throws {
    let small = try SmallLedger()
    defer { small.remove() }
    let reader = try LedgerReader(path: small.path)
    let size = try reader.head().tree.size
    // An event that follows another of the same command.
    let second = try #require(
      try (2...size).first { position in
        let command = try reader.record(at: position).command
        return try command.text.hasPrefix("c-1") && command == reader.record(at: position - 1).command
      })
    let key = "\"command\":\"\(try reader.record(at: second).command)"
    try tamper(
      small.path,
      ["UPDATE event SET record = replace(record, '\(key)', '\(key)-other') WHERE position = \(second)"])
    let result = try Verifier.verify(small.path)
    #expect(result.findings.first?.position == second, "\(result.findings)")
  }

  @Test("a history rewritten with all its hashes is found with the checkpoint of the original only")
  func rewrittenHistory() throws {
    let original = try SmallLedger(generosity: 2)
    defer { original.remove() }
    let forged = try SmallLedger(generosity: 3)
    defer { forged.remove() }
    let text = try LedgerReader(path: original.path).checkpoint()
    let checkpoint = try Checkpoint(parsing: Array(text.utf8))
    #expect(try Verifier.verify(original.path, checkpoint: checkpoint).findings == [])
    #expect(try Verifier.verify(forged.path).findings == [])
    let findings = try Verifier.verify(forged.path, checkpoint: checkpoint).findings
    #expect(findings.map(\.code) == [.checkpointDiffers])
    #expect(findings.first?.position == checkpoint.size)
  }

  @Test("a ledger cut back with all its hashes is found with the later checkpoint")
  func cutBack() throws {
    let original = try SmallLedger(events: 300)
    defer { original.remove() }
    let cut = try SmallLedger(events: 270)
    defer { cut.remove() }
    let checkpoint = try Checkpoint(parsing: Array(try LedgerReader(path: original.path).checkpoint().utf8))
    #expect(try Verifier.verify(cut.path).findings == [])
    #expect(
      try Verifier.verify(cut.path, checkpoint: checkpoint).findings.map(\.code) == [.checkpointDiffers])
  }

  @Test("a checkpoint of another ledger, or of nothing with a root, is found")
  func foreignCheckpoint() throws {
    let small = try SmallLedger()
    defer { small.remove() }
    let empty = try Checkpoint(origin: "other.example.org", size: 0, root: MerkleTree.emptyRoot)
    #expect(try Verifier.verify(small.path, checkpoint: empty).findings.map(\.code) == [.checkpointDiffers])
    let strange = try Checkpoint(origin: "drill.example.org", size: 0, root: MerkleTree.leafHash([]))
    #expect(try Verifier.verify(small.path, checkpoint: strange).findings.map(\.code) == [.checkpointDiffers])
  }
}

// benefits doctor, through the built tool: healthy, locked, damaged and foreign files.

import Foundation
import Testing

@testable import BenefitsLedger

@Suite("Doctor")
struct DoctorTests {
  private static let healthy = [
    "opened", "application-id", "schema", "fold", "events", "clock", "file", "page-size", "journal", "wal",
    "disk",
    "lock",
  ]

  /// The check of that name as `doctor --json` tells it.
  private func check(_ name: String, _ ledger: SmallLedger, status: Int32 = 0) throws -> Answer {
    let answer = try ledger.json("doctor", status: status)
    #expect(answer["healthy"].truth == (status == 0))
    return try #require(answer["checks"].list.first { $0["check"].text == name })
  }

  @Test("a healthy ledger is told line by line, each with its verdict")
  func healthy() throws {
    let ledger = try SmallLedger()
    let ending = try ledger.run("doctor")
    #expect(ending.status == 0)
    let lines = ending.stdout.split(separator: "\n")
    #expect(lines.count == Self.healthy.count)
    for (line, name) in zip(lines, Self.healthy) {
      #expect(line.wholeMatch(of: try Regex("(OK|WARN) +\(name) +.+")) != nil, "\(line)")
    }
    #expect(ending.stdout.contains("11 events, and the head says so too"))
    #expect(ending.stdout.contains("a writer sets journal mode WAL and synchronous FULL"))
    #expect(try check("events", ledger)["value"].number == 11)
    #expect(try check("page-size", ledger)["value"].number == 4096)
    #expect(try check("wal", ledger)["value"].number == 0)
  }

  @Test("the lock is told without being taken: who holds it, and that a dead holder's is stale")
  func lock() throws {
    let ledger = try SmallLedger()
    let stale = try check("lock", ledger)["message"].text ?? ""
    #expect(stale.hasSuffix("has ended; what it left behind is stale and harmless"), "\(stale)")
    let held = try WriterLock(path: ledger.path)
    let message = try check("lock", ledger)["message"].text
    #expect(message == "process \(getpid()) is alive and has the ledger open for writing")
    withExtendedLifetime(held) {}
  }

  @Test("doctor changes nothing, and leaves nothing behind but the side files of a reader")
  func harmless() throws {
    let ledger = try SmallLedger()
    let files = {
      try FileManager.default.contentsOfDirectory(atPath: ledger.folder.path).sorted()
        .filter { !$0.hasSuffix("-wal") && !$0.hasSuffix("-shm") }
    }
    let (before, bytes) = (try files(), try Data(contentsOf: URL(filePath: ledger.path)))
    #expect(try ledger.run("doctor").status == 0)
    #expect(try Data(contentsOf: URL(filePath: ledger.path)) == bytes)
    #expect(try files() == before)
  }

  @Test("a clock behind the last event is a warning, not a failure")
  func clock() throws {
    let ledger = try SmallLedger()
    try ledger.edit("UPDATE head SET recorded_at = '2999-01-01T00:00:00.000Z'")
    let found = try check("clock", ledger)
    #expect(found["verdict"].text == "WARN")
    #expect(found["message"].text?.contains("after this machine's clock; set the clock right") == true)
  }

  @Test(
    "what a writer would refuse is a failure that says what to do",
    arguments: [
      ("PRAGMA user_version = 99", "schema", "update it"),
      ("DROP TRIGGER event_never_deleted", "schema", "run `benefits verify`"),
      ("UPDATE meta_fold SET version = 0", "fold", "run `benefits rebuild`"),
      ("UPDATE meta_fold SET version = 99", "fold", "update it"),
      ("UPDATE head SET size = 13", "events", "run `benefits verify`"),
      (
        "DROP TRIGGER event_never_deleted; DELETE FROM event WHERE position = 11", "events",
        "restore a backup"
      ),
      ("PRAGMA application_id = 7", "application-id", "restore a backup"),
    ])
  func failures(sql: String, name: String, advice: String) throws {
    let ledger = try SmallLedger()
    try ledger.edit(sql)
    let found = try check(name, ledger, status: 1)
    #expect(found["verdict"].text == "FAIL")
    #expect(found["message"].text?.contains(advice) == true, "\(found["message"].text ?? "")")
  }

  @Test("a ledger that lacks a table is damaged for every verb that needs it, and trying again does not help")
  func missingTable() throws {
    let ledger = try SmallLedger()
    try ledger.edit("ALTER TABLE points_wallet RENAME TO wallet")
    #expect(try check("schema", ledger, status: 1)["verdict"].text == "FAIL")
    let shown = try ledger.run("show", "member", "m-1")
    #expect(shown.status == 65)
    #expect(shown.stderr.contains("no such table: points_wallet). Run `benefits verify`."), "\(shown.stderr)")
  }

  @Test("a schema from before is a warning: the next writer brings it up to date")
  func olderSchema() throws {
    let ledger = try SmallLedger()
    try ledger.edit("PRAGMA user_version = 1")
    #expect(try check("schema", ledger)["verdict"].text == "WARN")
  }

  @Test("a damaged first page is told as such, with what is still known")
  func firstPage() throws {
    let ledger = try SmallLedger()
    try ledger.overwrite(at: 2, with: "XXXX")
    let ending = try ledger.run("doctor")
    #expect(ending.status == 1)
    #expect(
      ending.stdout.hasPrefix("FAIL  opened     the first page of \(ledger.path) is damaged"),
      "\(ending.stdout)")
    #expect(ending.stdout.contains("\nOK    page-size  pages of 4096 bytes\n"))
  }

  @Test("a damaged page inside is the failure of what stands there, and the rest is told")
  func innerPage() throws {
    let ledger = try SmallLedger()
    let text = String(repeating: "\u{7F}", count: 4096)
    for page in 1..<20 { try ledger.overwrite(at: UInt64(page) * 4096, with: text) }
    let ending = try ledger.run("doctor")
    #expect(ending.status == 1)
    #expect(ending.stdout.contains("FAIL  events"), "\(ending.stdout)")
    #expect(ending.stdout.contains("is damaged (database disk image is malformed)"))
    #expect(ending.stdout.contains("OK    application-id"))
  }

  @Test("a file that was cut off is a failure that says how much belongs to it")
  func truncated() throws {
    let ledger = try SmallLedger()
    let handle = try #require(FileHandle(forWritingAtPath: ledger.path))
    try handle.truncate(atOffset: 12_288)
    try handle.close()
    let found = try check("file", ledger, status: 1)
    #expect(found["verdict"].text == "FAIL")
    #expect(found["message"].text?.contains("12288 bytes, but ") == true)
  }

  @Test("a file that is no ledger ends with 65, one that is not there with 66")
  func foreign() throws {
    let ledger = try SmallLedger()
    let text = ledger.folder.appending(path: "notes.txt").path
    try Data(String(repeating: "just some notes\n", count: 200).utf8).write(to: URL(filePath: text))
    let other = ledger.folder.appending(path: "other.db").path
    let connection = try Connection(path: other, mode: .create)
    try connection.execute("CREATE TABLE event (a)")
    try connection.close()
    let empty = ledger.folder.appending(path: "empty").path
    try Data().write(to: URL(filePath: empty))
    for (path, status, sentence) in [
      (text, 65, "is not a ledger: it is no SQLite file, or its first page is damaged."),
      (other, 65, "is an SQLite file, but not a ledger."),
      (empty, 65, "is an empty file, not a ledger. Remove it; `benefits init` makes a new one."),
      (ledger.folder.path, 65, "is a folder, not a ledger."), (other + "x", 66, "There is no file "),
    ] {
      let ending = try Tool.run(["doctor", path])
      #expect(ending.status == Int32(status), "\(path)")
      #expect(ending.stdout == "")
      #expect(ending.stderr.contains(sentence), "\(ending.stderr)")
    }
  }
}

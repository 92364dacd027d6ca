// `benefits verify --redecide` at the command line: what it prints of an honest ledger, of a forged one whose hashes and
// rows were mended, and of a damaged one. What it finds is tested in BenefitsLedgerTests/Verify.

import Foundation
import LedgerCore
import Testing

@testable import BenefitsLedger

@Suite("verify --redecide")
struct RedecideVerbTests {
  /// A ledger with an earning at position 12 and a refused spending.
  private static func make() throws -> SmallLedger {
    let ledger = try SmallLedger()
    try ledger.apply([
      SmallLedger.points("e-1", "2022-01-03T09:00:00", "earn", #""rule":"read","quantity":1"#)
    ])
    let refused = SmallLedger.points("s-1", "2022-01-03T10:00:00", "spend", #""points":9"#)
    #expect(try Tool.run(["apply", ledger.path, "-"], input: Data(refused.utf8)).status == 1)
    return ledger
  }

  /// Another ledger of the same records, with a text replaced in one of them, and with hashes and rows of its own.
  private static func forge(_ ledger: SmallLedger, _ old: String, _ new: String) throws -> String {
    let path = ledger.path + ".forged"
    try LedgerFile.claim(path)
    let connection = try LedgerFile.create(path)
    let log = try EventLog(connection, path: path)
    try connection.beginImmediate()
    try LedgerReader(path: ledger.path).eachRecord(from: 1) { bytes in
      let line = String(decoding: bytes, as: UTF8.self).replacing(old, with: new)
      try Array(line.utf8).withUnsafeBytes { bytes in
        let record = try EventRecord(bytes.bindMemory(to: UInt8.self))
        try log.append(bytes, at: record.position)
        // Each command of this ledger has one event.
        try log.note(record.command, at: record.position)
        try log.writeHead(recordedAt: record.recordedAt)
      }
    }
    try connection.commit()
    _ = try connection.checkpoint(.truncate)
    _ = try Rebuilder.rebuild(path)
    return path
  }

  @Test("says how many commands were decided anew, and ends with 0")
  func honest() throws {
    let ledger = try Self.make()
    let ending = try ledger.run("verify", "--redecide")
    #expect(ending.status == 0)
    #expect(ending.stdout.contains("verified: 13 events"))
    #expect(ending.stdout.hasSuffix("decided anew: 13 commands; all their events are what was decided\n"))
    let answer = try ledger.json("verify", "--redecide")
    #expect(answer["decisions"]["commands"].number == 13)
    #expect(answer["decisions"]["unproven"].number == 0)
    #expect(try ledger.json("verify")["decisions"].isNull)
  }

  @Test("names the event, the command, the field and both values of what was forged, and ends with 1")
  func forged() throws {
    let ledger = try Self.make()
    let path = try Self.forge(ledger, #""available":2"#, #""available":3"#)
    #expect(try Tool.run(["verify", path]).status == 0)
    let ending = try Tool.run(["verify", path, "--redecide"])
    #expect(ending.status == 1)
    #expect(
      ending.stdout.hasPrefix(
        "event 12: decision.differs: `data.available` of points.earned, command e-1, is recorded as 3; decided anew it is 2."
      ), "\(ending.stdout)")
    #expect(
      ending.stdout.hasSuffix("decided anew: 11 commands; the next one differs, the rest was not looked at\n")
    )
    let json = try Tool.run(["verify", path, "--redecide", "--json"])
    let finding = Answer(try JSONSerialization.jsonObject(with: Data(json.stdout.utf8)))["findings"][0]
    #expect(finding["code"].text == "decision.differs")
    #expect(finding["position"].number == 12)
    let expected = [
      "command": "e-1", "type": "points.earned", "field": "data.available", "recorded": "3", "decided": "2",
    ]
    for (name, value) in expected { #expect(finding["difference"][name].text == value) }
  }

  @Test("names refusals that rest on commands of their group which left no record")
  func unproven() throws {
    let ledger = try Self.make()
    let lines = ["g-1", "g-2"].map { id in
      SmallLedger.points(id, "2022-01-03T11:00:00", "spend", #""points":2"#)
    }
    let ending = try Tool.run(
      ["apply", ledger.path, "-", "--atomic"], input: Data(lines.joined(separator: "\n").utf8))
    #expect(ending.status == 1)
    let verified = try ledger.run("verify", "--redecide")
    #expect(verified.status == 0)
    #expect(
      verified.stdout.hasSuffix(
        "not proven, for what was rolled back with them left no record: 1 of the refusals, events 14\n"))
  }

  @Test("decides nothing of a ledger that is damaged, and says so")
  func damaged() throws {
    let ledger = try Self.make()
    try ledger.edit("UPDATE points_wallet SET available = 3")
    let ending = try ledger.run("verify", "--redecide")
    #expect(ending.status == 1)
    #expect(ending.stdout.hasSuffix("not decided anew: mend what was found, and verify again\n"))
    #expect(try ledger.json("verify", "--redecide", status: 1)["decisions"].isNull)
  }
}

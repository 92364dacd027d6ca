// Tamper drill, the file: random bytes changed and the end cut off. Whatever is there, nothing may crash: an answer, a
// finding or a LedgerError.

import BenefitsLedger
import Foundation
import Testing

@Suite("Damage to the file")
struct FileDamageTests {
  /// Everything that opens a ledger, on a file that may be anything.
  private func useEverything(_ path: String) throws {
    func expectLedgerError(_ body: () throws -> Void) {
      do { try body() } catch is LedgerError {} catch { Issue.record("\(type(of: error)): \(error)") }
    }
    expectLedgerError { _ = try Verifier.verify(path) }
    expectLedgerError {
      let replayer = try Replayer(path: path)
      _ = try replayer.replay(ReplayBound()).totals
      _ = try replayer.differingRows()
    }
    expectLedgerError {
      let reader = try LedgerReader(path: path)
      _ = try reader.checkpoint()
      try reader.eachRecord(from: 1) { _ in }
      let member = try #require(MemberID("m-1"))
      _ = try reader.wallet(of: member, at: SystemClock().now())
      _ = try reader.member(member)
      _ = try reader.memberAsOf(member, position: 200)
      _ = try reader.actor(try #require(ActorID("app")))
      _ = try reader.rule(try #require(RuleID("reading")))
      _ = try reader.pointsAccount(of: try #require(OrganisationID("plant")))
      _ = try reader.lastPosition(recordedBefore: SystemClock().now())
    }
    expectLedgerError {
      let ledger = try Ledger.open(at: path)
      defer { ledger.close() }
      let command = try SmallLedger.command(
        #"{"id":"after","type":"points.earn","at":"2022-10-01T08:00:00+08:00","actor":"app","#
          + #""data":{"member":"m-1","rule":"reading","quantity":1}}"#)
      _ = try ledger.performAndWait(Request(commands: [command]))
    }
  }

  @Test("bytes changed anywhere in the file end in findings or a LedgerError, never in a crash")
  func changedBytes() throws {
    let small = try SmallLedger()
    defer { small.remove() }
    let original = Array(try Data(contentsOf: URL(fileURLWithPath: small.path)))
    var numbers = SeededNumbers(seed: 340)
    for round in 0..<300 {
      var bytes = original
      // Every third time in the first page, which says what the rest is; else one byte or a handful.
      let range = round % 3 == 0 ? 0..<4_096 : 0..<bytes.count
      for _ in 0..<(round % 2 == 0 ? 1 : 8) {
        bytes[Int.random(in: range, using: &numbers)] = UInt8.random(in: 0...255, using: &numbers)
      }
      let path = small.folder + "/damaged-\(round)"
      try Data(bytes).write(to: URL(fileURLWithPath: path))
      try useEverything(path)
      for suffix in ["", "-wal", "-shm", "-lock"] {
        try? FileManager.default.removeItem(atPath: path + suffix)
      }
    }
  }

  @Test("a file cut off anywhere ends in findings or a LedgerError, never in a crash")
  func cutOff() throws {
    let small = try SmallLedger()
    defer { small.remove() }
    let original = try Data(contentsOf: URL(fileURLWithPath: small.path))
    var numbers = SeededNumbers(seed: 341)
    let lengths =
      [0, 1, 15, 16, 99, 100, 4_095, 4_096]
      + (0..<50).map { _ in Int.random(in: 0..<original.count, using: &numbers) }
    for (round, length) in lengths.enumerated() {
      let path = small.folder + "/cut-\(round)"
      try original.prefix(length).write(to: URL(fileURLWithPath: path))
      var isFound = true
      do { isFound = try !Verifier.verify(path).findings.isEmpty } catch is LedgerError {}
      #expect(isFound, "cut to \(length) of \(original.count) bytes")
      try useEverything(path)
    }
  }
}

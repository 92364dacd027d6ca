// The stories of Fixtures/refusals through the tool: every refusal code with the numbers that decide, and every other
// answer of `apply`. The expected numbers stand in Fixtures/refusals/expected.json, worked out by hand.

import BenefitsLedger
import Foundation
import Testing

@Suite("The stories of refusals")
struct RefusalFixtureTests {
  private static let folder = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Fixtures/refusals")

  /// The stories beside `answers`, which is looked at line by line.
  private static let stories: [String] = {
    let names = try? FileManager.default.contentsOfDirectory(atPath: folder.path)
    return (names ?? []).filter { $0.hasSuffix(".jsonl") }.map { String($0.dropLast(6)) }
      .filter { $0 != "setup" && $0 != "answers" }.sorted()
  }()

  private static func expected() throws -> [String: Any] {
    let data = try Data(contentsOf: folder.appending(path: "expected.json"))
    return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
  }

  private static func refusals() throws -> [String: [String: Any]] {
    try #require(try expected()["refusals"] as? [String: [String: Any]])
  }

  /// The answers to a story in a new ledger, after the setup, all of which must be accepted.
  private static func tell(_ story: String) throws -> [[String: Any]] {
    let place = FileManager.default.temporaryDirectory.appending(path: "benefits-story-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: place) }
    let ledger = place.appending(path: "story.ledger").path
    #expect(try Tool.run(["init", ledger, "--name", "R", "--owner", "owner"]).status == 0)
    let setup = try Tool.run(["apply", ledger, folder.appending(path: "setup.jsonl").path])
    #expect(setup.status == 0, "\(setup.stdout)")
    let text = try String(contentsOf: folder.appending(path: "\(story).jsonl"), encoding: .utf8)
    let mobile = "13" + "572468013"
    let ending = try Tool.run(
      ["apply", ledger, "-"] + (story == "rehearsal" ? ["--dry-run"] : []),
      input: Data(text.replacing("MOBILE", with: mobile).utf8))
    #expect(!ending.stdout.contains(mobile.dropFirst(4)))
    // One user brought both actors of an approval, which is a finding.
    #expect(try Tool.run(["verify", ledger, "--redecide"]).status == (story == "approvals" ? 1 : 0))
    return try ending.stdout.split(separator: "\n").map { line in
      try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    }
  }

  /// The code after which a command or answer is named; another id when it is named after none.
  private static func code(_ line: [String: Any]) -> String? {
    (line["id"] as? String)?.split(separator: "/").first.map(String.init)
  }

  /// Whether what was found is what was expected, but for what nobody can know beforehand.
  private static func isEqual(_ found: Any?, _ expected: Any?) -> Bool {
    let found = found as? [String: Any] ?? [:]
    let expected = expected as? [String: Any] ?? [:]
    guard found.keys.sorted() == expected.keys.sorted() else { return false }
    return expected.allSatisfy { key, value in
      if value as? String == "…" { return true }
      return (value as? NSObject) == (found[key] as? NSObject)
    }
  }

  @Test(
    "a command named after a code is refused with it and its numbers, and no other is", arguments: stories)
  func refused(story: String) throws {
    let expected = try Self.refusals()
    for answer in try Self.tell(story) {
      let code = try #require(Self.code(answer))
      guard let refusal = expected[code] else {
        #expect(answer["status"] as? String == "accepted", "\(answer)")
        continue
      }
      #expect(answer["status"] as? String == "refused", "\(answer)")
      #expect(answer["code"] as? String == code)
      #expect(Self.isEqual(answer["data"], refusal["data"]), "\(answer)")
    }
  }

  @Test("every code has its line in a story and its numbers in the expected book")
  func complete() throws {
    let codes = Refusal.Code.allCases.map(\.rawValue).sorted()
    #expect(try Self.refusals().keys.sorted() == codes)
    let told = try Self.stories.flatMap { story in
      try String(contentsOf: Self.folder.appending(path: "\(story).jsonl"), encoding: .utf8)
        .split(separator: "\n").compactMap { line in
          (try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]).flatMap(Self.code)
        }
    }
    #expect(told.filter(codes.contains).sorted() == codes)
  }

  @Test("every other answer is met, line by line: accepted, repeated, conflict, rolled-back, invalid")
  func answers() throws {
    let found = try Self.tell("answers")
    let expected = try #require(try Self.expected()["answers"] as? [[String: Any]])
    #expect(found.count == expected.count)
    for (found, expected) in zip(found, expected) {
      let status = expected["status"] as? String
      #expect(found["id"] as? String == expected["id"] as? String)
      #expect(found["status"] as? String == status, "\(found)")
      #expect(found["code"] as? String == expected["code"] as? String)
      #expect(found["line"] as? Int == expected["line"] as? Int)
      #expect(found["repeated"] as? Bool ?? false == expected["repeated"] as? Bool ?? false, "\(found)")
      // What was accepted may tell balances; here nothing has any.
      #expect(Self.isEqual(found["data"], expected["data"]), "\(found)")
    }
    let codes = Set(expected.compactMap { $0["code"] as? String }).subtracting(
      Refusal.Code.allCases.map(\.rawValue))
    #expect(
      codes == [
        "request.other-content", "group.rolled-back", LedgerError.Code.malformed.rawValue,
        LedgerError.Code.personalData.rawValue,
      ])
  }
}

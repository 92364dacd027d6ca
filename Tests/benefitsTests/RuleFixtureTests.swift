// The stories of Fixtures/rules through the tool: each rule with the book it should give. The expected books stand in
// Fixtures/rules/expected.json, worked out by hand.

import BenefitsLedger
import Foundation
import Testing

@Suite("The stories of rules")
struct RuleFixtureTests {
  private struct Book: Decodable {
    struct Answer: Decodable, Equatable {
      var status: String
      var code: String?
      var data: [String: Value]?
    }
    struct Wallet: Decodable {
      var available, held: Int64
      var lots: [String]
    }
    var answers: [String: Answer]
    var wallets: [String: Wallet]
  }

  /// A number or word of an answer.
  private enum Value: Decodable, Equatable {
    case number(Int64)
    case word(String)
    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let number = try? container.decode(Int64.self) {
        self = .number(number)
      } else {
        self = .word(try container.decode(String.self))
      }
    }
  }

  private struct Line: Decodable {
    var id: String
    var status: String
    var code: String?
    var data: [String: Value]?
  }

  private static let fixtures = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Fixtures")

  private static let stories: [String] = {
    let names = try? FileManager.default.contentsOfDirectory(atPath: fixtures.appending(path: "rules").path)
    return (names ?? []).filter { $0.hasSuffix(".jsonl") }.map { String($0.dropLast(6)) }.sorted()
  }()

  private static func books() throws -> [String: Book] {
    try JSONDecoder().decode(
      [String: Book].self, from: Data(contentsOf: fixtures.appending(path: "rules/expected.json")))
  }

  @Test("every story has a book, and every book a story")
  func complete() throws {
    #expect(try Self.books().keys.sorted() == Self.stories)
    #expect(Self.stories.count > 10)
  }

  @Test("give the answers and wallets worked out by hand", arguments: stories)
  func book(story: String) throws {
    let expected = try #require(try Self.books()[story])
    let place = FileManager.default.temporaryDirectory.appending(path: "benefits-rule-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: place) }
    let ledger = place.appending(path: "story.ledger").path
    #expect(try Tool.run(["init", ledger, "--name", "R", "--owner", "owner"]).status == 0)
    let setup = Self.fixtures.appending(path: "refusals/setup.jsonl").path
    #expect(try Tool.run(["apply", ledger, setup]).status == 0)
    let commands = Self.fixtures.appending(path: "rules/\(story).jsonl").path
    let answers = try Tool.run(["apply", ledger, commands]).stdout.split(separator: "\n").map {
      try JSONDecoder().decode(Line.self, from: Data($0.utf8))
    }
    for answer in answers {
      guard let wanted = expected.answers[answer.id] else {
        #expect(answer.status == "accepted", "\(answer)")
        continue
      }
      #expect(answer.status == wanted.status, "\(answer.id)")
      #expect(answer.code == wanted.code, "\(answer.id)")
      #expect(answer.data ?? [:] == wanted.data ?? [:], "\(answer.id)")
    }
    #expect(Set(expected.answers.keys).isSubset(of: answers.map(\.id)))
    let reader = try LedgerReader(path: ledger)
    for (member, wanted) in expected.wallets {
      let id = try #require(MemberID(member))
      let wallet = try #require(try reader.recordedWallet(of: id))
      #expect(wallet.available.count == wanted.available)
      #expect(wallet.held.count == wanted.held)
      #expect(
        wallet.lots.map { lot in
          "\(lot.left.count) of \(lot.rule) \(lot.day)" + (lot.expires.map { " until \($0)" } ?? "")
        } == wanted.lots)
    }
    #expect(try Tool.run(["verify", ledger]).status == 0)
  }
}

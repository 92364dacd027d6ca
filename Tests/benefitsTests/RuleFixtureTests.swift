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
    /// By a command of the tool, without the ledger: what its answer must hold, and may hold more.
    var shows: [String: Value]?
    /// The id of a job that is opened and then killed, before the story is applied from its beginning again.
    var killed: String?

    /// What an audit finds, none when absent: here one person brings the commands of all actors.
    var findings: [String]?

    enum CodingKeys: String, CodingKey {
      case answers, wallets, shows, findings
      case killed = "killed in"
    }
  }

  /// Any JSON of an answer; there are no fractions in it (L1).
  private indirect enum Value: Decodable, Equatable {
    case null
    case truth(Bool)
    case number(Int64)
    case word(String)
    case list([Value])
    case object([String: Value])

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if container.decodeNil() {
        self = .null
      } else if let truth = try? container.decode(Bool.self) {
        self = .truth(truth)
      } else if let number = try? container.decode(Int64.self) {
        self = .number(number)
      } else if let word = try? container.decode(String.self) {
        self = .word(word)
      } else if let list = try? container.decode([Value].self) {
        self = .list(list)
      } else {
        self = .object(try container.decode([String: Value].self))
      }
    }

    /// Where this is not what is wanted. An object may have more than is wanted; a list may not.
    func differences(from wanted: Value, at path: String = "") -> [String] {
      switch (self, wanted) {
      case (.object(let found), .object(let wanted)):
        wanted.sorted { $0.key < $1.key }.flatMap { key, value in
          found[key]?.differences(from: value, at: "\(path).\(key)") ?? ["\(path).\(key) is missing"]
        }
      case (.list(let found), .list(let wanted)) where found.count == wanted.count:
        zip(found, wanted).enumerated().flatMap { index, pair in
          pair.0.differences(from: pair.1, at: "\(path)[\(index)]")
        }
      case _: self == wanted ? [] : ["\(path): \(self), not \(wanted)"]
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
    let commands = Self.fixtures.appending(path: "rules/\(story).jsonl")
    if let job = expected.killed { try Self.perform(commands, toOpening: job, in: ledger) }
    let answers = try Tool.run(["apply", ledger, commands.path]).stdout.split(separator: "\n").map {
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
    for (question, wanted) in expected.shows ?? [:] {
      var words = question.split(separator: " ").map(String.init)
      words.insert(ledger, at: 1)
      let answer = Data(try Tool.run(words + ["--json"]).stdout.utf8)
      let shown = try JSONDecoder().decode(Value.self, from: answer)
      #expect(shown.differences(from: wanted) == [], "\(question)")
    }
    let findings = expected.findings ?? []
    let verified = try Verifier.verify(ledger, redeciding: { _ in })
    #expect(verified.findings.map(\.code.rawValue) == findings)
    #expect(verified.decisions != nil)
    #expect(try Tool.run(["verify", ledger]).status == (findings.isEmpty ? 0 : 1))
  }

  /// Performs a story through the opening of a job and does none of its work, which is what a kill at that moment leaves.
  private static func perform(_ story: URL, toOpening job: String, in path: String) throws {
    let ledger = try Ledger.open(at: path)
    defer { ledger.close() }
    var parser = CommandParser()
    for line in try String(contentsOf: story, encoding: .utf8).split(separator: "\n") {
      var line = String(line)
      guard case .command(let command) = line.withUTF8({ parser.parse($0) }) else { continue }
      _ = try ledger.performAndWait(Request(commands: [command]))
      if command.id.text == job { break }
    }
    let opened = try #require(CommandID(job))
    #expect(try LedgerReader(path: path).job(opened)?.status == .open)
  }
}

// Every decided field of every event type, forged in turn: deciding its command anew must name it. The histories are the
// small ledger and stories of Fixtures; whole files with mended hashes are in RedecideTests.

import Foundation
import Testing

@testable import BenefitsLedger
@testable import LedgerCore

@Suite("Forged fields")
struct FieldForgeryTests {
  private static let fixtures = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Fixtures")

  /// What no story has, on top of the small ledger.
  private static let more = """
    {"id":"y-1","type":"coupon.unlock","at":"2022-10-01T09:00:00+08:00","actor":"app","data":{"member":"m-2","campaign":"heat-1","coupon":"c-3"}}
    {"id":"y-2","type":"coupon.return","at":"2022-10-01T09:00:00+08:00","actor":"app","data":{"member":"m-2","campaign":"heat-1","coupon":"c-3"}}
    {"id":"y-3","type":"coupon.grant","at":"2022-10-01T09:00:00+08:00","actor":"clerk","data":{"campaign":"heat-2","pieces":2}}
    {"id":"y-4","type":"coupon.claim","at":"2022-10-01T09:00:00+08:00","actor":"app","data":{"member":"m-8","campaign":"heat-2"}}
    {"id":"y-5","type":"coupon.revoke","at":"2022-10-01T09:00:00+08:00","actor":"clerk","data":{"member":"m-8","campaign":"heat-2","coupon":"y-4","reason":"left"}}
    {"id":"y-6","type":"approval.deny","at":"2022-10-01T09:00:00+08:00","actor":"chief","data":{"approval":"p-3"}}
    """

  private static func perform(_ lines: String, on ledger: Ledger) async throws {
    var commands: [Command] = []
    var parser = CommandParser()
    for line in lines.split(separator: "\n") {
      var line = String(line)
      if case .command(let command) = line.withUTF8({ parser.parse($0) }) { commands.append(command) }
    }
    _ = try await ledger.perform(batch: commands, via: FreeText("uid 1000"))
  }

  private static func small() async throws -> [EventRecord] {
    let small = try SmallLedger()
    defer { small.remove() }
    let ledger = try Ledger.open(at: small.path)
    defer { ledger.close() }
    try await perform(more, on: ledger)
    return try readRecords(small.path)
  }

  /// The log of a story, told in files one after the other.
  private static func log(of story: [URL]) async throws -> [EventRecord] {
    let folder = try DatabaseFolder()
    let opening = OpenLedger(
      name: try #require(FreeText("R")), origin: try #require(FreeText("rules.example.org")),
      zone: try #require(Zone("+08:00")), owner: try #require(ActorID("owner")))
    let ledger = try Ledger.create(at: folder.file("story.ledger"), opening)
    defer { ledger.close() }
    for file in story { try await perform(String(contentsOf: file, encoding: .utf8), on: ledger) }
    return try readRecords(folder.file("story.ledger"))
  }

  private static func stories(_ folder: String) throws -> [URL] {
    let place = fixtures.appending(path: folder)
    return try FileManager.default.contentsOfDirectory(atPath: place.path).sorted()
      .filter { $0.hasSuffix(".jsonl") }.map { place.appending(path: $0) }
  }

  private static func logs() async throws -> [[EventRecord]] {
    var logs = [try await small(), try await log(of: stories("scenarios/guangdong-retreat"))]
    let setup = fixtures.appending(path: "refusals/setup.jsonl")
    for story in try stories("rules") + stories("refusals") where story != setup {
      logs.append(try await log(of: [setup, story]))
    }
    return logs
  }

  @Test("each is named, with what is recorded and what is decided anew, whatever the event's type")
  func everyField() async throws {
    var drill = FieldDrill()
    for log in try await Self.logs() { drill.forge(log) }
    #expect(drill.missing == [], "event types that no history here has")
    #expect(drill.forged > 1_000)
  }
}

/// Forges events of every type in turn, each field of them, and asks for the decision.
private struct FieldDrill {
  /// How many events of a type are forged, all their fields in turn.
  private static let eventsPerType = 3
  /// What no rule gives, and why.
  private static let exempt = [
    // Which commands a refusal took down with it only the log knows; they left no record.
    "command.refused data.rolledBack"
  ]

  private(set) var forged = 0
  private var eventsForged: [String: Int] = [:]
  /// The types of which nothing was forged.
  var missing: [String] { Event.blanks.map(\.type.name).filter { eventsForged[$0] == nil } }

  mutating func forge(_ log: [EventRecord]) {
    var book = Book.complete()
    var earlier: [CommandID: [EventRecord]] = [:]
    for events in log.byCommand {
      for index in events.indices where events[index].rolledBack == nil {
        let type = events[index].type.name
        guard eventsForged[type, default: 0] < Self.eventsPerType else { continue }
        eventsForged[type, default: 0] += 1
        for forgery in EventRecord.forgeries(of: events, at: index)
        where !Self.exempt.contains("\(forgery)") {
          forged += 1
          check(
            forgery, at: events[index].position,
            book.redecided(events.replacing(index, with: forgery.record), earlier))
        }
      }
      if events.count > 1 { checkCut(events, book.redecided(events.dropLast(), earlier)) }
      switch book.redecide(events, recall: { id in earlier[id] ?? [] }) {
      case .same: break
      case .unproven: #expect(events[0].rolledBack != nil)
      case .differs(let findings): Issue.record("not forged, but found: \(findings)")
      }
      earlier[events[0].command] = events
    }
  }

  /// Without its last event a command lacks it, unless it cannot be rebuilt any more.
  private func checkCut(_ events: [EventRecord], _ redecision: Redecision) {
    guard case .differs(let findings) = redecision else {
      Issue.record("the cut of command \(events[0].command) is not found: \(redecision)")
      return
    }
    guard events.dropLast().contains(where: \.isFirst), let last = events.last else { return }
    #expect(findings.map(\.position) == [last.position])
    #expect(findings.map(\.difference?.field) == ["type"])
    #expect(findings.first?.difference?.recorded == nil)
    #expect(findings.first?.difference?.decided == last.type.name)
  }

  private func check(_ forgery: Forgery, at position: Int64, _ redecision: Redecision) {
    guard case .differs(let findings) = redecision else {
      Issue.record("\(forgery) of event \(position) is not found: \(redecision)")
      return
    }
    // An event that says it stands elsewhere is named there; that it does not is the business of plain verify.
    #expect(findings.map(\.position) == [forgery.record.position], "\(forgery) of event \(position)")
    #expect(findings.map(\.difference?.field) == [forgery.field], "\(forgery)")
    #expect(findings.first?.difference?.recorded != findings.first?.difference?.decided)
  }
}

extension Book {
  /// Decided anew on a copy.
  fileprivate func redecided(
    _ events: [EventRecord], _ earlier: [CommandID: [EventRecord]]
  ) -> Redecision {
    var copy = self
    return copy.redecide(events, recall: { id in earlier[id] ?? [] })
  }
}

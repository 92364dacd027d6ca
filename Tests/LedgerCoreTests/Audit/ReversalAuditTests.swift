// What an auditor asks of events that take back or set right others (L6). That verify asks it of every record is
// Verifier's.

import Testing

@testable import LedgerCore

@Suite("An audit of reversals")
struct ReversalAuditTests {
  private let noon = "2022-02-01T12:00:00+08:00"

  /// Ten points earned, five spent, and of each something taken back or set right, last of all.
  private func scene(_ last: (inout Scene) -> Void) -> Scene {
    var scene = Scene()
    scene.limits(100)
    scene.rule("read", 10)
    scene.when(noon, .member(.enrol(EnrolMember(member: "li", organisation: "gz"))))
    scene.earn(noon, member: "li", id: "other")
    scene.earn(noon, id: "visit")
    scene.spend(noon, 5, id: "sale")
    last(&scene)
    return scene
  }

  private func problem(_ scene: Scene, _ change: (inout EventRecord) -> Void = { _ in }) throws -> String? {
    var record = try #require(scene.records.last)
    change(&record)
    return scene.book.wrongReversal(record) { position in
      scene.records.first { $0.position == position }
    } answer: { command in
      scene.records.first { $0.command == command && $0.isFirst }
    }
  }

  private let endings: [(String, (inout Scene) -> Void)] = [
    ("refund", { $0.refund("2022-02-01T12:00:00+08:00", "sale", 5) }),
    ("claw-back", { $0.clawBack("2022-02-01T12:00:00+08:00", "visit") }),
    ("reversal of an earning", { $0.reverse("2022-02-01T12:00:00+08:00", "visit") }),
    ("reversal of a spending", { $0.reverse("2022-02-01T12:00:00+08:00", "sale") }),
  ]

  @Test("finds nothing where an earlier event is named and no more is taken back than there was")
  func sound() throws {
    for (name, ending) in endings {
      #expect(try problem(scene(ending)) == nil, "\(name)")
      // Before the envelope had the key, the command alone said which event.
      #expect(try problem(scene(ending)) { $0.reverses = nil } == nil, "\(name)")
    }
    #expect(try problem(scene { $0.adjust(noon, -1, corrects: "sale") }) == nil)
    #expect(try problem(scene { $0.spend(noon, 1) }) == nil)
  }

  @Test("finds what names another member's event, a later one, or none")
  func wrongPositions() throws {
    for (name, ending) in endings {
      let scene = scene(ending)
      let other = try #require(scene.records.first { $0.command == "other" }).position
      let last = try #require(scene.records.last).position
      for position in [other, last, last + 1] {
        #expect(
          try problem(scene) { $0.reverses = position }?.contains("names no earlier") == true, "\(name)")
      }
    }
    let corrected = scene { $0.adjust(noon, -1, corrects: "sale") }
    #expect(try problem(corrected) { $0.corrects = $0.position }?.contains("names no earlier") == true)
    #expect(try problem(corrected) { $0.corrects = nil } == "`corrects` is missing")
    #expect(try problem(scene { $0.spend(noon, 1) }) { $0.reverses = 1 } != nil)
    #expect(try problem(scene { $0.rule("walk") }) { $0.corrects = 1 } != nil)
  }

  @Test("finds what is taken back twice")
  func twice() throws {
    for (name, ending) in endings {
      var scene = scene(ending)
      scene.repeatLast()
      #expect(try problem(scene)?.contains("are taken back, which moved") == true, "\(name)")
    }
  }
}

extension Scene {
  /// Folds the last event once more, as a forged log would.
  fileprivate mutating func repeatLast() {
    guard var record = records.last else { return }
    record.position += 1
    forge(record)
  }
}

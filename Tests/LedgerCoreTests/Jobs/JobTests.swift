// Jobs as the core decides them (L10, L11): opening, chunks in order, the end. How they are driven on a real file is
// tested in BenefitsLedgerTests/Jobs.

import Testing

@testable import LedgerCore

@Suite("Jobs")
struct JobTests {
  static let refusals = [
    RefusalCase(.dayNotOver, "the day ends a moment later") { scene in
      scene.when(
        "2022-01-31T23:59:59.999+08:00", .job(.closeDay(CloseDay(day: "2022-01-31"))), by: "owner")
    },
    RefusalCase(.jobIdTooLong, "its chunks could have no id") { scene in
      scene.when(
        "2022-02-01T00:00:00+08:00", .job(.closeDay(CloseDay(day: "2022-01-31"))), by: "owner",
        id: String(repeating: "j", count: 117))
    },
    RefusalCase(.jobUnknown, "a chunk of nothing") { scene in
      scene.advance("2022-02-01T00:00:00+08:00", "nothing", 1, ["wang"])
    },
    RefusalCase(.jobFinished, "a chunk after the end") { scene in
      scene.closeDay("2022-02-01T00:00:00+08:00", "2022-01-31", id: "job")
      return scene.advance("2022-02-01T00:00:00+08:00", "job", 1, ["wang"])
    },
    RefusalCase(.jobWorkLeft, "it is ended before anybody was looked at") { scene in
      scene.rule("read", 2, .endOfMonth(later: 0))
      scene.earn("2022-01-10T09:00:00+08:00")
      scene.openJob("2022-02-01T00:00:00+08:00", "2022-01-31", id: "job")
      return scene.when("2022-02-01T00:00:00+08:00", .job(.finish(FinishJob(job: "job"))), by: "owner")
    },
    RefusalCase(.jobChunkOutOfOrder, "the second chunk before the first") { scene in
      scene.openJob("2022-02-01T00:00:00+08:00", "2022-01-31", id: "job")
      return scene.advance("2022-02-01T00:00:00+08:00", "job", 2, ["wang"])
    },
  ]

  @Test("A chunk applies what fell due by the end of the day, not by its own time")
  func chunk() {
    var scene = Scene()
    scene.rule("read", 2, .endOfMonth(later: 0))
    scene.rule("walk", 3, .until("2022-02-01"))
    scene.earn("2022-01-10T09:00:00+08:00")
    scene.earn("2022-01-10T09:00:00+08:00", "walk")
    scene.openJob("2022-02-05T00:00:00+08:00", "2022-01-31", id: "job")
    #expect(
      scene.advance("2022-02-05T00:00:00+08:00", "job", 1, ["wang", "nobody"])
        == .happened(["expired lots 2 of read@1 until 2022-01-31 at 2022-01-31T16:00:00.000Z", "advanced"]))
    #expect(scene.wallet.available.count == 3)
    #expect(scene.book.ledger?.daysClosedThrough == nil)
    #expect(
      scene.when("2022-02-05T00:00:00+08:00", .job(.finish(FinishJob(job: "job"))), by: "owner")
        == .happened(["finished"]))
    #expect(scene.book.ledger?.daysClosedThrough == "2022-01-31")
    let job = scene.book.job("job")
    #expect(job?.status == .finished)
    #expect(job?.chunks == 1)
    #expect(job?.members == 2)
    #expect(job?.events == 1)
  }

  @Test("A member named twice in a chunk, to a book that has to load them first, is asked for once")
  func namedTwice() {
    var book = Book.cache()
    var scene = Scene()
    scene.openJob("2022-02-05T00:00:00+08:00", "2022-01-31", id: "job")
    let command = Command(
      id: "job/1", at: "2022-02-05T00:00:00+08:00", actor: "owner",
      .job(.advance(AdvanceJob(job: "job", chunk: 1, members: ["wang", "wang"]))))
    book.open(with: scene.records[0])
    let recording = Recording(recordedAt: "2022-02-05T00:00:00+08:00", position: 100)
    var asked: [EntityKey] = []
    while case .missing(let keys) = book.decide(command, recording) {
      asked += keys
      #expect(Set(keys).count == keys.count)
      for key in keys {
        do { try book.load(key, scene.book.cells(of: key)) } catch { Issue.record("\(error)") }
      }
    }
    #expect(asked.contains(.wallet("wang")))
    #expect(asked.count == Set(asked).count)
  }

  @Test("Closing an earlier day later does not open the later one again")
  func earlierDay() {
    var scene = Scene()
    scene.closeDay("2022-02-05T00:00:00+08:00", "2022-01-31", id: "one")
    scene.closeDay("2022-02-05T00:00:00+08:00", "2022-01-15", id: "two")
    #expect(scene.book.ledger?.daysClosedThrough == "2022-01-31")
  }
}

extension Scene {
  /// Closes a day without looking at any member, as the owner.
  mutating func closeDay(_ at: String, _ day: CivilDay, id: String? = nil) {
    let id = id ?? "close-\(day)"
    openJob(at, day, id: id)
    when(at, .job(.finish(FinishJob(job: Self.text(id, CommandID.init)))), by: "owner")
  }

  mutating func openJob(_ at: String, _ day: CivilDay, id: String) {
    when(at, .job(.closeDay(CloseDay(day: day))), by: "owner", id: id)
  }

  @discardableResult
  mutating func advance(_ at: String, _ job: CommandID, _ chunk: Int64, _ members: [MemberID]) -> Outcome {
    when(at, .job(.advance(AdvanceJob(job: job, chunk: chunk, members: members))), by: "owner")
  }
}

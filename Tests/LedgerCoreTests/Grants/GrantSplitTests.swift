// How a programme's sum is split (F5) and what an exit recovers: Fujian's 20,000,000 yuan over 2,600 stations, wholly and
// by unused months. The steps before are in GrantTests.

import Testing

@testable import LedgerCore

@Suite("Splitting and recovering grants")
struct GrantSplitTests {
  private static let noon = Scene.noon

  /// Fujian's programme, applied to by 2,600 stations and split; the fund holds exactly its sum, on three receipts.
  private static let fujian: Scene = {
    var scene = Scene()
    scene.fund()
    let dawn = "2022-01-01T00:00:00+08:00"
    scene.when(dawn, .fund(.receive(ReceiveFund(fund: "f", amount: 1_999_400_000))), id: "province")
    scene.openProgramme(dawn, 2_000_000_000)
    for number in 1...2_600 {
      let station = Scene.text("s-\(number)", StationID.init)
      scene.openStation(dawn, station, number: Scene.text("\(number)", FreeText.init))
      scene.apply(noon, station)
    }
    scene.closeApplications(noon)
    return scene
  }()

  @Test("20,000,000.00 over 2,600 stations: the first 2,000 get 7,692.31, the other 600 get 7,692.30")
  func fujianSplit() {
    var scene = Self.fujian
    guard case .grant(.applicationsClosed(let closed))? = scene.records.last?.event else {
      Issue.record("the applications are closed")
      return
    }
    #expect(closed.applications == 2_600)
    #expect(closed.part == 769_230)
    #expect(closed.oneMore == 2_000)
    for number in 1...2_600 { scene.approve(Self.noon, Scene.text("s-\(number)", StationID.init)) }
    let amounts = (1...2_600).map { scene.grant(Scene.text("s-\($0)", StationID.init)).amount }
    #expect(amounts == Fen(count: 2_000_000_000).split(by: Array(repeating: 1, count: 2_600)))
    #expect(amounts.count { $0 == 769_231 } == 2_000)
    #expect(amounts.count { $0 == 769_230 } == 600)
    #expect(amounts[1_999] == 769_231 && amounts[2_000] == 769_230)
    #expect(amounts.reduce(0, +) == 2_000_000_000)
    for number in 1...2_600 { scene.pay(Self.noon, Scene.text("s-\(number)", StationID.init)) }
    #expect(scene.fundTold == "0 0 2000000000")
    #expect(scene.book.programmes["p"]?.committed == [])
    #expect(scene.records.count { $0.refusal != nil } == 0)
  }

  @Test("one station exits: the whole of its grant goes back to the receipt that paid it")
  func fujianExit() {
    var scene = Self.fujian
    scene.approve(Self.noon, "s-1")
    scene.pay(Self.noon, "s-1")
    #expect(scene.grant("s-1").shares.told == ["city 100000", "own 500000", "province 169231"])
    scene.inspect(Self.noon, "s-1", passed: true)
    #expect(scene.exit(Self.noon, "s-1").isAccepted)
    #expect(scene.grant("s-1").status == .exited)
    #expect(scene.fundTold == "769231 1999230769 0")
    #expect(scene.book.funds["f"]?.receipts.map(\.available) == [100_000, 500_000, 169_231])
    #expect(scene.exit(Self.noon, "s-1").refusal == Refusal(.grantWrongStatus, "status", "exited"))
  }

  @Test(
    "by unused months a part goes back, rounded down to a fen, of what was paid last",
    arguments: [
      // 769,231 x 24 / 36 = 512,820.67; the first 256,411 fen were used.
      (12, ["own 343589", "province 169231"], 512_820),
      (35, ["province 21367"], 21_367),
      (36, [], 0),
      (0, ["city 100000", "own 500000", "province 169231"], 769_231),
    ] as [(Int64, [String], Int64)])
  func byMonths(used: Int64, shares: [String], recovered: Int64) {
    var scene = Self.fujian
    scene.approve(Self.noon, "s-1")
    scene.pay(Self.noon, "s-1")
    scene.inspect(Self.noon, "s-1", passed: true)
    #expect(scene.exit(Self.noon, "s-1", used: used).isAccepted)
    guard case .grant(.exited(let event))? = scene.records.last?.event else {
      Issue.record("the station exits")
      return
    }
    #expect(event.shares.told == shares)
    #expect(scene.grant("s-1").recovered == Fen(count: recovered))
    #expect(scene.book.funds["f"]?.available == Fen(count: recovered))
  }

  @Test("equal parts are F5's largest remainders, for any sum and number of stations", arguments: 1...20)
  func equalParts(seed: Int) {
    var generator = SeededGenerator(seed: UInt64(seed))
    for _ in 1...50 {
      var programme = Programme()
      programme.total = Fen(count: Int64.random(in: 1...Fen.limit, using: &generator))
      programme.applied = Int64.random(in: 1...300, using: &generator)
      let parts = (1...programme.applied).map { programme.grant($0) }
      #expect(parts == programme.total.split(by: Array(repeating: 1, count: Int(programme.applied))))
      #expect(parts.reduce(.zero, +) == programme.total)
    }
  }
}

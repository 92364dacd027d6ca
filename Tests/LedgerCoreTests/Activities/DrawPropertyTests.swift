// Random activities by printed seed: the pool always adds up, is never below zero, and whoever reads the records alone
// finds the same winners with NaiveDraw.

import Testing

@testable import LedgerCore

@Suite("Random draws")
struct DrawPropertyTests {
  @Test(
    "A draw at once: start of the pool = left + awarded, and anyone recomputes who won what",
    arguments: 1...40)
  func instant(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let chain = Chain("seed \(seed)", draws: 60)
    let stocked = Self.stocks(&random)
    let chance = Bool.random(using: &random) ? Int64.random(in: 1...1_000_000, using: &random) : nil
    var scene = Scene()
    scene.openActivity(.lottery) {
      $0.joinsPerDay = 1_000
      $0.draw = .instant(
        chain.commitment, holder: "keeper", chancePerMillion: chance,
        stocked.map { Prize($0.prize, pieces: $0.pieces) })
    }
    var pool = stocked.map { (name: $0.prize.text, left: Int($0.pieces)) }
    for _ in 0..<50 {
      let number = Int(scene.spring.draws) + 1
      let id = "join-\(random.next())"
      let outcome = scene.joinAndDraw(number, chain, id: id)
      guard pool.contains(where: { $0.left > 0 }) else {
        #expect(outcome.code == .activityPoolEmpty, "seed \(seed)")
        break
      }
      #expect(outcome.isAccepted, "seed \(seed)")
      let won = NaiveDraw.winners(
        secret: chain.secret(number).text, ids: [id], publicValue: nil, chancePerMillion: chance,
        prizes: pool,
        alreadyWon: [], count: 1
      ).first?.prize
      #expect(scene.drawn.last?.winners.first?.award.prize.text == won, "seed \(seed), draw \(number)")
      for index in pool.indices where pool[index].name == won { pool[index].left -= 1 }
      expectSound(scene, stocked, pool, seed)
    }
  }

  @Test("Draws at the end: no entry twice, and anyone recomputes every winner", arguments: 1...40)
  func closing(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let chain = Chain("seed \(seed)", draws: 60)
    let stocked = Self.stocks(&random)
    var scene = Scene()
    let perDraw = Int.random(in: 1...4, using: &random)
    scene.openActivity {
      $0.joinsPerDay = 1_000
      $0.draw = .closing(
        chain.commitment, holder: "keeper", publicValue: Scene.index(), winnersPerDraw: Int64(perDraw),
        stocked.map { Prize($0.prize, pieces: $0.pieces) })
    }
    let ids = (0..<Int.random(in: 1...30, using: &random)).map { _ in "join-\(random.next())" }
    for id in ids { #expect(scene.join(id: id).isAccepted) }
    var pool = stocked.map { (name: $0.prize.text, left: Int($0.pieces)) }
    var won: Set<Int> = []
    let value = "\(Int.random(in: 1...9, using: &random)),000.0\(seed % 10)"
    #expect(scene.publish(Scene.text(value, PublicValue.init)).isAccepted)
    for number in 1...30 {
      let left = pool.reduce(0) { $0 + $1.left }
      let outcome = scene.draw(Scene.afterSpring, Int64(number), chain.secret(number))
      let wanted = min(perDraw, left, ids.count - won.count)
      guard wanted > 0 else {
        #expect(outcome.code == (left == 0 ? .activityPoolEmpty : .activityTooFewEntries), "seed \(seed)")
        break
      }
      #expect(outcome.isAccepted, "seed \(seed)")
      let expected = NaiveDraw.winners(
        secret: chain.secret(number).text, ids: ids, publicValue: value, chancePerMillion: nil, prizes: pool,
        alreadyWon: won, count: wanted)
      let found = scene.drawn.last?.winners ?? []
      #expect(found.map { Int($0.entry) } == expected.map(\.entry), "seed \(seed), draw \(number)")
      #expect(found.map(\.award.prize.text) == expected.map(\.prize), "seed \(seed), draw \(number)")
      for winner in expected {
        #expect(won.insert(winner.entry).inserted)
        for index in pool.indices where pool[index].name == winner.prize { pool[index].left -= 1 }
      }
      expectSound(scene, stocked, pool, seed)
    }
    scene.expectSameInParts()
  }

  private static func stocks(_ random: inout SeededGenerator) -> [(prize: PrizeID, pieces: Int64)] {
    ["cup", "pen", "tea", "umbrella"].prefix(Int.random(in: 1...4, using: &random)).map {
      (Scene.text($0, PrizeID.init), Int64.random(in: 1...6, using: &random))
    }
  }

  private func expectSound(
    _ scene: Scene, _ stocked: [(prize: PrizeID, pieces: Int64)], _ pool: [(name: String, left: Int)],
    _ seed: UInt64
  ) {
    #expect(scene.spring.prizes.map(\.stocked) == stocked.map(\.pieces), "seed \(seed)")
    #expect(scene.spring.prizes.map { Int($0.left) } == pool.map(\.left), "seed \(seed)")
    #expect(
      scene.spring.prizes.allSatisfy { $0.left >= 0 && $0.left + $0.awarded == $0.stocked }, "seed \(seed)")
  }
}

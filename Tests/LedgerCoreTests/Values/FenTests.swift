// Sums of money, and how one is split (F5). Where money stands is tested with funds.

import Testing

@testable import LedgerCore

@Suite("Fen")
struct FenTests {
  @Test("200,000 yuan over six unions: four get a fen more than the other two")
  func ningdong() {
    let parts = Fen(count: 20_000_000).split(by: Array(repeating: 1, count: 6))
    #expect(parts == [3_333_334, 3_333_334, 3_333_333, 3_333_333, 3_333_333, 3_333_333])
    #expect(parts.reduce(.zero, +) == 20_000_000)
  }

  @Test("the largest remainders get the fen that are left, equal ones in the listed order")
  func largestRemainder() {
    // 100 by 1:2:4 are 14 2/7, 28 4/7 and 57 1/7.
    #expect(Fen(count: 100).split(by: [1, 2, 4]) == [14, 29, 57])
    // 5 by 3:3:4 are 1 1/2, 1 1/2 and 2: the first of the two equal ones gets it.
    #expect(Fen(count: 5).split(by: [3, 3, 4]) == [2, 1, 2])
    #expect(Fen(count: 5).split(by: [4, 3, 3]) == [2, 2, 1])
    #expect(Fen(count: 1).split(by: [0, 0, 7]) == [0, 0, 1])
    #expect(Fen.zero.split(by: [2, 5]) == [0, 0])
  }

  @Test("parts of the largest sum by the largest weights add up exactly")
  func large() {
    let sum = Fen(count: Fen.limit)
    let parts = sum.split(by: [Fen.limit, Fen.limit - 1, 1])
    #expect(parts.reduce(.zero, +) == sum)
    #expect(parts[0] == Fen(count: Fen.limit / 2))
  }

  @Test("shares are taken from the front, and the rest is what is left")
  func taking() {
    let shares = [
      FundShare(fund: "f", receipt: "a", amount: 30), FundShare(fund: "f", receipt: "b", amount: 20),
    ]
    let (taken, rest) = shares.taking(35)
    #expect(taken.map(\.amount) == [30, 5])
    #expect(rest == [FundShare(fund: "f", receipt: "b", amount: 15)])
    #expect(shares.taking(0).taken.isEmpty)
    #expect(shares.taking(50).rest.isEmpty)
  }
}

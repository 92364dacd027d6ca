// Sums, differences, order and the limit of a number of points.
// Balances and lots are tested with the points benefit.

import Testing

@testable import LedgerCore

@Suite("A number of points")
struct PointsTests {
  @Test("adds and subtracts, below zero too")
  func arithmetic() {
    #expect(Points(count: 10) + Points(count: 2) == Points(count: 12))
    #expect(Points(count: 2) - Points(count: 10) == Points(count: -8))
    #expect(Points(count: 7) + .zero == Points(count: 7))
    var balance = Points(count: 10)
    balance += Points(count: 5)
    balance -= Points(count: 8)
    #expect(balance.count == 7)
    #expect([1, 2, 3].map { Points(count: $0) }.reduce(.zero, +) == Points(count: 6))
  }

  @Test("is ordered, so that the smaller of two can be taken")
  func order() {
    #expect(Points(count: -1) < .zero)
    #expect(min(Points(count: 10), Points(count: 2)) == Points(count: 2))
    #expect(max(Points(count: 10), Points(count: 2)) == Points(count: 10))
  }

  @Test("at the limit of one command can be added up nine thousand million times")
  func limit() {
    #expect(Points.limit == 1_000_000_000)
    #expect(Int64.max / Points.limit > 9_000_000_000)
  }
}

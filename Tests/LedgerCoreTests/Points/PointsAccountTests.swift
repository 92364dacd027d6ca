// The accounts of an organisation, put together from the parts of a replay. How events post to them is tested with the
// events.

import Testing

@testable import LedgerCore

@Suite("Accounts of points")
struct PointsAccountTests {
  @Test("A month that two parts of a replay bring to zero together has no entry")
  func monthOfTwoParts() {
    let month = CivilDay("2022-01-15").civilMonth
    var first = PointsAccount()
    first.post(.available(month), 5)
    first.post(.pending(month), 2)
    var second = PointsAccount()
    second.post(.available(month), -5)
    second.post(.pending(month), -2)
    first.add(second)
    #expect(first.months.isEmpty)
  }
}

// Every refusal code is met by a command: the benefits' lists together are complete.

import Testing

@testable import LedgerCore

@Suite("Refusals")
struct RefusalTests {
  static let all =
    LedgerTests.refusals + ApprovalTests.refusals + JobTests.refusals + ActorTests.refusals
    + OrganisationTests.refusals + StationTests.refusals + MemberTests.refusals + RelativeTests.refusals
    + ProvisionalTests.refusals + MergeTests.refusals
    + PointsRefusalTests.refusals
    + PointsCorrectionRefusalTests.refusals
    + FundRefusalTests.refusals + PartyTests.refusals + SettlementTests.refusals + PayablesTests.refusals
    + GiftTests.refusals + GrantTests.refusals
    + ActivityTests.refusals + DrawTests.refusals
    + CouponBatchTests.refusals
    + CouponRefusalTests.campaigns + CouponRefusalTests.coupons

  @Test("are met as the lists say, and change nothing", arguments: all)
  func met(_ example: RefusalCase) {
    var scene = Scene()
    let outcome = example.meet(&scene)
    #expect(outcome.code == example.code)
    let message = outcome.refusal?.message ?? "?"
    #expect(!message.contains("?"), "the message lacks a detail: \(message)")
    // The refusal is the command's only event: not even what was due is kept.
    #expect(scene.records.count(where: { $0.refusal != nil }) == 1)
    var replayed = Book.complete()
    for record in scene.records { replayed.apply(record) }
    for projection in Projection.allCases {
      for key in replayed.entities(in: projection) {
        #expect(replayed.cells(of: key) == scene.book.cells(of: key))
      }
    }
  }

  @Test("are of the codes that the command's type declares", arguments: all)
  func declared(_ example: RefusalCase) {
    var scene = Scene()
    _ = example.meet(&scene)
    guard let type = scene.records.last(where: { $0.refusal != nil })?.rebuiltCommand?.body.type else {
      Issue.record("no refusal was recorded")
      return
    }
    #expect((type.refusals + CommandType.always).contains(example.code), "\(type.name) does not declare it")
  }

  @Test("are met for every code there is")
  func complete() {
    #expect(Set(Self.all.map(\.code)) == Set(Refusal.Code.allCases))
  }
}

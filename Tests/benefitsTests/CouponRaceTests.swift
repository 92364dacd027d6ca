// One coupon, sixty-four who want it at the same time: as tasks of one service, and as processes of their own. What a
// quota is, is tested in LedgerCoreTests.

import BenefitsLedger
import Foundation
import Testing

@Suite("A coupon that everybody wants")
struct CouponRaceTests {
  private static let callers = 64

  /// A ledger with a published campaign of one coupon, and members w-1 to w-64.
  private static func ledger() throws -> SmallLedger {
    let ledger = try SmallLedger()
    let terms = #"""
      "organisation":"gd","kind":{"mode":"amount","thresholdFen":200,"offFen":199},"purpose":"cooling",\#
      "payers":[{"fund":"f","weight":1}],"budgetFen":1000,"from":"2022-01-03T00:00:00+08:00",\#
      "until":"2022-02-01T00:00:00+08:00","validity":{"mode":"same-day"},"quotas":{"total":1},\#
      "audience":{"verifiedOnly":false},"afterValidity":"forfeit"
      """#
    func role(_ id: String, _ actor: String, _ role: String) -> String {
      SmallLedger.command(
        id, "2022-01-01T00:00:00", "actor.grant-role",
        #""actor":"\#(actor)","role":"\#(role)","organisation":"gd","from":"2022-01-01""#, by: "owner")
    }
    func step(_ id: String, _ verb: String, by actor: String) -> String {
      SmallLedger.command(
        id, "2022-01-02T00:00:00", "campaign.\(verb)", #""campaign":"cool","version":1"#, by: actor)
    }
    try ledger.apply(
      [
        role("r-1", "clerk", "finance"),
        SmallLedger.command("a-9", "2022-01-01T00:00:00", "actor.register", #""actor":"chief""#, by: "owner"),
        role("r-2", "chief", "approver"),
        SmallLedger.command(
          "f-1", "2022-01-02T00:00:00", "fund.open",
          #""fund":"f","organisation":"gd","source":"own","from":"2022-01-01""#, by: "clerk"),
        SmallLedger.command(
          "f-2", "2022-01-02T00:00:00", "fund.receive", #""fund":"f","amountFen":1000"#, by: "clerk"),
        SmallLedger.command(
          "c-1", "2022-01-02T00:00:00", "campaign.draft",
          #""campaign":"cool","version":1,"terms":{\#(terms)}"#, by: "clerk"),
        step("c-2", "submit", by: "clerk"), step("c-3", "approve", by: "chief"),
        step("c-4", "publish", by: "clerk"),
      ]
        + (1...callers).map { number in
          SmallLedger.command(
            "e-\(number)", "2022-01-02T00:00:00", "member.enrol",
            #""member":"w-\#(number)","organisation":"gz""#, by: "clerk")
        })
    return ledger
  }

  private static func claim(_ number: Int) -> String {
    SmallLedger.command(
      "claim-\(number)", "2022-01-03T09:00:00", "coupon.claim", #""member":"w-\#(number)","campaign":"cool""#)
  }

  /// Of all answers one is a success, and every other one a refusal that names the quota and its number.
  private static func check(_ answers: [String]) throws {
    #expect(answers.count == callers)
    #expect(answers.filter { $0.contains(#""status":"accepted""#) }.count == 1)
    let refused = answers.filter {
      $0.contains(#""code":"coupon.quota-taken""#) && $0.contains(#""limit":1"#)
        && $0.contains(#""quota":"total""#)
    }
    #expect(refused.count == callers - 1, "\(answers.first ?? "")")
  }

  @Test("goes to one of 64 tasks")
  func tasks() async throws {
    let small = try Self.ledger()
    let ledger = try Ledger.open(at: small.path)
    let answers = try await withThrowingTaskGroup(of: String.self) { group in
      for number in 1...Self.callers {
        group.addTask {
          let claim = ClaimCoupon(
            member: try #require(MemberID("w-\(number)")), campaign: try #require(CampaignID("cool")))
          let command = Command(
            id: try #require(CommandID("claim-\(number)")),
            at: try #require(Instant("2022-01-03T09:00:00+08:00")), actor: try #require(ActorID("app")),
            .coupon(.claim(claim)))
          return try await ledger.perform(command).line
        }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    ledger.close()
    try Self.check(answers)
    #expect(try Tool.run(["verify", small.path, "--redecide"]).status == 0)
  }

  @Test("goes to one of 64 processes, each with the ledger for itself")
  func processes() async throws {
    let small = try Self.ledger()
    let path = small.path
    let answers = try await withThrowingTaskGroup(of: String.self) { group in
      for number in 1...Self.callers {
        group.addTask {
          let line = Data((Self.claim(number) + "\n").utf8)
          return try Tool.run(["apply", path, "-", "--wait", "600", "--quiet"], input: line).stdout
        }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    try Self.check(answers)
    #expect(try Tool.run(["verify", path, "--redecide"]).status == 0)
  }
}

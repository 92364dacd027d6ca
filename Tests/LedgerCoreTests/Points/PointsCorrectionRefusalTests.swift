// Every way in which a command that takes points back or sets them right is refused. What happens otherwise is in the
// other files here.

@testable import LedgerCore

enum PointsCorrectionRefusalTests {
  private static let noon = "2022-02-01T12:00:00+08:00"
  private static let earlier = "2022-02-01T11:59:59+08:00"

  static let refusals = cancelling + clawingBack

  private static let cancelling = [
    RefusalCase(.memberUnknown, "cancelling for nobody") { scene in
      scene.when(noon, .points(.cancel(CancelPoints(member: "nobody", earning: "visit"))))
    },
    RefusalCase(.notAnEarning, "cancelling nothing") { scene in scene.cancel(noon, "visit") },
    RefusalCase(.notAnEarning, "cancelling a spending") { scene in
      scene.visiting()
      scene.spend(noon, 1, id: "sale")
      return scene.cancel(noon, "sale")
    },
    RefusalCase(.notAnEarning, "cancelling somebody else's earning") { scene in
      scene.visiting(pendingDays: 3)
      scene.when(noon, .member(.enrol(EnrolMember(member: "li", organisation: "gz"))))
      return scene.when(noon, .points(.cancel(CancelPoints(member: "li", earning: "visit"))))
    },
    RefusalCase(.nothingPending, "cancelling what was never pending") { scene in
      scene.visiting()
      return scene.cancel(noon, "visit")
    },
    RefusalCase(.timeBeforeCause, "cancelling before the earning") { scene in
      scene.visiting(pendingDays: 3)
      return scene.cancel(earlier, "visit")
    },
  ]

  private static let clawingBack = [
    RefusalCase(.timeOccurredLater, "a cause revoked tomorrow") { scene in
      scene.visiting()
      var data = ClawBackPoints(member: "wang", earning: "visit", reason: "order-returned")
      data.occurredOn = "2022-02-02"
      return scene.when(noon, .points(.clawBack(data)))
    },
    RefusalCase(.timeOccurredLater, "a refund given back tomorrow") { scene in
      scene.visiting()
      scene.spend(noon, 1, id: "sale")
      return scene.when(
        noon,
        .points(
          .refund(RefundPoints(member: "wang", spending: "sale", points: 1, occurredOn: "2022-02-02"))))
    },
    RefusalCase(.memberUnknown, "clawing back from nobody") { scene in
      scene.when(
        noon, .points(.clawBack(ClawBackPoints(member: "nobody", earning: "visit", reason: "order-returned")))
      )
    },
    RefusalCase(.notAnEarning, "clawing back nothing") { scene in scene.clawBack(noon, "visit") },
    RefusalCase(.timeBeforeCause, "clawing back before the earning") { scene in
      scene.visiting()
      return scene.clawBack(earlier, "visit")
    },
    RefusalCase(.takenBackAboveEarning, "clawing back more than was earned") { scene in
      scene.visiting()
      return scene.clawBack(noon, "visit", 11)
    },
    RefusalCase(.takenBackAboveEarning, "clawing back an earning that was capped to nothing") { scene in
      scene.rule("read", 10) { $0.capPerDay = 10 }
      scene.earn(noon)
      scene.earn(noon, id: "visit")
      return scene.clawBack(noon, "visit")
    },
    RefusalCase(.tooManyLots, "taking back from more than 140 lots") { scene in
      scene.visiting()
      scene.rule("big", 141)
      scene.earn(noon, "big", id: "big")
      scene.spend(noon, 151)
      for number in 1...141 {
        let rule = Scene.text("rule-\(number)", RuleID.init)
        scene.rule(rule, 1)
        scene.earn(noon, rule)
      }
      return scene.clawBack(noon, "big")
    },
  ]
}

extension Scene {
  /// Ten points that the command `visit` earned at noon.
  fileprivate mutating func visiting(pendingDays: Int64? = nil) {
    rule("read", 10) { $0.pendingDays = pendingDays }
    earn("2022-02-01T12:00:00+08:00", id: "visit")
  }
}

// Every way in which a command that takes points back or sets them right is refused. What happens otherwise is in the
// other files here.

@testable import LedgerCore

enum PointsCorrectionRefusalTests {
  private static let noon = "2022-02-01T12:00:00+08:00"
  private static let earlier = "2022-02-01T11:59:59+08:00"

  static let refusals = cancelling + clawingBack + adjusting + reversing + extending

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

  private static func adjusting(
    _ points: Points = 1, member: MemberID = "wang", rule: RuleID = "read"
  ) -> AdjustPoints {
    AdjustPoints(member: member, points: points, rule: rule, reason: "counted-wrong")
  }

  private static let adjusting = [
    RefusalCase(.timeOccurredLater, "an adjustment about tomorrow") { scene in
      var data = adjusting()
      data.occurredOn = "2022-02-02"
      return scene.when(noon, .points(.adjust(data)))
    },
    RefusalCase(.memberUnknown, "adjusting nobody") { scene in
      scene.when(noon, .points(.adjust(adjusting(member: "nobody"))))
    },
    RefusalCase(.memberLeft, "adjusting somebody who forfeited everything") { scene in
      scene.when(noon, .member(.leave(LeaveMember(member: "wang", points: .forfeit))))
      return scene.adjust(noon, 1)
    },
    RefusalCase(.correctsNothing, "correcting nothing") { scene in scene.adjust(noon, 1, corrects: "visit") },
    RefusalCase(.timeBeforeCause, "correcting what comes later") { scene in
      scene.visiting()
      return scene.adjust(earlier, 1, corrects: "visit")
    },
    RefusalCase(.ruleUnknown, "adjusting under no rule") { scene in scene.adjust(noon, 1) },
    RefusalCase(.approvalNeeded, "adjusting without a limit that allows it") { scene in
      scene.visiting()
      return scene.adjust(noon, 1)
    },
    RefusalCase(.balanceTooLow, "taking more than there is") { scene in
      scene.limits(100)
      scene.visiting()
      return scene.adjust(noon, -11)
    },
    RefusalCase(.timeBeforeCause, "taking lots that came later") { scene in
      scene.limits(100)
      scene.visiting()
      return scene.adjust(earlier, -1)
    },
  ]

  private static let reversing = [
    RefusalCase(.timeOccurredLater, "a reversal about tomorrow") { scene in
      scene.visiting()
      var data = ReversePoints(member: "wang", event: "visit", reason: "entered-twice")
      data.occurredOn = "2022-02-02"
      return scene.when(noon, .points(.reverse(data)))
    },
    RefusalCase(.memberUnknown, "reversing for nobody") { scene in
      scene.when(
        noon, .points(.reverse(ReversePoints(member: "nobody", event: "visit", reason: "entered-twice"))))
    },
    RefusalCase(.notReversible, "reversing nothing") { scene in scene.reverse(noon, "visit") },
    RefusalCase(.notReversible, "reversing a refund") { scene in
      scene.visiting()
      scene.spend(noon, 5, id: "sale")
      scene.when(
        noon, .points(.refund(RefundPoints(member: "wang", spending: "sale", points: 5))), id: "back")
      return scene.reverse(noon, "back")
    },
    RefusalCase(.notReversible, "reversing a claw-back") { scene in
      scene.visiting()
      scene.clawBack(noon, "visit", id: "back")
      return scene.reverse(noon, "back")
    },
    RefusalCase(.notReversible, "reversing a reversal") { scene in
      scene.limits(100)
      scene.visiting()
      scene.reverse(noon, "visit", id: "back")
      return scene.reverse(noon, "back")
    },
    RefusalCase(.timeBeforeCause, "reversing before the earning") { scene in
      scene.visiting()
      return scene.reverse(earlier, "visit")
    },
    RefusalCase(.timeBeforeCause, "reversing before the spending") { scene in
      scene.visiting()
      scene.spend("2022-02-01T13:00:00+08:00", 5, id: "sale")
      return scene.reverse(noon, "sale")
    },
    RefusalCase(.approvalNeeded, "reversing without a limit that allows it") { scene in
      scene.visiting()
      return scene.reverse(noon, "visit")
    },
    RefusalCase(.takenBackAboveEarning, "reversing more than was earned") { scene in
      scene.visiting()
      return scene.reverse(noon, "visit", 11)
    },
    RefusalCase(.refundAboveSpend, "reversing more than was spent") { scene in
      scene.visiting()
      scene.spend(noon, 5, id: "sale")
      return scene.reverse(noon, "sale", 6)
    },
    RefusalCase(.memberLeft, "giving back to somebody who forfeited everything") { scene in
      scene.visiting()
      scene.spend(noon, 5, id: "sale")
      scene.when(noon, .member(.leave(LeaveMember(member: "wang", points: .forfeit))))
      return scene.reverse(noon, "sale")
    },
  ]

  private static func extending(_ until: CivilDay = "2023-12-31", member: MemberID = "wang") -> CommandBody {
    .points(
      .extend(ExtendPoints(member: member, expires: "2022-12-31", until: until, reason: "shops-closed")))
  }

  private static let extending = [
    RefusalCase(.memberUnknown, "extending for nobody") { scene in
      scene.when(noon, extending(member: "nobody"))
    },
    RefusalCase(.memberLeft, "extending for somebody who forfeited everything") { scene in
      scene.when(noon, .member(.leave(LeaveMember(member: "wang", points: .forfeit))))
      return scene.when(noon, extending())
    },
    RefusalCase(.extensionNotLater, "extending to the same day") { scene in
      scene.visiting()
      return scene.when(noon, extending("2022-12-31"))
    },
    RefusalCase(.nothingToExtend, "extending an expiry that nothing has") { scene in
      scene.when(noon, extending())
    },
    RefusalCase(.timeBeforeCause, "extending before the points were there") { scene in
      scene.visiting()
      return scene.when(earlier, extending())
    },
    RefusalCase(.approvalNeeded, "extending alone") { scene in
      scene.visiting()
      return scene.when(noon, extending())
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

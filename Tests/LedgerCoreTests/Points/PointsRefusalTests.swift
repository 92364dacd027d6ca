// Every way in which a command about points is refused. What happens otherwise is in the other files here.

@testable import LedgerCore

enum PointsRefusalTests {
  private static let noon = "2022-02-01T12:00:00+08:00"

  static let refusals = rules + earning + spending + holding + refunding

  private static let rules = [
    RefusalCase(.organisationUnknown, "a rule of an organisation that is not there") { scene in
      scene.rule { $0.organisation = "nowhere" }
    },
    RefusalCase(.organisationClosed, "a rule of a closed organisation") { scene in
      scene.when(noon, .organisation(.close(CloseOrganisation(organisation: "sz"))))
      return scene.rule(at: noon) { $0.organisation = "sz" }
    },
    RefusalCase(.ruleVersionOutOfOrder, "version 3 after version 1") { scene in
      scene.rule()
      return scene.rule { $0.ruleVersion = 3 }
    },
    RefusalCase(.ruleVersionOutOfOrder, "version 1 twice") { scene in
      scene.rule()
      return scene.rule()
    },
    RefusalCase(.ruleOfOtherOrganisation, "a version by another organisation") { scene in
      scene.rule()
      return scene.rule {
        $0.ruleVersion = 2
        $0.organisation = "gz"
      }
    },
    RefusalCase(.timeBeforeCause, "a version published before the one before it") { scene in
      scene.rule(at: noon)
      return scene.rule(at: "2022-02-01T11:59:59+08:00") { $0.ruleVersion = 2 }
    },
    RefusalCase(.ruleEmptyWindow, "a rule of no day") { scene in scene.rule { $0.until = "2022-01-01" } },
  ]

  private static let earning = [
    RefusalCase(.memberUnknown, "earning for nobody") { scene in
      scene.rule()
      return scene.earn(noon, member: "nobody")
    },
    RefusalCase(.memberLeft, "earning after leaving") { scene in
      scene.rule()
      scene.when(noon, .member(.leave(LeaveMember(member: "wang", points: .keep))))
      return scene.earn(noon)
    },
    RefusalCase(.timeBeforeCause, "earning before enrolment") { scene in
      scene.rule()
      scene.when(noon, .member(.enrol(EnrolMember(member: "li", organisation: "gz"))))
      return scene.earn("2022-02-01T11:59:59+08:00", member: "li")
    },
    RefusalCase(.ruleUnknown, "a rule that is not there") { scene in scene.earn(noon) },
    RefusalCase(.ruleUnknown, "before the rule was published") { scene in
      scene.rule(at: noon)
      return scene.earn("2022-02-01T11:59:59.999+08:00")
    },
    RefusalCase(.ruleUnknown, "before the rule's first day") { scene in
      scene.rule { $0.from = "2022-02-02" }
      return scene.earn("2022-02-01T23:59:59.999+08:00")
    },
    RefusalCase(.ruleNotInWindow, "on the day after the last one on which its points are valid") { scene in
      scene.rule("read", 2, .until("2022-01-31"))
      return scene.earn("2022-02-01T00:00:00+08:00")
    },
    RefusalCase(.ruleNotInWindow, "on the day that ends the window") { scene in
      scene.rule { $0.until = "2022-02-02" }
      return scene.earn("2022-02-02T00:00:00+08:00")
    },
    RefusalCase(.outsideAudience, "not verified") { scene in
      scene.rule { $0.verifiedOnly = true }
      return scene.earn(noon)
    },
    RefusalCase(.outsideAudience, "not of the occupation") { scene in
      scene.rule { $0.occupations = ["courier"] }
      return scene.earn(noon)
    },
    RefusalCase(.outsideAudience, "of an organisation beside the rule's") { scene in
      scene.rule { $0.organisation = "sz" }
      return scene.earn(noon)
    },
    RefusalCase(.quantityAboveLimit, "more units than a command may name") { scene in
      scene.rule { $0.mostUnits = 3 }
      return scene.earn(noon, "read", 4)
    },
    RefusalCase(.amountTooLarge, "more points than a command may move") { scene in
      scene.rule("read", 1_000_000)
      return scene.earn(noon, "read", 1_001)
    },
  ]

  private static let spending = [
    RefusalCase(.memberUnknown, "spending by nobody") { scene in scene.spend(noon, 1, member: "nobody") },
    RefusalCase(.memberLeft, "spending after leaving with points forfeited") { scene in
      scene.when(noon, .member(.leave(LeaveMember(member: "wang", points: .forfeit))))
      return scene.spend(noon, 1)
    },
    RefusalCase(.balanceTooLow, "one point more than there is") { scene in
      scene.rule()
      scene.earn(noon, "read", 5)
      return scene.spend(noon, 11)
    },
    RefusalCase(.balanceTooLow, "on the midnight after the last valid day; the expiry is not recorded either")
    { scene in
      scene.rule("read", 2, .until("2022-02-28"))
      scene.earn(noon)
      return scene.spend("2022-03-01T00:00:00+08:00", 1)
    },
    RefusalCase(.timeBeforeCause, "spending points before they were earned") { scene in
      scene.rule()
      scene.earn(noon)
      return scene.spend("2022-02-01T11:59:59.999+08:00", 1)
    },
    RefusalCase(.tooManyLots, "more than 140 lots in one event") { scene in
      for number in 1...141 {
        let rule = Scene.text("rule-\(number)", RuleID.init)
        scene.rule(rule, 1)
        scene.earn(noon, rule)
      }
      return scene.spend(noon, 141)
    },
  ]

  private static let holding = [
    RefusalCase(.deadlinePassed, "a hold of no time") { scene in
      scene.rule()
      scene.earn(noon)
      return scene.hold(noon, 1, id: "order", until: "2022-02-01T12:00:00+08:00")
    },
    RefusalCase(.balanceTooLow, "holding what another hold holds") { scene in
      scene.holding()
      return scene.hold(noon, 3, id: "other", until: "2022-02-01T13:00:00+08:00")
    },
    RefusalCase(.timeBeforeCause, "holding points before they were earned") { scene in
      scene.rule()
      scene.earn(noon)
      return scene.hold("2022-02-01T11:00:00+08:00", 1, id: "order", until: "2022-02-02T12:00:00+08:00")
    },
    RefusalCase(.timeBeforeCause, "capturing before the hold") { scene in
      scene.holding()
      return scene.capture("2022-02-01T11:59:59+08:00", "order")
    },
    RefusalCase(.timeBeforeCause, "releasing before the hold") { scene in
      scene.holding()
      return scene.release("2022-02-01T11:59:59+08:00", "order")
    },
    RefusalCase(.noOpenHold, "capturing what was captured") { scene in
      scene.holding()
      scene.capture(noon, "order", 1)
      return scene.capture(noon, "order", 1)
    },
    RefusalCase(.noOpenHold, "releasing what was released") { scene in
      scene.holding()
      scene.release(noon, "order")
      return scene.release(noon, "order")
    },
    RefusalCase(.noOpenHold, "capturing at the deadline") { scene in
      scene.holding()
      return scene.capture("2022-02-01T13:00:00+08:00", "order")
    },
    RefusalCase(.captureAboveHold, "more than the hold holds") { scene in
      scene.holding()
      return scene.capture(noon, "order", 9)
    },
    RefusalCase(.holdsOpen, "leaving with points forfeited while an order is open") { scene in
      scene.holding()
      return scene.when(noon, .member(.leave(LeaveMember(member: "wang", points: .forfeit))))
    },
  ]

  private static let refunding = [
    RefusalCase(.notASpend, "refunding a command that was never given") { scene in scene.refund(noon, "x", 1)
    },
    RefusalCase(.notASpend, "refunding a hold") { scene in
      scene.holding()
      return scene.refund(noon, "order", 1)
    },
    RefusalCase(.notASpend, "refunding another member's spending") { scene in
      scene.holding()
      scene.spend(noon, 2, id: "sale")
      scene.when(noon, .member(.enrol(EnrolMember(member: "li", organisation: "gz"))))
      return scene.refund(noon, "sale", 2, member: "li")
    },
    RefusalCase(.refundAboveSpend, "more than was spent") { scene in
      scene.holding()
      scene.spend(noon, 2, id: "sale")
      return scene.refund(noon, "sale", 3)
    },
    RefusalCase(.refundAboveSpend, "refunding twice") { scene in
      scene.holding()
      scene.spend(noon, 2, id: "sale")
      scene.refund(noon, "sale", 2)
      return scene.refund(noon, "sale", 1)
    },
    RefusalCase(.timeBeforeCause, "refunding before the spending") { scene in
      scene.holding()
      scene.spend("2022-02-01T12:30:00+08:00", 2, id: "sale")
      return scene.refund(noon, "sale", 2)
    },
  ]
}

extension Scene {
  /// Ten points of which the hold `order` holds eight until one o'clock.
  fileprivate mutating func holding() {
    rule()
    earn("2022-02-01T12:00:00+08:00", "read", 5)
    hold("2022-02-01T12:00:00+08:00", 8, id: "order", until: "2022-02-01T13:00:00+08:00")
  }
}

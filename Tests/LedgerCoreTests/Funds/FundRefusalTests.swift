// Every way a command about funds can be refused. What is accepted is in the files beside.

import Testing

@testable import LedgerCore

enum FundRefusalTests {
  private static let morning = Scene.morning
  private static let before = "2022-02-28T09:00:00+08:00"

  static let refusals = opening + moving + spending + closing

  private static let opening = [
    RefusalCase(.fundUnknown, "receiving into a fund that is not there") { scene in
      scene = .withFunds()
      return scene.receive("nothing", 1)
    },
    RefusalCase(.fundExists, "an id that is taken") { scene in
      scene = .withFunds()
      return scene.openFund("city")
    },
    RefusalCase(.fundEmptyWindow, "a window that ends on the day it begins") { scene in
      scene = .withFunds()
      return scene.openFund("new", from: "2022-04-01", until: "2022-04-01")
    },
    RefusalCase(.organisationClosed, "opening in a closed organisation") { scene in
      scene = .withFunds()
      scene.closeFund("industry")
      scene.when(morning, .organisation(.close(CloseOrganisation(organisation: "sz"))))
      return scene.openFund("new", in: "sz")
    },
    RefusalCase(.timeBeforeCause, "receiving before the fund was opened") { scene in
      scene = .withFunds()
      return scene.receive("city", 1, at: before)
    },
    RefusalCase(.fundClosed, "receiving into a closed fund") { scene in
      scene = .withFunds()
      scene.closeFund("city")
      return scene.receive("city", 1)
    },
    RefusalCase(.partyUnknown, "receiving from nobody known") { scene in
      scene = .withFunds()
      return scene.receive("city", 1, party: "donor")
    },
    RefusalCase(.fundReceiptExists, "a command whose id an allotment's receipt has") { scene in
      scene = .withFunds()
      scene.receive("city", 100)
      scene.allot("city", "district", 1, id: "one")
      return scene.receive("district", 1, id: "one#1")
    },
  ]

  private static let moving = [
    RefusalCase(.fundSame, "allotting to itself") { scene in
      scene = .withFunds()
      scene.receive("city", 100)
      return scene.allot("city", "city", 1)
    },
    RefusalCase(.fundClosed, "allotting to a closed fund") { scene in
      scene = .withFunds()
      scene.receive("city", 100)
      scene.closeFund("district")
      return scene.allot("city", "district", 1)
    },
    RefusalCase(.fundOutsideWindow, "allotting after the parent's window") { scene in
      scene = .withFunds()
      scene.openFund("old", until: "2022-02-01")
      scene.receive("old", 100)
      return scene.allot("old", "district", 1)
    },
    RefusalCase(.fundPurposeNotCovered, "allotting for what the child is not for") { scene in
      scene = .withFunds()
      scene.receive("city", 100)
      return scene.allot("city", "district", 1, purposes: ["masks"])
    },
    RefusalCase(.fundBalanceTooLow, "allotting more than is available") { scene in
      scene = .withFunds()
      scene.receive("city", 100)
      return scene.allot("city", "district", 101)
    },
    RefusalCase(.timeBeforeCause, "allotting what was received later") { scene in
      scene = .withFunds()
      scene.receive("city", 100, at: "2022-03-02T09:00:00+08:00")
      return scene.allot("city", "district", 1)
    },
    RefusalCase(.fundReceiptExists, "an allotment whose receipt's id a command had") { scene in
      scene = .withFunds()
      scene.receive("city", 100)
      scene.receive("district", 1, id: "one#1")
      return scene.allot("city", "district", 1, id: "one")
    },
    RefusalCase(.fundTooManyReceipts, "allotting what spans more receipts than an event can name") { scene in
      scene = .withFunds()
      for _ in 0...Fund.mostReceipts { scene.receive("city", 10) }
      return scene.allot("city", "district", 201)
    },
    RefusalCase(.fundRecallAboveUnused, "recalling what the child has of another parent") { scene in
      scene = .withTwoParents()
      return scene.recall("district", from: "industry", 30_001)
    },
    RefusalCase(.fundRecallAboveUnused, "recalling from a fund that never was a child") { scene in
      scene = .withTwoParents()
      return scene.recall("industry", from: "city", 1)
    },
  ]

  private static let spending = [
    RefusalCase(.fundUnknown, "spending from a fund that is not there") { scene in
      scene = .withFunds()
      return scene.spendMoney("nothing", 1)
    },
    RefusalCase(.fundOutsideWindow, "spending before the fund's window") { scene in
      scene = .withFunds()
      scene.openFund("next", from: "2023-01-01")
      scene.receive("next", 100)
      return scene.spendMoney("next", 1)
    },
    RefusalCase(.fundPurposeNotCovered, "spending for what no receipt is for") { scene in
      scene = .withFunds()
      scene.receive("city", 100, purposes: ["visit"])
      return scene.spendMoney("city", 1)
    },
    RefusalCase(.fundBalanceTooLow, "spending from a fund without money") { scene in
      scene = .withFunds()
      return scene.spendMoney("city", 1)
    },
    RefusalCase(.timeBeforeCause, "spending what was received later") { scene in
      scene = .withFunds()
      scene.receive("city", 100)
      scene.receive("city", 100, at: "2022-03-02T09:00:00+08:00")
      return scene.spendMoney("city", 101)
    },
    RefusalCase(.fundTooManyReceipts, "spending what spans more receipts than an event can name") { scene in
      scene = .withFunds()
      for _ in 0...Fund.mostReceipts { scene.receive("city", 10) }
      return scene.spendMoney("city", 201)
    },
    RefusalCase(.merchantUnknown, "a purchase from a merchant nobody knows") { scene in
      scene = .withFunds()
      scene.receive("city", 100)
      return scene.spendMoney("city", 1, merchant: "hotel")
    },
    RefusalCase(.fundNotASpend, "returning what was received") { scene in
      scene = .withFunds()
      scene.receive("city", 100, id: "in")
      return scene.returnSpend("city", "in", 1)
    },
    RefusalCase(.fundNotASpend, "returning to another fund than it was spent from") { scene in
      scene = .withTwoParents()
      scene.spendMoney("district", 10, id: "masks")
      return scene.returnSpend("city", "masks", 1)
    },
    RefusalCase(.fundReturnAboveSpend, "returning more than was spent") { scene in
      scene = .withTwoParents()
      scene.spendMoney("district", 10, id: "masks")
      scene.returnSpend("district", "masks", 7)
      return scene.returnSpend("district", "masks", 4)
    },
    RefusalCase(.timeBeforeCause, "returning before it was spent") { scene in
      scene = .withTwoParents()
      scene.spendMoney("district", 10, at: "2022-03-02T09:00:00+08:00", id: "masks")
      return scene.returnSpend("district", "masks", 1)
    },
  ]

  private static let closing = [
    RefusalCase(.fundLeft, "closing with money that is no parent's") { scene in
      scene = .withTwoParents()
      return scene.closeFund("city")
    },
    RefusalCase(.fundClosed, "closing twice") { scene in
      scene = .withFunds()
      scene.closeFund("city")
      return scene.closeFund("city")
    },
    RefusalCase(.fundLeft, "closing once more what came back from outside, without naming another fund") {
      scene in
      scene = .withTwoParents()
      scene.spendMoney("city", 50_000, id: "masks")
      scene.closeFund("city")
      scene.returnSpend("city", "masks", 1)
      return scene.closeFund("city")
    },
    RefusalCase(.fundSame, "carrying over into itself") { scene in
      scene = .withTwoParents()
      return scene.closeFund("city", into: "city")
    },
    RefusalCase(.fundOfOtherOrganisation, "carrying over into another organisation's fund") { scene in
      scene = .withTwoParents()
      return scene.closeFund("city", into: "industry")
    },
    RefusalCase(.fundPurposeNotCovered, "carrying over into a fund for other purposes") { scene in
      scene = .withTwoParents()
      scene.openFund("masks", purposes: ["masks"])
      return scene.closeFund("city", into: "masks")
    },
    RefusalCase(.fundTooManyReceipts, "closing with more receipts than an event can name") { scene in
      scene = .withFunds()
      for _ in 0...Fund.mostReceipts { scene.receive("city", 10) }
      scene.openFund("next")
      return scene.closeFund("city", into: "next")
    },
    RefusalCase(.timeBeforeCause, "closing before the last receipt came") { scene in
      scene = .withFunds()
      scene.receive("city", 100, at: "2022-03-02T09:00:00+08:00")
      return scene.closeFund("city")
    },
    RefusalCase(.fundCommitted, "closing while something is committed") { scene in
      scene = .withFunds()
      scene.receive("city", 100)
      scene.when(
        morning,
        .grant(
          .openProgramme(
            OpenProgramme(
              programme: "p", organisation: "gz", fund: "city", purpose: "heat", total: 40, months: 12))))
      return scene.closeFund("city")
    },
  ]
}

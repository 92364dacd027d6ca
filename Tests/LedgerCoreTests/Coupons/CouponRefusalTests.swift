// How campaigns and coupons are refused, one way at least for each code.

@testable import LedgerCore

enum CouponRefusalTests {
  private static let june = "2022-06-20T09:00:00+08:00"

  private static func draft(_ scene: inout Scene, _ terms: CampaignTerms, version: Int64 = 1) -> Scene.Outcome
  {
    scene.when(
      june, .campaign(.draft(DraftCampaign(campaign: "cooling", version: version, terms: terms))))
  }

  private static func cooling(_ change: (inout CampaignTerms) -> Void) -> CampaignTerms {
    var terms = Scene.cooling
    change(&terms)
    return terms
  }

  /// A scene in which `cooling` runs, on changed terms.
  private static func running(_ change: (inout CampaignTerms) -> Void = { _ in }) -> Scene {
    var scene = Scene.withMoney()
    scene.run("cooling", cooling(change))
    return scene
  }

  static let campaigns = [
    RefusalCase(.campaignUnknown, "submitting what was never drafted") { scene in
      scene = .withMoney()
      return scene.when(june, .campaign(.submit(SubmitCampaign(campaign: "cooling"))))
    },
    RefusalCase(.campaignClosed, "drafting a version of a closed one") { scene in
      scene = running()
      scene.when(june, .campaign(.close(CloseCampaign(campaign: "cooling"))))
      return draft(&scene, Scene.cooling, version: 2)
    },
    RefusalCase(.campaignVersionOutOfOrder, "a version that is not the next") { scene in
      scene = .withMoney()
      return draft(&scene, Scene.cooling, version: 2)
    },
    RefusalCase(.campaignVersionDiffers, "another payer") { scene in
      scene = running()
      return draft(&scene, cooling { $0.payers = [CampaignPayer(fund: "cool-sz")] }, version: 2)
    },
    RefusalCase(.campaignEmptyWindow, "a window that ends as it begins") { scene in
      scene = .withMoney()
      return draft(&scene, cooling { $0.until = $0.from })
    },
    RefusalCase(.campaignAudienceOutside, "an audience beside the organisation") { scene in
      scene = .withMoney()
      return draft(&scene, cooling { $0.audience.organisation = "sz" })
    },
    RefusalCase(.campaignNotAPart, "a bundle of a bundle") { scene in
      scene = running()
      func bundle(_ parts: [CampaignID]) -> CampaignTerms {
        cooling { terms in
          terms.kind = .bundle(parts)
          terms.payers = nil
          terms.budgetFen = 0
        }
      }
      scene.run("other", Scene.cooling)
      scene.run("pair", bundle(["cooling", "other"]))
      return scene.run("more", bundle(["cooling", "pair"]))
    },
    RefusalCase(.campaignWrongStage, "publishing a draft") { scene in
      scene = .withMoney()
      _ = draft(&scene, Scene.cooling)
      return scene.when(june, .campaign(.publish(PublishCampaign(campaign: "cooling"))))
    },
    RefusalCase(.timeBeforeCause, "approving at a time before the submission") { scene in
      scene = .withMoney()
      _ = draft(&scene, Scene.cooling)
      scene.when(june, .campaign(.submit(SubmitCampaign(campaign: "cooling"))))
      return scene.when(
        "2022-06-20T08:59:59+08:00", .campaign(.approve(ApproveCampaign(campaign: "cooling"))), by: "chief")
    },
    RefusalCase(.campaignOwnApproval, "approving one's own draft") { scene in
      scene = .withMoney()
      scene.when(
        june, .actor(.grantRole(GrantRole(actor: "clerk", role: .approver, from: "2022-01-01"))), by: "owner")
      _ = draft(&scene, Scene.cooling)
      scene.when(june, .campaign(.submit(SubmitCampaign(campaign: "cooling"))))
      return scene.when(june, .campaign(.approve(ApproveCampaign(campaign: "cooling"))))
    },
    RefusalCase(.campaignBudgetBelowUsed, "less than is reserved") { scene in
      scene = running()
      scene.claim()
      return scene.run("cooling", cooling { $0.budgetFen = 198 }, version: 2, at: Scene.july)
    },
    RefusalCase(.campaignNotPublished, "claiming from a paused one") { scene in
      scene = running()
      scene.when(june, .campaign(.pause(PauseCampaign(campaign: "cooling"))))
      return scene.claim()
    },
    RefusalCase(.campaignNotPaused, "resuming a running one") { scene in
      scene = running()
      return scene.when(june, .campaign(.resume(ResumeCampaign(campaign: "cooling"))))
    },
    RefusalCase(.campaignWithoutPool, "codes for one that needs none") { scene in
      scene = running()
      return importCodes(&scene, [1])
    },
    RefusalCase(.couponCodesRepeated, "a code twice") { scene in
      scene = running { $0.usesCodePool = true }
      return importCodes(&scene, [1, 1])
    },
    RefusalCase(.couponCodesKnown, "a code that was imported") { scene in
      scene = running { $0.usesCodePool = true }
      _ = importCodes(&scene, [1])
      return importCodes(&scene, [2, 1])
    },
    RefusalCase(.campaignNotInWindow, "claiming on its last instant") { scene in
      scene = running()
      return scene.claim("2022-08-01T00:00:00+08:00")
    },
    RefusalCase(.couponOnlyInBundle, "claiming a part alone") { scene in
      scene = running { $0.isOnlyInBundle = true }
      return scene.claim()
    },
    RefusalCase(.couponCodeNeeded, "claiming without the code") { scene in
      scene = running { $0.codeHash = ContentHash(of: [1]) }
      return scene.claim()
    },
    RefusalCase(.couponCodeWrong, "claiming with another code") { scene in
      scene = running { $0.codeHash = ContentHash(of: [1]) }
      return scene.claim(code: ContentHash(of: [2]))
    },
    RefusalCase(.couponCodeUsed, "claiming with a code of the pool again") { scene in
      scene = running { terms in
        terms.usesCodePool = true
        terms.quotas = CampaignQuotas()
      }
      _ = importCodes(&scene, [1])
      scene.claim(code: ContentHash(of: [1]))
      return scene.claim(code: ContentHash(of: [1]))
    },
  ]

  private static func importCodes(_ scene: inout Scene, _ codes: [UInt8]) -> Scene.Outcome {
    scene.when(
      june,
      .campaign(
        .importCodes(
          ImportCodes(
            campaign: "cooling", fileHash: ContentHash(of: []),
            codeHashes: codes.map { ContentHash(of: [$0]) }))))
  }

  /// A scene in which wang has a coupon `c` of `cooling`.
  private static func holding(_ change: (inout CampaignTerms) -> Void = { _ in }) -> Scene {
    var scene = running(change)
    scene.claim(id: "c")
    return scene
  }

  private static func lock(_ scene: inout Scene, _ deadline: Instant = "2022-07-01T13:00:00+08:00")
    -> Scene.Outcome
  {
    scene.when(
      Scene.july,
      .coupon(
        .lock(LockCoupon(member: "wang", campaign: "cooling", coupon: "c", order: "a", deadline: deadline))))
  }

  private static func reverse(_ scene: inout Scene, _ at: String) -> Scene.Outcome {
    scene.when(
      at, .coupon(.reverse(ReverseCoupons(member: "wang", redemption: "use", reason: "not-served"))))
  }

  static let coupons = [
    RefusalCase(.couponOutsideAudience, "claiming as a clerk") { scene in
      scene = running()
      return scene.claim(member: scene.courier("li", "clerk"))
    },
    RefusalCase(.couponQuotaTaken, "a second on one day") { scene in
      scene = holding()
      return scene.claim()
    },
    RefusalCase(.couponBudgetTaken, "the budget is reserved") { scene in
      scene = holding { terms in
        terms.budgetFen = 300
        terms.quotas = CampaignQuotas()
      }
      return scene.claim()
    },
    RefusalCase(.couponNotOpen, "one that was never granted") { scene in
      scene = running()
      return scene.redeem([("cooling", "c")], 350)
    },
    RefusalCase(.timeBeforeCause, "using it at a time before the claim") { scene in
      scene = holding()
      return scene.redeem("2022-07-01T11:59:59+08:00", [("cooling", "c")], 350)
    },
    RefusalCase(.couponDeadlinePassed, "a lock until now") { scene in
      scene = holding()
      return lock(&scene, "2022-07-01T12:00:00+08:00")
    },
    RefusalCase(.couponLocked, "for another order") { scene in
      scene = holding()
      _ = lock(&scene)
      return scene.redeem([("cooling", "c")], 350, order: "b")
    },
    RefusalCase(.couponNotLocked, "unlocking what is open") { scene in
      scene = holding()
      return scene.when(
        Scene.july, .coupon(.unlock(UnlockCoupon(member: "wang", campaign: "cooling", coupon: "c"))))
    },
    RefusalCase(.couponMerchantNotInCampaign, "at another merchant") { scene in
      scene = holding { $0.merchants = ["shop"] }
      return scene.redeem([("cooling", "c")], 350, merchant: "shop-sz")
    },
    RefusalCase(.couponNotStackable, "two of one class") { scene in
      scene = holding { terms in
        terms.exclusiveClass = "meal"
        terms.quotas = CampaignQuotas()
      }
      scene.claim(id: "d")
      return scene.redeem([("cooling", "c"), ("cooling", "d")], 350)
    },
    RefusalCase(.couponBelowThreshold, "a small order") { scene in
      scene = holding()
      return scene.redeem([("cooling", "c")], 150)
    },
    RefusalCase(.couponLeftTooLow, "more than is stored") { scene in
      scene = holding { $0.kind = .stored(faceFen: 100) }
      return scene.redeem([("cooling", "c")], 350, of: 101)
    },
    RefusalCase(.couponAboveOrder, "more than the order") { scene in
      scene = holding { $0.kind = .stored(faceFen: 1_000) }
      return scene.redeem([("cooling", "c")], 350, of: 351)
    },
    RefusalCase(.couponTakesNothing, "5 % of 9 fen") { scene in
      scene = holding { $0.kind = .percent(5, capFen: 1_000) }
      return scene.redeem([("cooling", "c")], 9)
    },
    RefusalCase(.couponNotARedemption, "rolling back a claim") { scene in
      scene = holding()
      return scene.rollBack(Scene.july, "c")
    },
    RefusalCase(.couponRolledBack, "rolling back twice") { scene in
      scene = holding()
      scene.redeem([("cooling", "c")], 350, id: "use")
      scene.rollBack(Scene.july, "use")
      return scene.rollBack(Scene.july, "use")
    },
    RefusalCase(.couponSettled, "rolling back what is settled") { scene in
      scene = holding()
      scene.redeem([("cooling", "c")], 350, id: "use")
      scene.freeze("shop", through: "2022-07-01")
      return scene.rollBack("2022-07-02T09:00:00+08:00", "use")
    },
    RefusalCase(.couponNotSettled, "reversing what is not settled") { scene in
      scene = holding()
      scene.redeem([("cooling", "c")], 350, id: "use")
      return reverse(&scene, "2022-07-02T09:00:00+08:00")
    },
    RefusalCase(.timeBeforeCause, "reversing before the settlement was frozen") { scene in
      scene = holding()
      scene.redeem([("cooling", "c")], 350, id: "use")
      scene.freeze("shop", through: "2022-07-01")
      return reverse(&scene, "2022-07-01T23:59:59+08:00")
    },
  ]
}

// Every way a rule can say no: a closed list of codes, each with the numbers that decided. Its sentence for people is in
// RefusalSentences; failures of machinery are LedgerError; findings of an audit are Finding.

/// A rule said no. Recorded, and sticky: the same command id gets the same refusal for ever.
public struct Refusal: Error, Equatable, Sendable {
  public let code: Code
  /// The numbers and words that decided, by name, in alphabetical order.
  public let details: [Detail]

  /// One number or word of a refusal.
  public struct Detail: Equatable, Sendable {
    public let name: String
    public let value: Value
    public enum Value: Equatable, Sendable {
      case number(Int64)
      case word(String)
    }
  }

  init(_ code: Code, _ details: [Detail] = []) {
    self.code = code
    self.details = details.sorted { $0.name < $1.name }
  }

  /// L3: a command may use only what exists at its `at`.
  static func beforeCause(_ cause: String, since: Instant) -> Refusal {
    Refusal(
      .timeBeforeCause,
      [
        Detail(name: "cause", value: .word(cause)),
        Detail(name: "since", value: .word(since.description)),
      ])
  }

  init(_ code: Code, _ name: String, _ number: Int64) {
    self.init(code, [Detail(name: name, value: .number(number))])
  }

  init(_ code: Code, _ name: String, _ word: String) {
    self.init(code, [Detail(name: name, value: .word(word))])
  }

  /// The codes, in the order of the checks within each group. A code never changes its meaning and is never reused.
  public enum Code: String, CaseIterable, Sendable {
    // The ledger and its clocks (L3).
    case ledgerOpened = "ledger.already-open"
    case timeInFuture = "time.in-future"
    case timeBeforeCause = "time.before-cause"
    case timeOccurredLater = "time.occurred-later"
    // Periods (L4).
    case periodClosed = "period.closed"
    case periodNotOver = "period.not-over"
    case periodDayOpen = "period.day-open"
    // A second actor (L6).
    case approvalUnknown = "approval.unknown"
    case approvalDecided = "approval.decided"
    case approvalBySameActor = "approval.same-actor"
    case approvalNotPossible = "approval.not-possible"
    // Jobs (L10, L11).
    case dayNotOver = "day.not-over"
    case jobIdTooLong = "job.id-too-long"
    case jobUnknown = "job.unknown"
    case jobFinished = "job.finished"
    case jobWorkLeft = "job.work-left"
    case jobGrantsLeft = "job.grants-left"
    case jobChunkOutOfOrder = "job.chunk-out-of-order"
    // Who may (L9, L9a).
    case actorUnknown = "actor.unknown"
    case actorRoleMissing = "actor.role-missing"
    case actorOutsideOrganisation = "actor.outside-organisation"
    case actorExists = "actor.exists"
    case roleExists = "actor.role-exists"
    case roleUnknown = "actor.role-unknown"
    case roleEmptyPeriod = "actor.role-empty-period"
    // Organisations (M1).
    case organisationUnknown = "organisation.unknown"
    case organisationExists = "organisation.exists"
    case organisationClosed = "organisation.closed"
    case organisationNotEmpty = "organisation.not-empty"
    case stationsOpen = "organisation.stations-open"
    case organisationInUse = "organisation.in-use"
    // Stations and their visits (M6).
    case stationUnknown = "station.unknown"
    case stationExists = "station.exists"
    case stationNumberTaken = "station.number-taken"
    case stationClosed = "station.closed"
    case visitsToCome = "station.visits-to-come"
    case notARecording = "station.not-a-recording"
    case visitsCorrected = "station.visits-already-corrected"
    case giftsLeft = "station.gifts-left"
    // Members and their facts (M2, M3).
    case memberUnknown = "member.unknown"
    case memberExists = "member.exists"
    case memberLeft = "member.left"
    case memberActive = "member.active"
    case memberVerified = "member.already-verified"
    case memberSameOrganisation = "member.same-organisation"
    case memberMerged = "member.merged"
    case mergeSelf = "member.same-member"
    case notProvisional = "member.not-provisional"
    case intoProvisional = "member.into-provisional"
    case relativesDeclared = "member.relatives-declared"
    case factUnknown = "fact.unknown"
    case factExists = "fact.exists"
    case factEnded = "fact.ended"
    case factEmptyPeriod = "fact.empty-period"
    // Relatives and dependants (M5).
    case relativeSelf = "relative.same-member"
    case relativeExists = "relative.exists"
    case relativeUnknown = "relative.unknown"
    case relativeEnded = "relative.ended"
    case relativeEmptyPeriod = "relative.empty-period"
    // Points (P1-P13).
    case ruleUnknown = "points.rule-unknown"
    case ruleVersionOutOfOrder = "points.rule-version-out-of-order"
    case ruleOfOtherOrganisation = "points.rule-of-other-organisation"
    case ruleNotInWindow = "points.rule-not-in-window"
    case ruleEmptyWindow = "points.rule-empty-window"
    case outsideAudience = "points.outside-audience"
    case quantityAboveLimit = "points.quantity-above-limit"
    case amountTooLarge = "points.amount-too-large"
    case deadlinePassed = "points.deadline-passed"
    case balanceTooLow = "points.balance-too-low"
    case tooManyLots = "points.too-many-lots"
    case noOpenHold = "points.no-open-hold"
    case captureAboveHold = "points.capture-above-hold"
    case notASpend = "points.not-a-spend"
    case refundAboveSpend = "points.refund-above-spend"
    case holdsOpen = "points.holds-open"
    case notAnEarning = "points.not-an-earning"
    case nothingPending = "points.nothing-pending"
    case takenBackAboveEarning = "points.taken-back-above-earning"
    case extensionNotLater = "points.extension-not-later"
    case nothingToExtend = "points.nothing-to-extend"
    case correctsNothing = "points.corrects-nothing"
    case notReversible = "points.not-reversible"
    case approvalNeeded = "approval.needed"
    // Funds (F1-F11).
    case fundUnknown = "fund.unknown"
    case fundExists = "fund.exists"
    case fundClosed = "fund.closed"
    case fundEmptyWindow = "fund.empty-window"
    case fundOutsideWindow = "fund.outside-window"
    case fundPurposeNotCovered = "fund.purpose-not-covered"
    case fundSame = "fund.same"
    case fundOfOtherOrganisation = "fund.of-other-organisation"
    case fundReceiptExists = "fund.receipt-exists"
    case fundTooManyReceipts = "fund.too-many-receipts"
    case fundBalanceTooLow = "fund.balance-too-low"
    case fundRecallAboveUnused = "fund.recall-above-unused"
    case fundCommitted = "fund.committed"
    case fundLeft = "fund.left"
    case fundNotASpend = "fund.not-a-spend"
    case fundReturnAboveSpend = "fund.return-above-spend"
    // Parties (F7, F10).
    case partyUnknown = "party.unknown"
    case partyExists = "party.exists"
    case memoToCome = "party.memo-to-come"
    // Merchants, settlements and payables (C10, F9).
    case merchantUnknown = "merchant.unknown"
    case merchantExists = "merchant.exists"
    case merchantClosed = "merchant.closed"
    case settlementUnknown = "settlement.unknown"
    case settlementExists = "settlement.exists"
    case settlementDayNotOver = "settlement.day-not-over"
    case settlementThroughTooEarly = "settlement.through-too-early"
    case settlementEmpty = "settlement.empty"
    case settlementFrozen = "settlement.frozen"
    case settlementDisputed = "settlement.disputed"
    case settlementPaid = "settlement.paid"
    case settlementNothingDue = "settlement.nothing-due"
    case settlementAmountDiffers = "settlement.amount-differs"
    case payableAboveOwed = "payable.above-owed"
    // Gifts (O4).
    case giftUnknown = "gift.unknown"
    case giftOfOtherOrganisation = "gift.of-other-organisation"
    case giftAlreadyReceived = "gift.already-received"
    case giftStockTooLow = "gift.stock-too-low"
    case giftTooManyBatches = "gift.too-many-batches"
    case giftSurplusUnexplained = "gift.surplus-unexplained"
    // Grants to stations (M6).
    case programmeUnknown = "grant.programme-unknown"
    case programmeExists = "grant.programme-exists"
    case programmeClosed = "grant.programme-closed"
    case applicationsClosed = "grant.applications-closed"
    case applicationsOpen = "grant.applications-open"
    case noApplications = "grant.no-applications"
    case grantExists = "grant.exists"
    case grantNothingLeft = "grant.nothing-left"
    case grantUnknown = "grant.unknown"
    case grantWrongStatus = "grant.wrong-status"
    case grantBySameActor = "grant.same-actor"
    case grantNotInspected = "grant.not-inspected"
    case grantMonthsExceeded = "grant.months-exceeded"
    // Activities (A1, A2).
    case activityUnknown = "activity.unknown"
    case activityExists = "activity.exists"
    case activityEmptyWindow = "activity.empty-window"
    case activityCommitmentUsed = "activity.commitment-used"
    case activityValueDayTooEarly = "activity.value-day-too-early"
    case activityClosed = "activity.closed"
    case activityByHolder = "activity.by-holder"
    case activityEntriesFinal = "activity.entries-final"
    case activityOutsideWindow = "activity.outside-window"
    case activityOutsideAudience = "activity.outside-audience"
    case activityLimitReached = "activity.limit-reached"
    case activityChoiceUnknown = "activity.choice-unknown"
    case activityNothingToDraw = "activity.nothing-to-draw"
    case activityValuePublished = "activity.value-published"
    case activityValueTooEarly = "activity.value-too-early"
    case activityValueNotOfForm = "activity.value-not-of-form"
    case activityNotHolder = "activity.not-holder"
    case activityValueMissing = "activity.value-missing"
    case activityDrawOutOfOrder = "activity.draw-out-of-order"
    case activityChainEnded = "activity.chain-ended"
    case activityPoolEmpty = "activity.pool-empty"
    case activityTooFewEntries = "activity.too-few-entries"
    case activitySecretWrong = "activity.secret-wrong"
    // Campaigns of coupons (C1, C12).
    case campaignUnknown = "campaign.unknown"
    case campaignClosed = "campaign.closed"
    case campaignVersionOutOfOrder = "campaign.version-out-of-order"
    case campaignVersionDiffers = "campaign.version-differs"
    case campaignEmptyWindow = "campaign.empty-window"
    case campaignAudienceOutside = "campaign.audience-outside"
    case campaignNotAPart = "campaign.not-a-part"
    case campaignWrongStage = "campaign.wrong-stage"
    case campaignOwnApproval = "campaign.own-approval"
    case campaignBudgetBelowUsed = "campaign.budget-below-used"
    case campaignNotPublished = "campaign.not-published"
    case campaignNotPaused = "campaign.not-paused"
    case campaignWithoutPool = "campaign.without-pool"
    case couponCodesRepeated = "coupon.codes-repeated"
    case couponCodesKnown = "coupon.codes-known"
    // Coupons (C2-C8).
    case campaignNotInWindow = "campaign.not-in-window"
    case couponNotPushed = "coupon.not-pushed"
    case couponOnlyInBundle = "coupon.only-in-bundle"
    case couponOutsideAudience = "coupon.outside-audience"
    case couponCodeNeeded = "coupon.code-needed"
    case couponCodeWrong = "coupon.code-wrong"
    case couponCodeUsed = "coupon.code-used"
    case couponQuotaTaken = "coupon.quota-taken"
    case couponBudgetTaken = "coupon.budget-taken"
    case couponNotOpen = "coupon.not-open"
    case couponDeadlinePassed = "coupon.deadline-passed"
    case couponLocked = "coupon.locked"
    case couponNotLocked = "coupon.not-locked"
    case couponMerchantNotInCampaign = "coupon.merchant-not-in-campaign"
    case couponNotStackable = "coupon.not-stackable"
    case couponBelowThreshold = "coupon.below-threshold"
    case couponLeftTooLow = "coupon.left-too-low"
    case couponAboveOrder = "coupon.above-order"
    case couponTakesNothing = "coupon.takes-nothing"
    case couponNotARedemption = "coupon.not-a-redemption"
    case couponRolledBack = "coupon.rolled-back"
    case couponSettled = "coupon.settled"
    case couponNotSettled = "coupon.not-settled"
  }
}

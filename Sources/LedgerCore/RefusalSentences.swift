// What every refusal says to people: one English sentence a code, with the numbers that decided.
// The codes, in the order of the checks, are in Refusal.

extension Refusal {
  /// What went wrong and what to do, in one English sentence. It names no member.
  public var message: String { sentence(code) }

  /// The value of a detail as text; `{name}` when the refusal lacks it, as in the schema.
  private func of(_ name: String) -> String {
    switch details.first(where: { $0.name == name })?.value {
    case .number(let number): "\(number)"
    case .word(let word): word
    case nil: "{\(name)}"
    }
  }

  private func sentence(_ code: Code) -> String {
    switch code {
    case .ledgerOpened: "This ledger is open already; a ledger is opened once."
    case .timeInFuture: "`at` lies more than 5 minutes after the ledger's clock, which says \(of("now"))."
    case .timeBeforeCause:
      "`at` lies before \(of("cause")), which it uses and which exists since \(of("since"))."
    case .periodClosed:
      "All days through \(of("through")) are closed; date it later, and name what it corrects."
    case .periodNotOver: "The period must end before the day of `at`, \(of("day"))."
    case .periodDayOpen:
      "The last day that day.close has closed is \(of("closed")); close the period's last day first."
    case .approvalUnknown: "There is no approval that this command opened."
    case .approvalDecided: "The approval is \(of("status")) already."
    case .approvalBySameActor: "Actor \(of("actor")) opened the approval; another must grant it."
    case .approvalNotPossible: "A command of type \(of("type")) cannot wait for a second actor."
    case .dayNotOver: "The day ends at \(of("ends")), after `at`."
    case .jobIdTooLong: "The id of a job may have \(of("limit")) characters, so that its chunks can have ids."
    case .jobUnknown: "There is no job that this command opened."
    case .jobFinished: "The job is finished."
    case .jobWorkLeft:
      "Somebody's points or coupons still have something due by \(of("due")); send the job's command again."
    case .jobGrantsLeft:
      "\(of("pieces")) coupons are still set aside, and not all members were looked at; send the job's command again."
    case .jobChunkOutOfOrder: "The next chunk of this job is \(of("expected"))."
    case .timeOccurredLater: "`occurredOn` lies after the day of `at`, which is \(of("day"))."
    case .actorUnknown: "The actor is not registered; an owner registers it with actor.register."
    case .actorRoleMissing: "The actor holds none of the roles that may do this on that day: \(of("needs"))."
    case .actorOutsideOrganisation: "The actor's role does not reach organisation \(of("organisation"))."
    case .actorExists: "The actor is registered already."
    case .roleExists: "The actor holds this role over this organisation already; revoke it first."
    case .roleUnknown: "The actor does not hold this role over this organisation."
    case .roleEmptyPeriod: "The role would end on or before the day it begins, \(of("from"))."
    case .organisationUnknown: "There is no organisation \(of("organisation"))."
    case .organisationExists: "There is an organisation with this id already."
    case .organisationClosed: "Organisation \(of("organisation")) is closed."
    case .organisationNotEmpty:
      "The organisation still has \(of("members")) members and \(of("children")) open organisations below it."
    case .stationsOpen: "The organisation still has \(of("stations")) open stations; close them first."
    case .organisationInUse:
      "The organisation still has \(of("funds")) open funds, \(of("merchants")) open merchants and \(of("gifts")) gifts in its store."
    case .stationUnknown: "There is no station \(of("station"))."
    case .stationExists: "There is a station with this id already."
    case .stationNumberTaken: "Station \(of("station")) of this organisation has this number and is open."
    case .stationClosed: "Station \(of("station")) is closed."
    case .visitsToCome:
      "The visits lie after the day of `at`, \(of("day")); only visits that were made are counted."
    case .notARecording: "That command did not count visits of this station."
    case .visitsCorrected: "That count was corrected already; correct the correction if it is wrong too."
    case .giftsLeft: "The station still has \(of("pieces")) pieces of gifts; move or write them off first."
    case .memberUnknown: "There is no member with this id."
    case .memberExists: "There is a member with this id already."
    case .memberLeft: "The member has left."
    case .memberActive: "The member has not left."
    case .memberVerified: "The member is verified already."
    case .memberSameOrganisation: "The member belongs to this organisation already."
    case .memberMerged: "The member was merged into another; use the id that `into` gives."
    case .mergeSelf: "A member is not merged into itself."
    case .notProvisional: "Only a provisional member can be merged; this one is registered."
    case .intoProvisional: "The member to merge into is provisional too; merge both into a real one."
    case .relativesDeclared:
      "The provisional member has \(of("relatives")) relatives; end them, and declare them for the real one."
    case .factUnknown: "The member has no fact with this id."
    case .factExists: "The member has a fact with this id already."
    case .factEnded: "The fact has ended on \(of("until"))."
    case .factEmptyPeriod: "The fact would end on or before the day it begins, \(of("from"))."
    case .relativeSelf: "Nobody is a relative of oneself."
    case .relativeExists:
      "The two are declared to be relatives on some of these days already, from \(of("from")) on."
    case .relativeUnknown: "The two were never declared to be relatives."
    case .relativeEnded: "What was declared of the two has ended on \(of("until"))."
    case .relativeEmptyPeriod: "It would end on or before the day it begins, \(of("from"))."
    case .ruleUnknown: "There is no points rule with this id at that time."
    case .ruleVersionOutOfOrder: "The next version of this rule is \(of("expected"))."
    case .ruleOfOtherOrganisation: "The rule belongs to organisation \(of("organisation"))."
    case .ruleNotInWindow: "The rule is open from \(of("from")) until \(of("until")), that day not included."
    case .ruleEmptyWindow: "The rule would end on or before the day it begins, \(of("from"))."
    case .outsideAudience: "The member is not in the rule's audience: \(of("needs"))."
    case .quantityAboveLimit: "One command may name at most \(of("limit")) units under this rule."
    case .amountTooLarge: "The amount is above the most a command may move, \(of("limit")) points."
    case .deadlinePassed: "The deadline lies on or before `at`; a hold must be open for a time."
    case .balanceTooLow: "The member has \(of("short")) points too few at that time."
    case .tooManyLots:
      "The amount spans more than \(of("limit")) lots; take at most \(of("points")) at a time."
    case .noOpenHold: "There is no open hold by that command; it may be captured, released or lapsed already."
    case .captureAboveHold: "The hold holds only \(of("held")) points."
    case .notASpend: "That command did not spend or capture points of this member."
    case .refundAboveSpend: "Only \(of("left")) points of that spending are left to refund."
    case .holdsOpen: "The member has \(of("holds")) open holds; capture or release them first."
    case .notAnEarning: "That command did not earn points for this member."
    case .nothingPending:
      "Nothing of that earning is pending; it may be active, expired or cancelled already."
    case .takenBackAboveEarning: "Only \(of("left")) points of it are left to take back."
    case .extensionNotLater: "The new last day must lie after the old one, \(of("expires"))."
    case .nothingToExtend: "The member has no points that expire on that day; what has expired stays so."
    case .correctsNothing: "The command that this would correct did nothing to this member's points."
    case .notReversible:
      "That command has no earning, spending, capture or adjustment of this member's points to reverse."
    case .approvalNeeded:
      "One actor alone may do this up to \(of("limit")) points; open an approval with it (approval.open)."
    case .fundUnknown: "There is no fund \(of("fund"))."
    case .fundExists: "There is a fund with this id already."
    case .fundClosed: "Fund \(of("fund")) is closed."
    case .fundEmptyWindow: "The fund would end on or before the day it begins, \(of("from"))."
    case .fundOutsideWindow:
      "The fund may be used from \(of("from")) until \(of("until")), that day not included."
    case .fundPurposeNotCovered: "The fund's money may not be used for \(of("purpose"))."
    case .fundSame: "The money would go to the fund it comes from."
    case .fundOfOtherOrganisation:
      "The other fund belongs to organisation \(of("organisation")); money is carried over within one."
    case .fundReceiptExists: "The fund has a receipt \(of("receipt")) already; send it under another id."
    case .fundTooManyReceipts:
      "The sum spans more than \(of("limit")) receipts; take at most \(of("fen")) fen at a time."
    case .fundRecallAboveUnused: "The child has only \(of("unused")) fen of that parent's money available."
    case .fundCommitted:
      "\(of("committed")) fen of the fund are committed; they must be spent or released first."
    case .fundLeft:
      "\(of("left")) fen that are no parent's are left; carry them over into another fund, or spend them."
    case .fundNotASpend: "That command did not spend money directly out of this fund."
    case .fundReturnAboveSpend: "Only \(of("left")) fen of that spending are left to come back."
    case .partyUnknown: "There is no party \(of("party"))."
    case .partyExists: "There is a party with this id already."
    case .memoToCome: "The memo's day lies after the day of `at`, \(of("day"))."
    case .merchantUnknown: "There is no merchant \(of("merchant"))."
    case .merchantExists: "There is a merchant with this id already."
    case .merchantClosed: "Merchant \(of("merchant")) is closed."
    case .settlementUnknown: "There is no settlement \(of("settlement"))."
    case .settlementExists: "There is a settlement with this id already."
    case .settlementDayNotOver: "A settlement takes days that are over; the day of `at` is \(of("day"))."
    case .settlementThroughTooEarly: "The merchant is settled through \(of("through")) already."
    case .settlementEmpty: "The merchant has nothing through \(of("through")) that is not settled."
    case .settlementFrozen: "The settlement is frozen, and nobody disputes it."
    case .settlementDisputed: "The settlement is disputed; resolve it first."
    case .settlementPaid: "The settlement is paid, with reference \(of("reference")), and does not change."
    case .settlementNothingDue:
      "Nothing is to be paid; \(of("carriedOn")) fen below zero are carried on to the next settlement."
    case .settlementAmountDiffers: "The settlement is paid in one sum, \(of("net")) fen."
    case .payableAboveOwed: "Only \(of("owed")) fen are owed."
    case .fundBalanceTooLow: "The fund has \(of("short")) fen too few for this purpose."
    case .giftUnknown: "There is no gift \(of("gift"))."
    case .giftOfOtherOrganisation: "The gift belongs to organisation \(of("organisation"))."
    case .giftAlreadyReceived: "The member got this gift in this campaign already, at \(of("since"))."
    case .giftStockTooLow: "There are \(of("short")) pieces of the gift too few at that place."
    case .giftTooManyBatches:
      "The pieces come of more than \(of("limit")) batches and receipts; take at most \(of("pieces")) at a time."
    case .giftSurplusUnexplained:
      "There are \(of("found")) pieces more than there should be; give the reason and the hash of the count's record."
    case .programmeUnknown: "There is no programme \(of("programme"))."
    case .programmeExists: "There is a programme with this id already."
    case .programmeClosed: "The programme is closed."
    case .applicationsClosed:
      "The applications are closed; the sum is split over the \(of("applications")) that were made."
    case .applicationsOpen:
      "The applications are still open, \(of("applications")) so far; close them, so that the sum is split."
    case .noApplications: "Nobody has applied yet, so there is nobody to split the sum over."
    case .grantExists: "The station has applied already."
    case .grantNothingLeft:
      "The sum is \(of("applications")) fen and \(of("applications")) stations have applied; one more would leave somebody nothing."
    case .grantUnknown: "The station has not applied to this programme."
    case .grantWrongStatus:
      "The grant is \(of("status")); it goes applied, approved, paid, inspected, exited."
    case .grantBySameActor: "Actor \(of("actor")) applied for the grant; another must approve it."
    case .grantNotInspected:
      "The grant of station \(of("station")) was not inspected since it was paid; inspect it before the exit."
    case .grantMonthsExceeded: "A grant of this programme is for \(of("months")) months."
    case .activityUnknown: "There is no activity \(of("activity"))."
    case .activityExists: "There is an activity with this id already."
    case .activityEmptyWindow: "The activity would end at or before its beginning, \(of("from"))."
    case .activityClosed: "Activity \(of("activity")) is closed."
    case .activityCommitmentUsed:
      "Activity \(of("activity")) has this link of the chain; a chain of secrets serves one activity."
    case .activityValueDayTooEarly:
      "Members may join until \(of("until")); the public value's day must begin then or later."
    case .activityByHolder:
      "Actor \(of("actor")) holds the secrets of the draws and takes no other part; another must do this."
    case .activityEntriesFinal: "The public value is in the log since \(of("since")); entries are final."
    case .activityOutsideWindow:
      "Members may join from \(of("from")) until \(of("until")), that instant not included."
    case .activityOutsideAudience: "The member is not in the activity's audience: \(of("needs"))."
    case .activityLimitReached: "A member may join \(of("limit")) times \(of("period")), and has."
    case .activityChoiceUnknown: "The activity has \(of("choices")) choices; the join must name one of them."
    case .activityNothingToDraw: "The activity draws nothing in this way; its opening says how it draws."
    case .activityValuePublished:
      "The public value is in the log since \(of("since")), and never changes."
    case .activityValueTooEarly:
      "The public value is not known before its day, which begins at \(of("from"))."
    case .activityValueNotOfForm: "The public value has the form \(of("form")), as the opening says."
    case .activityNotHolder: "Only \(of("holder")), who holds the secrets, makes the draws."
    case .activityValueMissing:
      "The public value of \(of("day")) is not in the log; publish it first (activity.publish-value)."
    case .activityDrawOutOfOrder: "The next draw of this activity is \(of("expected"))."
    case .activityChainEnded: "The activity's chain has secrets for \(of("draws")) draws, and no more."
    case .activitySecretWrong: "The secret of draw \(of("draw")) is the one whose SHA-256 is \(of("hash"))."
    case .activityPoolEmpty:
      "\(of("left")) prizes are left that no entry of before could win."
    case .activityTooFewEntries: "\(of("entries")) entries are left to be drawn."
    case .campaignUnknown: "There is no campaign \(of("campaign"))."
    case .campaignClosed: "Campaign \(of("campaign")) is closed."
    case .campaignVersionOutOfOrder: "Version \(of("expected")) of this campaign is expected."
    case .campaignVersionDiffers:
      "A new version cannot change \(of("field")); draft another campaign for that."
    case .campaignEmptyWindow: "The window would end at or before its beginning, \(of("from"))."
    case .campaignAudienceOutside:
      "Organisation \(of("organisation")) is neither the campaign's own nor below it."
    case .campaignNotAPart: "Campaign \(of("campaign")) is a bundle itself and cannot be part of one."
    case .campaignWrongStage: "This version is \(of("stage")): draft, submit, approve, publish is the order."
    case .campaignOwnApproval: "Actor \(of("author")) drafted this version; another must approve it."
    case .campaignBudgetBelowUsed: "The campaign has spent and reserved \(of("used")) fen already."
    case .campaignNotPublished:
      "Campaign \(of("campaign")) is \(of("status")); only a running one grants and takes coupons."
    case .campaignNotPaused: "The campaign is \(of("status")), not paused."
    case .campaignWithoutPool: "Campaign \(of("campaign")) uses no pool of codes."
    case .couponCodesRepeated: "\(of("codes")) codes stand there more than once; the first is \(of("first"))."
    case .couponCodesKnown: "\(of("codes")) codes are known already; the first is \(of("first"))."
    case .campaignNotInWindow: "Coupons may be had from \(of("from")) until \(of("until")), then no more."
    case .couponNotPushed:
      "Coupons of campaign \(of("campaign")) need a code or come with a bundle; no job grants them."
    case .couponOnlyInBundle: "Coupons of campaign \(of("campaign")) come with a bundle only."
    case .couponOutsideAudience: "The member is not in the campaign's audience: \(of("needs"))."
    case .couponCodeNeeded: "A coupon of campaign \(of("campaign")) needs a code."
    case .couponCodeWrong: "That is no code of campaign \(of("campaign"))."
    case .couponCodeUsed: "That code of campaign \(of("campaign")) was used already."
    case .couponQuotaTaken:
      "The quota \(of("quota")) of campaign \(of("campaign")) is taken: it is \(of("limit"))."
    case .couponBudgetTaken: "Campaign \(of("campaign")) has \(of("short")) fen too few for it."
    case .couponNotOpen:
      "The member has no such open coupon of campaign \(of("campaign")); it may be used, expired or taken back."
    case .couponDeadlinePassed: "The deadline lies on or before `at`; a lock must be open for a time."
    case .couponLocked: "The coupon is set apart for order \(of("order")); unlock it first."
    case .couponNotLocked: "The coupon is not set apart for an order; its lock may have lapsed."
    case .couponMerchantNotInCampaign: "Campaign \(of("campaign")) is not for this merchant."
    case .couponNotStackable: "Only one coupon of class \(of("class")) may be used for an order."
    case .couponBelowThreshold:
      "The order is \(of("short")) fen below the threshold of campaign \(of("campaign"))."
    case .couponLeftTooLow: "Only \(of("left")) fen are left on the coupon."
    case .couponAboveOrder: "The order leaves only \(of("left")) fen to take the coupon off."
    case .couponTakesNothing:
      "The coupon would take less than a fen off the \(of("left")) fen to pay, and would be used up for nothing."
    case .couponNotARedemption: "That command did not use coupons of this member."
    case .couponRolledBack: "That use was taken back already."
    case .couponSettled:
      "A settlement through \(of("through")) has frozen that use; reverse it (coupon.reverse) instead."
    case .couponNotSettled: "No settlement has frozen that use; roll it back (coupon.roll-back) instead."
    }
  }
}

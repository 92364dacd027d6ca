// The names of all entities: what states are found by, in the book and in the store.
// Which row an entity has is in Projections; which entities an event changes is in Event.

/// Names one entity: a thing with a state of its own, and a row of its own.
package enum EntityKey: Hashable, Sendable {
  case ledger
  case actor(ActorID)
  case organisation(OrganisationID)
  case station(StationID)
  /// Which stations of an organisation are open.
  case openStations(OrganisationID)
  case member(MemberID)
  case wallet(MemberID)
  case rule(RuleID)
  case pointsAccount(OrganisationID)
  case fund(FundID)
  case party(PartyID)
  case merchant(MerchantID)
  case settlement(SettlementID)
  /// What an organisation owes others, and they it.
  case payables(OrganisationID)
  case campaign(CampaignID)
  /// One member's coupons of one campaign.
  case couponHolding(CampaignMember)
  /// A code of a pool, by its hash.
  case couponCode(ContentHash)
  case activity(ActivityID)
  /// One member's part in an activity.
  case participation(ActivityMember)
  /// One entry in the draws of an activity.
  case activityEntry(ActivityEntryID)
  /// Whose commitment of draws this is.
  case activityCommitment(ContentHash)
  case gift(GiftID)
  /// The pieces of a gift at a station.
  case giftStock(GiftStation)
  /// Which gifts are at a station.
  case stationGifts(StationID)
  /// What a member got of a gift.
  case giftHandover(GiftMember)
  case programme(ProgrammeID)
  /// The grant of a programme to a station.
  case stationGrant(ProgrammeStation)
  /// By the id of the command that opened it, as jobs are.
  case approval(CommandID)
  case job(CommandID)
  /// Whether anything is due by an instant: asked of all wallets, never changed.
  case due(by: Instant)
  /// Whether any member has an id after this one: asked of all members, never changed.
  case memberAfter(MemberID?)
  /// Which coupons a member holds, of every campaign: asked of all rows, never changed.
  case couponHoldings(of: MemberID)
  /// Which funds, merchants and gifts an organisation has: asked of all rows, never changed.
  case affairs(of: OrganisationID)
  /// The events of a command: read back for refunds and reversals, never changed.
  case command(CommandID)
}

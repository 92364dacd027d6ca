// What was spent directly out of a fund, and what came back of it. The other events of a fund, and the sum of all, are in
// FundEvents.

struct FundSpent: EventData {
  var request = SpendFund()
  var shares: [FundShare] = []
  var supply: SettledSupply?
  var available: Fen = .zero
  static let type = EventType("fund.spent", "Something is paid for directly out of a fund.")
  consuming func asEvent() -> Event { .fund(.spent(self)) }
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try request.fields(&io)
    try io.field("shares", &shares, "by receipt, oldest first")
    try io.field("supply", &supply, "where it counts with the merchant that is paid by a settlement")
    try io.field("availableFen", &available, "in the fund after this event")
  }
}

struct FundSpendReturned: EventData {
  var request = ReturnSpend()
  var shares: [FundShare] = []
  var merchant: MerchantID?
  var supply: SettledSupply?
  var available: Fen = .zero
  static let type = EventType("fund.spend-returned", "Money that was spent comes back to its receipts.")
  consuming func asEvent() -> Event { .fund(.spendReturned(self)) }
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try request.fields(&io)
    try io.field("shares", &shares, "by receipt, the last taken first")
    try io.field("merchant", &merchant, "who had supplied it")
    try io.field("supply", &supply, "where it is rolled back with that merchant")
    try io.field("availableFen", &available, "in the fund after this event")
  }
}

/// Where a supply counts that a settlement pays.
struct SettledSupply: WireObject {
  /// The merchant's day.
  var day: CivilDay = .blank
  /// Whose fund it is.
  var funder: OrganisationID = .blank
  /// Who pays the merchant.
  var payer: OrganisationID = .blank
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("day", &day, "of the merchant")
    try io.field("funder", &funder, "the fund's organisation")
    try io.field(
      "payer", &payer, "the merchant's organisation, to which the funder owes it when they are two")
  }
}

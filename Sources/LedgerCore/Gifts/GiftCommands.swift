// What can be asked about gifts (O4). Decisions are in GiftDecide.

/// Buys pieces of a gift on a fund; they come into the store of the organisation.
public struct BuyGift: CommandData {
  public var gift: GiftID = .blank
  public var organisation: OrganisationID = .blank
  public var fund: FundID = .blank
  public var purpose: Purpose = .blank
  public var pieces: Int64 = 1
  public var unitCost: Fen = .zero
  /// The invoice or payment.
  public var reference: Reference = .blank
  /// What it is called from now on.
  public var name: FreeText?

  init() {}
  public init(
    gift: GiftID, organisation: OrganisationID, fund: FundID, purpose: Purpose, pieces: Int64,
    unitCost: Fen, reference: Reference, name: FreeText? = nil
  ) {
    self.gift = gift
    self.organisation = organisation
    self.fund = fund
    self.purpose = purpose
    self.pieces = pieces
    self.unitCost = unitCost
    self.reference = reference
    self.name = name
  }

  /// The most pieces that one command may name.
  static let most: Int64 = 1_000_000
  /// The most that a piece may cost or be worth: so many pieces cost no more than a command may name.
  static let dearest: Int64 = Fen.limit / most

  static let type = CommandType(
    "gift.buy", by: [.finance, .operator],
    refusals: [
      .fundUnknown, .organisationClosed, .giftOfOtherOrganisation, .timeBeforeCause, .fundClosed,
      .fundOutsideWindow, .fundPurposeNotCovered, .fundBalanceTooLow,
      .fundTooManyReceipts,
    ],
    "Buys pieces of a gift on a fund, the oldest receipts first; they come into the organisation's store.")

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("gift", &gift)
    try io.field("organisation", &organisation, "whose gift it is")
    try io.field("fund", &fund)
    try io.field("purpose", &purpose)
    try io.field("pieces", &pieces, in: 1...Self.most, "")
    try io.field("unitCostFen", &unitCost, in: 1...Self.dearest, "what a piece costs")
    try io.field("reference", &reference, "the invoice or payment")
    try io.field("name", &name, "what it is called from now on")
  }
}

/// A party donates pieces of a gift: a memo, never cash.
public struct DonateGift: CommandData {
  public var gift: GiftID = .blank
  public var organisation: OrganisationID = .blank
  public var party: PartyID = .blank
  public var pieces: Int64 = 1
  public var unitWorth: Fen = .zero
  public var name: FreeText?

  init() {}
  public init(
    gift: GiftID, organisation: OrganisationID, party: PartyID, pieces: Int64, unitWorth: Fen,
    name: FreeText? = nil
  ) {
    self.gift = gift
    self.organisation = organisation
    self.party = party
    self.pieces = pieces
    self.unitWorth = unitWorth
    self.name = name
  }

  static let type = CommandType(
    "gift.donate", by: [.operator],
    refusals: [.organisationClosed, .partyUnknown, .giftOfOtherOrganisation, .timeBeforeCause],
    "A party donates pieces of a gift; their worth is a memo and never cash.")

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("gift", &gift)
    try io.field("organisation", &organisation, "whose gift it is")
    try io.field("party", &party, "who donates")
    try io.field("pieces", &pieces, in: 1...BuyGift.most, "")
    try io.field("memoUnitFen", &unitWorth, in: 1...BuyGift.dearest, "what a piece is worth, as a memo")
    try io.field("name", &name, "what it is called from now on")
  }
}

/// Moves pieces of a gift between the store and stations.
public struct MoveGift: CommandData {
  public var gift: GiftID = .blank
  /// nil: the store.
  public var from: StationID?
  /// nil: the store.
  public var to: StationID?
  public var pieces: Int64 = 1

  init() {}
  public init(gift: GiftID, from: StationID? = nil, to: StationID? = nil, pieces: Int64) {
    self.gift = gift
    self.from = from
    self.to = to
    self.pieces = pieces
  }

  static let type = CommandType(
    "gift.move", by: [.operator],
    refusals: [
      .giftUnknown, .stationUnknown, .stationClosed, .timeBeforeCause, .giftStockTooLow,
      .giftTooManyBatches,
    ],
    "Moves pieces of a gift between the store and stations, the oldest batch first.")

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("gift", &gift)
    try io.field("from", &from, "the station they leave; the store when absent")
    try io.field("to", &to, "the station they come to; the store when absent")
    try io.field("pieces", &pieces, in: 1...BuyGift.most, "")
    try io.expect(from != to, "to", "another place than `from`")
  }
}

/// Hands a gift over to a member at a station.
public struct HandOverGift: CommandData {
  public var gift: GiftID = .blank
  public var station: StationID = .blank
  public var member: MemberID = .blank
  /// On which occasion: a campaign's id or a word such as `spring-2023`.
  public var campaign: CampaignID = .blank
  /// nil: one.
  public var pieces: Int64?

  init() {}
  public init(
    gift: GiftID, station: StationID, member: MemberID, campaign: CampaignID, pieces: Int64? = nil
  ) {
    self.gift = gift
    self.station = station
    self.member = member
    self.campaign = campaign
    self.pieces = pieces
  }

  static let type = CommandType(
    "gift.hand-over", by: [.service, .operator],
    refusals: [
      .stationUnknown, .giftUnknown, .stationClosed, .memberUnknown, .memberMerged, .memberLeft,
      .timeBeforeCause, .giftAlreadyReceived, .giftStockTooLow, .giftTooManyBatches,
    ],
    "Hands a gift over to a member at a station, once in a campaign, the oldest batch first.")

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("gift", &gift)
    try io.field("station", &station)
    try io.field("member", &member)
    try io.field("campaign", &campaign, "on which occasion: a campaign, or a word such as spring-2023")
    try io.field("pieces", &pieces, in: 1...1_000, "one when absent")
  }
}

/// States how many pieces of a gift were counted at a place.
public struct CountGift: CommandData {
  public var gift: GiftID = .blank
  /// nil: the store.
  public var station: StationID?
  public var counted: Int64 = 0
  /// Why there are more than there should be, and of the record of the count; both are needed for a surplus.
  public var reason: ReasonCode?
  public var documentHash: ContentHash?

  init() {}
  public init(
    gift: GiftID, station: StationID? = nil, counted: Int64, reason: ReasonCode? = nil,
    documentHash: ContentHash? = nil
  ) {
    self.gift = gift
    self.station = station
    self.counted = counted
    self.reason = reason
    self.documentHash = documentHash
  }

  static let type = CommandType(
    "gift.count", by: [.operator],
    refusals: [
      .giftUnknown, .stationUnknown, .stationClosed, .timeBeforeCause, .giftTooManyBatches,
      .giftSurplusUnexplained,
    ],
    "States how many pieces were counted at a place; what is missing is written off, a surplus is found.")

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("gift", &gift)
    try io.field("station", &station, "the store when absent")
    try io.field("counted", &counted, in: 0...1_000_000_000, "how many pieces there are")
    try io.field("reason", &reason, "why there are more than there should be; needed for a surplus")
    try io.field("documentHash", &documentHash, "of the record of the count; needed for a surplus")
  }
}

/// Writes pieces of a gift off: spoilt, broken, expired.
public struct WriteOffGift: CommandData {
  public var gift: GiftID = .blank
  /// nil: the store.
  public var station: StationID?
  public var pieces: Int64 = 1
  public var reason: ReasonCode = .blank

  init() {}
  public init(gift: GiftID, station: StationID? = nil, pieces: Int64, reason: ReasonCode) {
    self.gift = gift
    self.station = station
    self.pieces = pieces
    self.reason = reason
  }

  static let type = CommandType(
    "gift.write-off", by: [.operator],
    refusals: [
      .giftUnknown, .stationUnknown, .stationClosed, .timeBeforeCause, .giftStockTooLow,
      .giftTooManyBatches,
    ],
    "Writes pieces of a gift off, the oldest batch first.")

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("gift", &gift)
    try io.field("station", &station, "the store when absent")
    try io.field("pieces", &pieces, in: 1...BuyGift.most, "")
    try io.field("reason", &reason)
  }
}

/// The sum of the above.
public enum GiftCommand: Equatable, Fielded {
  case buy(BuyGift)
  case donate(DonateGift)
  case move(MoveGift)
  case handOver(HandOverGift)
  case count(CountGift)
  case writeOff(WriteOffGift)

  static var blanks: [GiftCommand] {
    [
      .buy(.blank), .donate(.blank), .move(.blank), .handOver(.blank), .count(.blank), .writeOff(.blank),
    ]
  }

  var type: CommandType {
    switch self {
    case .buy: BuyGift.type
    case .donate: DonateGift.type
    case .move: MoveGift.type
    case .handOver: HandOverGift.type
    case .count: CountGift.type
    case .writeOff: WriteOffGift.type
    }
  }

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    switch self {
    case .buy(let data): try io.walk(data) { self = .buy($0) }
    case .donate(let data): try io.walk(data) { self = .donate($0) }
    case .move(let data): try io.walk(data) { self = .move($0) }
    case .handOver(let data): try io.walk(data) { self = .handOver($0) }
    case .count(let data): try io.walk(data) { self = .count($0) }
    case .writeOff(let data): try io.walk(data) { self = .writeOff($0) }
    }
  }
}

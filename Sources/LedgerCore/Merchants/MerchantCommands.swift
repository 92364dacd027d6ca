// What can be asked about merchants and their settlements (C10). Decisions are in MerchantDecide and SettlementDecide.

/// Makes a merchant of an organisation known.
public struct RegisterMerchant: CommandData {
  public var merchant: MerchantID = .blank
  /// Who pays it.
  public var organisation: OrganisationID = .blank
  public var name: FreeText?

  init() {}
  public init(merchant: MerchantID, organisation: OrganisationID, name: FreeText? = nil) {
    self.merchant = merchant
    self.organisation = organisation
    self.name = name
  }

  static let type = CommandType(
    "merchant.register", by: [.operator],
    refusals: [.merchantExists, .organisationClosed, .timeBeforeCause],
    "Makes a merchant of an organisation known.")

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("merchant", &merchant)
    try io.field("organisation", &organisation, "the one that pays it")
    try io.field("name", &name, "of the shop or firm, never of a person")
  }
}

/// Ends a merchant's part: nothing more is redeemed with it. What it is owed is still settled and paid.
public struct CloseMerchant: CommandData {
  public var merchant: MerchantID = .blank
  public var reason: FreeText?

  init() {}
  public init(merchant: MerchantID, reason: FreeText? = nil) {
    self.merchant = merchant
    self.reason = reason
  }

  static let type = CommandType(
    "merchant.close", by: [.operator], refusals: [.merchantUnknown, .timeBeforeCause, .merchantClosed],
    "Ends a merchant's part for good; what it is owed is still settled and paid.")

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("merchant", &merchant)
    try io.field("reason", &reason)
  }
}

/// Fixes what a merchant is to be paid for its days up to one.
public struct FreezeSettlement: CommandData {
  public var settlement: SettlementID = .blank
  public var merchant: MerchantID = .blank
  /// The last day to take.
  public var through: CivilDay = .blank

  init() {}
  public init(settlement: SettlementID, merchant: MerchantID, through: CivilDay) {
    self.settlement = settlement
    self.merchant = merchant
    self.through = through
  }

  /// How many days an event can name; later ones are left to another settlement.
  static let mostDays = longestList

  static let type = CommandType(
    "settlement.freeze", by: [.finance],
    refusals: [
      .merchantUnknown, .timeBeforeCause, .settlementExists, .settlementDayNotOver,
      .settlementThroughTooEarly, .settlementEmpty,
    ],
    "Fixes what a merchant is to be paid for its days up to one; a sum below zero is carried on to the next.")

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("settlement", &settlement)
    try io.field("merchant", &merchant)
    try io.field(
      "through", &through, "the last day to take; it must be over, and not before the last settlement's")
  }
}

/// Notes that a settlement was paid.
public struct PaySettlement: CommandData {
  public var settlement: SettlementID = .blank
  public var amount: Fen = .zero
  /// Of the payment.
  public var reference: Reference = .blank

  init() {}
  public init(settlement: SettlementID, amount: Fen, reference: Reference) {
    self.settlement = settlement
    self.amount = amount
    self.reference = reference
  }

  static let type = CommandType(
    "settlement.pay", by: [.finance],
    refusals: [
      .settlementUnknown, .timeBeforeCause, .settlementPaid, .settlementDisputed, .settlementNothingDue,
      .settlementAmountDiffers,
    ],
    "Notes that a settlement was paid, once and in one sum.")

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("settlement", &settlement)
    try io.field("amountFen", &amount, in: 1...Fen.limit, "exactly its net")
    try io.field("reference", &reference, "of the payment")
  }
}

/// Stops the payment of a settlement that somebody disputes.
public struct DisputeSettlement: CommandData {
  public var settlement: SettlementID = .blank
  public var reason: FreeText = .blank

  init() {}
  public init(settlement: SettlementID, reason: FreeText) {
    self.settlement = settlement
    self.reason = reason
  }

  static let type = CommandType(
    "settlement.dispute", by: [.finance, .operator],
    refusals: [
      .settlementUnknown, .timeBeforeCause, .settlementPaid, .settlementDisputed, .settlementNothingDue,
    ],
    "Stops the payment of a settlement that somebody disputes; its figures stay.")

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("settlement", &settlement)
    try io.field("reason", &reason)
  }
}

/// Ends the dispute about a settlement: it can be paid again.
public struct ResolveSettlement: CommandData {
  public var settlement: SettlementID = .blank
  public var note: FreeText?

  init() {}
  public init(settlement: SettlementID, note: FreeText? = nil) {
    self.settlement = settlement
    self.note = note
  }

  static let type = CommandType(
    "settlement.resolve", by: [.finance],
    refusals: [
      .settlementUnknown, .timeBeforeCause, .settlementPaid, .settlementFrozen, .settlementNothingDue,
    ],
    "Ends a dispute: the settlement can be paid, as it was frozen; what was wrong is rolled back on a later day."
  )

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("settlement", &settlement)
    try io.field("note", &note)
  }
}

/// The sum of the above.
public enum MerchantCommand: Equatable, Fielded {
  case register(RegisterMerchant)
  case close(CloseMerchant)
  case freezeSettlement(FreezeSettlement)
  case paySettlement(PaySettlement)
  case disputeSettlement(DisputeSettlement)
  case resolveSettlement(ResolveSettlement)

  static var blanks: [MerchantCommand] {
    [
      .register(.blank), .close(.blank), .freezeSettlement(.blank), .paySettlement(.blank),
      .disputeSettlement(.blank), .resolveSettlement(.blank),
    ]
  }

  var type: CommandType {
    switch self {
    case .register: RegisterMerchant.type
    case .close: CloseMerchant.type
    case .freezeSettlement: FreezeSettlement.type
    case .paySettlement: PaySettlement.type
    case .disputeSettlement: DisputeSettlement.type
    case .resolveSettlement: ResolveSettlement.type
    }
  }

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    switch self {
    case .register(let data): try io.walk(data) { self = .register($0) }
    case .close(let data): try io.walk(data) { self = .close($0) }
    case .freezeSettlement(let data): try io.walk(data) { self = .freezeSettlement($0) }
    case .paySettlement(let data): try io.walk(data) { self = .paySettlement($0) }
    case .disputeSettlement(let data): try io.walk(data) { self = .disputeSettlement($0) }
    case .resolveSettlement(let data): try io.walk(data) { self = .resolveSettlement($0) }
    }
  }
}

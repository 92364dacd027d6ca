// What happened to merchants and their settlements, and the entries of it. States and evolve are in Merchant and
// Settlement.

struct MerchantRegistered: EventData {
  var request = RegisterMerchant()
  static let type = EventType("merchant.registered", "Somebody accepts coupons and is paid for them.")
  consuming func asEvent() -> Event { .merchant(.registered(self)) }
  mutating func fields(_ io: inout some RecordIO) throws(WireError) { try request.fields(&io) }
}

struct MerchantClosed: EventData {
  var request = CloseMerchant()
  static let type = EventType("merchant.closed", "Nothing more is redeemed with a merchant.")
  consuming func asEvent() -> Event { .merchant(.closed(self)) }
  mutating func fields(_ io: inout some RecordIO) throws(WireError) { try request.fields(&io) }
}

struct SettlementFrozen: EventData {
  var request = FreezeSettlement()
  /// The last day it takes: what was asked, or an earlier day when there were too many.
  var through: CivilDay = .blank
  var days: [MerchantDay] = []
  /// What it sets off of earlier settlements.
  var carriedBefore: Fen = .zero
  /// What is to be paid.
  var net: Fen = .zero
  /// What the next settlement sets off.
  var carriedOn: Fen = .zero
  static let type = EventType("settlement.frozen", "What a merchant is to be paid for some days is fixed.")
  consuming func asEvent() -> Event { .merchant(.settlementFrozen(self)) }
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try request.fields(&io)
    try io.field(
      "frozenThrough", &through, "the last day it takes; earlier than `through` when there were too many")
    try io.field("days", &days)
    try io.field("carriedBeforeFen", &carriedBefore, "set off: what earlier settlements came to below zero")
    try io.field(
      "netFen", &net, "gross less rolled back less carried before, not below zero: what is to be paid")
    try io.field("carriedOnFen", &carriedOn, "what is below zero, for the next settlement")
  }

  var status: SettlementStatus { net > .zero ? .frozen : .carried }
}

struct SettlementPaid: EventData {
  var request = PaySettlement()
  var merchant: MerchantID = .blank
  /// What is owed to the merchant after this event.
  var owed: Int64 = 0
  static let type = EventType("settlement.paid", "A settlement is paid.")
  consuming func asEvent() -> Event { .merchant(.settlementPaid(self)) }
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try request.fields(&io)
    try io.field("merchant", &merchant)
    try io.field(
      "owedFen", &owed, "to the merchant after this event; below zero when more was rolled back since")
  }
}

struct SettlementDisputed: EventData {
  var request = DisputeSettlement()
  var merchant: MerchantID = .blank
  static let type = EventType(
    "settlement.disputed", "Somebody disputes a settlement; it is not paid for now.")
  consuming func asEvent() -> Event { .merchant(.settlementDisputed(self)) }
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try request.fields(&io)
    try io.field("merchant", &merchant)
  }
}

struct SettlementResolved: EventData {
  var request = ResolveSettlement()
  var merchant: MerchantID = .blank
  static let type = EventType("settlement.resolved", "A dispute ends; the settlement can be paid.")
  consuming func asEvent() -> Event { .merchant(.settlementResolved(self)) }
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try request.fields(&io)
    try io.field("merchant", &merchant)
  }
}

/// The sum of the above.
indirect enum MerchantEvent: Equatable, Fielded {
  case registered(MerchantRegistered)
  case closed(MerchantClosed)
  case settlementFrozen(SettlementFrozen)
  case settlementPaid(SettlementPaid)
  case settlementDisputed(SettlementDisputed)
  case settlementResolved(SettlementResolved)

  static var types: [any EventData.Type] {
    [
      MerchantRegistered.self, MerchantClosed.self, SettlementFrozen.self, SettlementPaid.self,
      SettlementDisputed.self, SettlementResolved.self,
    ]
  }

  var dataType: any EventData.Type {
    switch self {
    case .registered: MerchantRegistered.self
    case .closed: MerchantClosed.self
    case .settlementFrozen: SettlementFrozen.self
    case .settlementPaid: SettlementPaid.self
    case .settlementDisputed: SettlementDisputed.self
    case .settlementResolved: SettlementResolved.self
    }
  }

  private var merchant: MerchantID {
    switch self {
    case .registered(let event): event.request.merchant
    case .closed(let event): event.request.merchant
    case .settlementFrozen(let event): event.request.merchant
    case .settlementPaid(let event): event.merchant
    case .settlementDisputed(let event): event.merchant
    case .settlementResolved(let event): event.merchant
    }
  }

  private var settlement: SettlementID? {
    switch self {
    case .registered, .closed: nil
    case .settlementFrozen(let event): event.request.settlement
    case .settlementPaid(let event): event.request.settlement
    case .settlementDisputed(let event): event.request.settlement
    case .settlementResolved(let event): event.request.settlement
    }
  }

  /// The entities of this benefit that it changes, each once, beside those that its legs change.
  var entities: [EntityKey] { subjects }

  /// The entities whose history it belongs to.
  var subjects: [EntityKey] { [.merchant(merchant)] + (settlement.map { [.settlement($0)] } ?? []) }

  /// The command that this event answers; nil for what was merely due.
  var request: MerchantCommand? {
    switch self {
    case .registered(let event): .register(event.request)
    case .closed(let event): .close(event.request)
    case .settlementFrozen(let event): .freezeSettlement(event.request)
    case .settlementPaid(let event): .paySettlement(event.request)
    case .settlementDisputed(let event): .disputeSettlement(event.request)
    case .settlementResolved(let event): .resolveSettlement(event.request)
    }
  }

  /// The entry of this event: the days go into what is settled, and a payment lessens what is owed.
  var legs: [Leg] {
    switch self {
    case .registered, .closed, .settlementDisputed, .settlementResolved: []
    case .settlementFrozen(let event):
      event.days.flatMap { day in
        [
          Leg(.merchant(.gross(day.day), merchant), day.gross.count),
          Leg(.merchant(.settledGross, merchant), -day.gross.count),
          Leg(.merchant(.rolledBack(day.day), merchant), -day.rolledBack.count),
          Leg(.merchant(.settledRolledBack, merchant), day.rolledBack.count),
        ]
      }
    case .settlementPaid(let event):
      [
        Leg(.merchant(.owed, merchant), -event.request.amount.count),
        Leg(.merchant(.paid, merchant), event.request.amount.count),
      ]
    }
  }

  /// What a receipt tells of it.
  var answer: [Answer] {
    switch self {
    case .registered, .closed, .settlementDisputed, .settlementResolved: []
    case .settlementFrozen(let event):
      [
        Answer("grossFen", event.days.gross), Answer("rolledBackFen", event.days.rolledBack),
        Answer("carriedBeforeFen", event.carriedBefore), Answer("netFen", event.net),
        Answer("carriedOnFen", event.carriedOn),
      ]
    case .settlementPaid(let event): [Answer("owedFen", count: event.owed)]
    }
  }

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    switch self {
    case .registered(let event): try io.walk(event) { self = .registered($0) }
    case .closed(let event): try io.walk(event) { self = .closed($0) }
    case .settlementFrozen(let event): try io.walk(event) { self = .settlementFrozen($0) }
    case .settlementPaid(let event): try io.walk(event) { self = .settlementPaid($0) }
    case .settlementDisputed(let event): try io.walk(event) { self = .settlementDisputed($0) }
    case .settlementResolved(let event): try io.walk(event) { self = .settlementResolved($0) }
    }
  }
}

// What happened to funds. The double entry of it is in FundLegs, state and evolve in Fund.

struct FundOpened: EventData {
  var request = OpenFund()
  static let type = EventType("fund.opened", "A fund of an organisation is opened.")
  consuming func asEvent() -> Event { .fund(.opened(self)) }
  mutating func fields(_ io: inout some RecordIO) throws(WireError) { try request.fields(&io) }
}

struct FundReceived: EventData {
  var request = ReceiveFund()
  var receipt: ReceiptID = .blank
  var available: Fen = .zero
  static let type = EventType("fund.received", "Money comes into a fund from outside.")
  consuming func asEvent() -> Event { .fund(.received(self)) }
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try request.fields(&io)
    try io.field("receipt", &receipt, "the id of this command")
    try io.field("availableFen", &available, "in the fund after this event")
  }
}

struct FundAllotted: EventData {
  var request = AllotFund()
  var parts: [AllottedPart] = []
  var available: Fen = .zero
  var childAvailable: Fen = .zero
  static let type = EventType("fund.allotted", "Money of a fund goes to a child fund, and keeps its source.")
  consuming func asEvent() -> Event { .fund(.allotted(self)) }
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try request.fields(&io)
    try io.field("parts", &parts, "one for each receipt it stands on, oldest first")
    try io.field("availableFen", &available, "in the parent after this event")
    try io.field("childAvailableFen", &childAvailable, "in the child after this event")
  }
}

/// Money of one receipt of the parent, which is a receipt of the child.
struct AllottedPart: WireObject {
  var receipt: ReceiptID = .blank
  var childReceipt: ReceiptID = .blank
  var amount: Fen = .zero
  var purposes: [Purpose]?
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("receipt", &receipt, "of the parent")
    try io.field("childReceipt", &childReceipt, "the id of this command, # and 1, 2, 3, …")
    try io.field("amountFen", &amount)
    try io.field("purposes", &purposes, "what both funds and the receipt allow; anything when absent")
  }
}

struct FundRecalled: EventData {
  var request = RecallFund()
  var parts: [RecalledPart] = []
  var available: Fen = .zero
  var parentAvailable: Fen = .zero
  static let type = EventType(
    "fund.recalled", "Money that a child fund has not used goes back to the parent.")
  consuming func asEvent() -> Event { .fund(.recalled(self)) }
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try request.fields(&io)
    try io.field("parts", &parts, "by receipt of the child, oldest first")
    try io.field("availableFen", &available, "in the child after this event")
    try io.field("parentAvailableFen", &parentAvailable, "in the parent after this event")
  }
}

/// Money of one receipt, which goes back to the receipt it was allotted from.
struct RecalledPart: WireObject {
  var receipt: ReceiptID = .blank
  var parent: FundReceiptID = .blank
  var amount: Fen = .zero
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("receipt", &receipt, "of the child")
    try io.field("parent", &parent, "where it goes back to")
    try io.field("amountFen", &amount)
  }
}

struct FundClosed: EventData {
  var request = CloseFund()
  var returned: [RecalledPart] = []
  var carried: [CarriedPart] = []
  static let type = EventType("fund.closed", "A fund is closed; what was left went back or was carried over.")
  consuming func asEvent() -> Event { .fund(.closed(self)) }
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try request.fields(&io)
    try io.field("returned", &returned, "to the parents, by receipt")
    try io.field("carried", &carried, "into the other fund, by receipt")
  }
}

/// What came back to a closed fund goes the way that the rest went.
struct FundPassedOn: EventData {
  var fund: FundID = .blank
  var returned: [RecalledPart] = []
  var carried: [CarriedPart] = []
  static let type = EventType(
    "fund.passed-on",
    "What came back to a closed fund goes on to its parents, or to where it was carried over.")
  consuming func asEvent() -> Event { .fund(.passedOn(self)) }
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("fund", &fund, "the closed one")
    try io.field("returned", &returned, "to the parents, by receipt")
    try io.field("carried", &carried, "into another fund, by receipt")
  }
}

/// Money of one receipt, which is a receipt of another fund of the organisation, with the same source.
struct CarriedPart: WireObject {
  var receipt: ReceiptID = .blank
  var to: FundReceiptID = .blank
  var amount: Fen = .zero
  var parent: FundReceiptID?
  var party: PartyID?
  var purposes: [Purpose]?
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("receipt", &receipt, "of the fund that closes")
    try io.field(
      "to", &to, "of the other; a new receipt is known by the id of this command, # and 1, 2, 3, …")
    try io.field("amountFen", &amount)
    try io.field("parent", &parent, "where it was allotted from, as before")
    try io.field("party", &party, "who gave it, as before")
    try io.field("purposes", &purposes, "as before, so far as the other fund allows; anything when absent")
  }
}

struct FundBalanceLow: EventData {
  var fund: FundID = .blank
  var available: Fen = .zero
  var alarmBelow: Fen = .zero
  static let type = EventType(
    "fund.balance-low", "Less is available than the fund's alarm is set to; once per crossing.")
  consuming func asEvent() -> Event { .fund(.balanceLow(self)) }
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("fund", &fund)
    try io.field("availableFen", &available, "after the command")
    try io.field("alarmBelowFen", &alarmBelow)
  }
}

/// The sum of the above, and of what is spent.
indirect enum FundEvent: Equatable, Fielded {
  case opened(FundOpened)
  case received(FundReceived)
  case allotted(FundAllotted)
  case recalled(FundRecalled)
  case spent(FundSpent)
  case spendReturned(FundSpendReturned)
  case closed(FundClosed)
  case passedOn(FundPassedOn)
  case balanceLow(FundBalanceLow)

  static var types: [any EventData.Type] {
    [
      FundOpened.self, FundReceived.self, FundAllotted.self, FundRecalled.self, FundSpent.self,
      FundSpendReturned.self, FundClosed.self, FundPassedOn.self, FundBalanceLow.self,
    ]
  }

  var dataType: any EventData.Type {
    switch self {
    case .opened: FundOpened.self
    case .received: FundReceived.self
    case .allotted: FundAllotted.self
    case .recalled: FundRecalled.self
    case .spent: FundSpent.self
    case .spendReturned: FundSpendReturned.self
    case .closed: FundClosed.self
    case .passedOn: FundPassedOn.self
    case .balanceLow: FundBalanceLow.self
    }
  }

  /// The command that this event answers; nil for what only follows.
  var request: FundCommand? {
    switch self {
    case .opened(let event): .open(event.request)
    case .received(let event): .receive(event.request)
    case .allotted(let event): .allot(event.request)
    case .recalled(let event): .recall(event.request)
    case .spent(let event): .spend(event.request)
    case .spendReturned(let event): .returnSpend(event.request)
    case .closed(let event): .close(event.request)
    case .passedOn, .balanceLow: nil
    }
  }

  /// The entities of this benefit that it changes, each once, beside those that its legs change.
  var entities: [EntityKey] { subjects }

  /// The entities whose history it belongs to: the fund it is about, then the others that its money moves in.
  var subjects: [EntityKey] { [.fund(fund)] + others.map(EntityKey.fund) }

  /// Which one it is about.
  var fund: FundID {
    switch self {
    case .opened(let event): event.request.fund
    case .received(let event): event.request.fund
    case .allotted(let event): event.request.fund
    case .recalled(let event): event.request.fund
    case .spent(let event): event.request.fund
    case .spendReturned(let event): event.request.fund
    case .closed(let event): event.request.fund
    case .passedOn(let event): event.fund
    case .balanceLow(let event): event.fund
    }
  }

  /// The funds that its money goes to, or goes back to; each once.
  private var others: [FundID] {
    switch self {
    case .opened, .received, .spent, .spendReturned, .balanceLow: return []
    case .allotted(let event): return [event.request.to]
    case .recalled(let event): return [event.request.from]
    case .closed(let event):
      return Self.funds(
        event.request.carryOverTo.map { [$0] } ?? [], event.returned, event.carried)
    case .passedOn(let event): return Self.funds([], event.returned, event.carried)
    }
  }

  private static func funds(
    _ first: [FundID], _ returned: [RecalledPart], _ carried: [CarriedPart]
  ) -> [FundID] {
    var funds = first
    for fund in carried.map(\.to.fund) + returned.map(\.parent.fund) where !funds.contains(fund) {
      funds.append(fund)
    }
    return funds
  }

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    switch self {
    case .opened(let event): try io.walk(event) { self = .opened($0) }
    case .received(let event): try io.walk(event) { self = .received($0) }
    case .allotted(let event): try io.walk(event) { self = .allotted($0) }
    case .recalled(let event): try io.walk(event) { self = .recalled($0) }
    case .spent(let event): try io.walk(event) { self = .spent($0) }
    case .spendReturned(let event): try io.walk(event) { self = .spendReturned($0) }
    case .closed(let event): try io.walk(event) { self = .closed($0) }
    case .passedOn(let event): try io.walk(event) { self = .passedOn($0) }
    case .balanceLow(let event): try io.walk(event) { self = .balanceLow($0) }
    }
  }
}

// Earmarked money of an organisation (资金): what we remember of a fund, and how its events and everybody's legs change
// it. Which receipts cover a sum is in FundCover; what is allowed is in FundDecide.

/// Earmarked money (F1-F11).
///
/// Money comes in receipts, and keeps its source: every later sum names the receipts it stands on. Each receipt has its
/// own purposes, and received = available + allotted + committed + spent, none below zero at any moment.
///
/// A fund that closes gives what is left back to the parents' receipts, or carries it over to another fund of its
/// organisation. What comes back to it afterwards, from whatever benefit, goes the same way in the same commit
/// (`fund.passed-on`): carried-over money to the receipt that it became, returned money to its parent's. What finds no
/// way, because it came from outside or the other fund's purposes do not cover it, stays available in the closed fund
/// until that is closed once more, naming another fund.
///
/// Example: the city's 50,000 yuan and the industry union's 30,000 are two receipts of a district's fund. It spends
/// 60,000: all 50,000 of the older receipt, and 10,000 of the other.
public struct Fund: Equatable, Sendable {
  /// Position of the last event about it.
  public internal(set) var position: Int64 = 0
  public internal(set) var since: Instant = .blank
  public internal(set) var organisation: OrganisationID = .blank
  public internal(set) var source: FundSource = .own
  public internal(set) var name: FreeText?
  /// What its money may be used for; nil: anything.
  public internal(set) var purposes: [Purpose]?
  /// The first day on which it may be used.
  public internal(set) var from: CivilDay = .blank
  /// The first day on which it may not be used any more.
  public internal(set) var until: CivilDay?
  /// An alarm is due when less than this is available (F8).
  public internal(set) var alarmBelow: Fen?
  public internal(set) var isClosed = false
  /// The fund that took over what was left when this one closed, and gets what comes back.
  public internal(set) var successor: FundID?
  /// In the order they came.
  public internal(set) var receipts: [FundReceipt] = []
  /// What has come back so far of what was spent directly, by the command that spent it.
  public internal(set) var returns: [SpendReturns] = []

  public var available: Fen { receipts.reduce(.zero) { $0 + $1.available } }
  public var received: Fen { receipts.reduce(.zero) { $0 + $1.received } }
  public var allotted: Fen { receipts.reduce(.zero) { $0 + $1.allotted } }
  public var committed: Fen { receipts.reduce(.zero) { $0 + $1.committed } }
  public var spent: Fen { receipts.reduce(.zero) { $0 + $1.spent } }
}

/// Money that came into a fund at once.
public struct FundReceipt: Equatable, Sendable {
  public internal(set) var receipt: ReceiptID = .blank
  public internal(set) var since: Instant = .blank
  /// The fund and its receipt that it was allotted from; nil when it came from outside.
  public internal(set) var parent: FundReceiptID?
  /// Who gave it, from outside.
  public internal(set) var party: PartyID?
  /// What it may be used for; nil: whatever the fund may.
  public internal(set) var purposes: [Purpose]?
  /// Less what was recalled or returned.
  public internal(set) var received: Fen = .zero
  public internal(set) var available: Fen = .zero
  public internal(set) var allotted: Fen = .zero
  public internal(set) var committed: Fen = .zero
  public internal(set) var spent: Fen = .zero
  /// The receipt of a closed fund that its money was before; nil when it was not carried over.
  public internal(set) var carriedFrom: FundReceiptID?
  /// The receipt that its money is since its fund closed, where what comes back goes too.
  public internal(set) var carriedTo: FundReceiptID?
}

/// How much has come back of one spending.
public struct SpendReturns: Equatable, Sendable {
  public internal(set) var spending: CommandID = .blank
  public internal(set) var amount: Fen = .zero
}

/// Names a receipt of a fund.
public struct FundReceiptID: Equatable, Sendable {
  public internal(set) var fund: FundID = .blank
  public internal(set) var receipt: ReceiptID = .blank
}

/// Where a fund's money comes from (F1): 中央, 省, 上级 or 本级.
public enum FundSource: String, CaseIterable, Sendable { case central, provincial, higher, own }

extension FundSource: WireWord {}

extension FundReceiptID: WireObject {
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("fund", &fund)
    try io.field("receipt", &receipt)
  }
}

extension SpendReturns: WireObject {
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("spending", &spending)
    try io.field("amountFen", &amount)
  }
}

extension FundReceipt: WireObject {
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("receipt", &receipt)
    try io.field("since", &since)
    try io.field("parent", &parent)
    try io.field("party", &party)
    try io.field("purposes", &purposes)
    try io.field("received", &received)
    try io.field("available", &available)
    try io.field("allotted", &allotted)
    try io.field("committed", &committed)
    try io.field("spent", &spent)
    try io.field("carriedFrom", &carriedFrom)
    try io.field("carriedTo", &carriedTo)
  }
}

extension Fund: Decider {
  static func evolve(_ state: inout Fund?, _ event: FundEvent, _ stamp: Stamp) {
    var fund = state ?? Fund()
    switch event {
    case .opened(let event):
      fund.since = stamp.at
      fund.organisation = event.request.organisation
      fund.source = event.request.source
      fund.name = event.request.name
      fund.purposes = event.request.purposes
      fund.from = event.request.from
      fund.until = event.request.until
      fund.alarmBelow = event.request.alarmBelow
    case .received(let event):
      fund.receipts.append(
        FundReceipt(
          receipt: event.receipt, since: stamp.at, party: event.request.party,
          purposes: event.request.purposes))
    case .closed(let event):
      fund.isClosed = true
      fund.successor = event.request.carryOverTo ?? fund.successor
      fund.carry(event.carried)
    case .passedOn(let event): fund.carry(event.carried)
    case .spendReturned(let event): fund.note(event.request.amount, of: event.request.spending)
    case .allotted, .recalled, .spent, .balanceLow: break
    }
    fund.position = stamp.position
    state = fund
  }

  /// The same event as another fund sees it that its money goes to, or goes back to.
  static func evolve(other id: FundID, _ state: inout Fund?, _ event: FundEvent, _ stamp: Stamp) {
    switch event {
    case .allotted(let event):
      state?.receipts += event.parts.map { part in
        FundReceipt(
          receipt: part.childReceipt, since: stamp.at,
          parent: FundReceiptID(fund: event.request.fund, receipt: part.receipt), purposes: part.purposes)
      }
    case .closed(let event): state?.takeOver(event.carried, of: event.request.fund, id, stamp)
    case .passedOn(let event): state?.takeOver(event.carried, of: event.fund, id, stamp)
    case .opened, .received, .recalled, .spent, .spendReturned, .balanceLow: break
    }
    state?.position = stamp.position
  }

  /// The fund that is closed: its receipts know what they are now.
  private mutating func carry(_ parts: [CarriedPart]) {
    for part in parts {
      if let index = receipts.firstIndex(where: { $0.receipt == part.receipt }) {
        receipts[index].carriedTo = part.to
      }
    }
  }

  /// The fund that takes over: what comes back later is money of a receipt that it has already.
  private mutating func takeOver(_ parts: [CarriedPart], of closed: FundID, _ id: FundID, _ stamp: Stamp) {
    for part in parts where part.to.fund == id {
      if receipts.contains(where: { $0.receipt == part.to.receipt }) { continue }
      receipts.append(
        FundReceipt(
          receipt: part.to.receipt, since: stamp.at, parent: part.parent, party: part.party,
          purposes: part.purposes, carriedFrom: FundReceiptID(fund: closed, receipt: part.receipt)))
    }
  }

  private mutating func note(_ returned: Fen, of spending: CommandID) {
    if let index = returns.firstIndex(where: { $0.spending == spending }) {
      returns[index].amount = returns[index].amount + returned
    } else {
      returns.append(SpendReturns(spending: spending, amount: returned))
    }
  }

  /// What a leg puts into an account of one of its receipts; the event that brings a receipt has made it before.
  mutating func post(_ name: FundAccountName, _ receipt: ReceiptID, _ amount: Int64) {
    guard let index = receipts.firstIndex(where: { $0.receipt == receipt }) else { return }
    let money = Fen(count: amount)
    switch name {
    case .received: receipts[index].received = receipts[index].received - money
    case .available: receipts[index].available = receipts[index].available + money
    case .allotted: receipts[index].allotted = receipts[index].allotted + money
    case .committed: receipts[index].committed = receipts[index].committed + money
    case .spent: receipts[index].spent = receipts[index].spent + money
    }
  }
}

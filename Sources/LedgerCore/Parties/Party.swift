// Somebody outside the union who gives or pays (往来单位): what we remember of a party, and how events and legs change it.
// What is allowed is in PartyDecide; the cash it gives is receipts of funds, which are in Funds.

/// An employer, platform, donor or agency that is not a union (F10).
///
/// Its money enters the books only by a receipt of a fund. What it pays itself, and what it gives in kind, is memo
/// money: counted here with the day and the hash of a document, and never in a total of cash (F7).
///
/// Example: a platform pays its couriers 1,500,000 yuan of heat allowance on one day. The memo says so; no fund has a
/// fen more.
public struct Party: Equatable, Sendable {
  /// Position of the last event about it.
  public internal(set) var position: Int64 = 0
  public internal(set) var since: Instant = .blank
  public internal(set) var name: FreeText?
  public internal(set) var kind: PartyKind = .employer
  /// Who looks after it; nil: the ledger as a whole.
  public internal(set) var organisation: OrganisationID?
  /// Memo money it gave or paid, ever; never cash.
  public internal(set) var contributed: Fen = .zero
  /// How much of that has reached somebody.
  public internal(set) var used: Fen = .zero
}

/// What a party is to the union.
public enum PartyKind: String, CaseIterable, Sendable { case employer, platform, donor, agency }

extension PartyKind: WireWord {}

extension Party: Decider {
  static func evolve(_ state: inout Party?, _ event: PartyEvent, _ stamp: Stamp) {
    var party = state ?? Party()
    switch event {
    case .registered(let event):
      party.since = stamp.at
      party.name = event.request.name
      party.kind = event.request.kind
      party.organisation = event.request.organisation
    case .memoRecorded: break
    }
    party.position = stamp.position
    state = party
  }

  /// What a leg puts into one of its accounts.
  mutating func post(_ name: MemoAccountName, _ amount: Int64) {
    switch name {
    case .contributed: contributed = contributed - Fen(count: amount)
    case .used: used = used + Fen(count: amount)
    }
  }
}

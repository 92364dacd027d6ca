// What a merchant is paid for its days up to one (结算): what we remember of a settlement, and how events change it. The
// merchant's own figures are in Merchant; what is allowed is in SettlementDecide.

/// The days of a merchant that are paid together (C10). Its figures are fixed when it is frozen, and never change.
///
/// net = gross - rolled back - carried before. What is above zero is to be paid, once and in one sum. Below zero there is
/// nothing to pay, and the rest is carried on: the merchant's next settlement sets it off.
///
/// Example: July has 1,200 gross and 600 rolled back: 600 are to be paid. In August only 600 are rolled back: nothing is
/// to be paid, 600 are carried on. September has 1,000 gross: 400 are to be paid.
public struct Settlement: Equatable, Sendable {
  /// Position of the last event about it.
  public internal(set) var position: Int64 = 0
  /// When it came to its status.
  public internal(set) var since: Instant = .blank
  public internal(set) var merchant: MerchantID = .blank
  public internal(set) var status: SettlementStatus = .frozen
  /// The last day it takes.
  public internal(set) var through: CivilDay = .blank
  /// How many days it takes.
  public internal(set) var days: Int64 = 0
  public internal(set) var gross: Fen = .zero
  public internal(set) var rolledBack: Fen = .zero
  /// What it sets off of earlier settlements.
  public internal(set) var carriedBefore: Fen = .zero
  /// What is to be paid.
  public internal(set) var net: Fen = .zero
  /// What the next settlement sets off.
  public internal(set) var carriedOn: Fen = .zero
  /// Of the payment.
  public internal(set) var reference: Reference?
  /// Why it is or was disputed.
  public internal(set) var reason: FreeText?
}

/// What has become of a settlement.
public enum SettlementStatus: String, CaseIterable, Sendable {
  /// To be paid.
  case frozen
  case disputed
  case paid
  /// Nothing is to be paid; what is below zero is in the next one.
  case carried
}

extension SettlementStatus: WireWord {}

extension Settlement: Decider {
  static func evolve(_ state: inout Settlement?, _ event: MerchantEvent, _ stamp: Stamp) {
    var settlement = state ?? Settlement()
    switch event {
    case .settlementFrozen(let event):
      settlement.merchant = event.request.merchant
      settlement.through = event.through
      settlement.days = Int64(event.days.count)
      settlement.gross = event.days.gross
      settlement.rolledBack = event.days.rolledBack
      settlement.carriedBefore = event.carriedBefore
      settlement.net = event.net
      settlement.carriedOn = event.carriedOn
      settlement.status = event.status
    case .settlementPaid(let event):
      settlement.status = .paid
      settlement.reference = event.request.reference
    case .settlementDisputed(let event):
      settlement.status = .disputed
      settlement.reason = event.request.reason
    case .settlementResolved: settlement.status = .frozen
    case .registered, .closed: break
    }
    settlement.since = stamp.at
    settlement.position = stamp.position
    state = settlement
  }
}

extension [MerchantDay] {
  var gross: Fen { reduce(.zero) { $0 + $1.gross } }
  var rolledBack: Fen { reduce(.zero) { $0 + $1.rolledBack } }
}

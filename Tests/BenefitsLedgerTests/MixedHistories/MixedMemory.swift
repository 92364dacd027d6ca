// Accepted commands that later ones of a mixed history may name. What is asked of them is in the generator.

@testable import LedgerCore

/// What the book does not keep, because decisions read it from the log.
struct MixedMemory {
  struct Redemption {
    let id: CommandID
    let member: MemberID
    let merchant: MerchantID
    let day: CivilDay
    let position: Int64
  }
  private(set) var earnings: [(id: CommandID, member: MemberID)] = []
  /// Spendings and captures.
  private(set) var spendings: [(id: CommandID, member: MemberID)] = []
  private(set) var redemptions: [Redemption] = []
  /// Direct spendings of funds.
  private(set) var purchases: [(id: CommandID, fund: FundID, amount: Fen)] = []
  private(set) var counts: [(id: CommandID, station: StationID)] = []

  mutating func take(_ record: EventRecord) {
    if case .points(.earned(let event)) = record.event {
      earnings.append((record.command, event.request.member))
    } else if case .points(.spent(let event)) = record.event {
      spendings.append((record.command, event.request.member))
    } else if case .points(.captured(let event)) = record.event {
      spendings.append((record.command, event.request.member))
    } else if case .coupon(.redeemed(let event)) = record.event {
      redemptions.append(
        Redemption(
          id: record.command, member: event.request.member, merchant: event.request.merchant,
          day: event.day, position: record.position))
    } else if case .fund(.spent(let event)) = record.event {
      purchases.append((record.command, event.request.fund, event.request.amount))
    } else if case .station(.visitsRecorded(let event)) = record.event {
      counts.append((record.command, event.request.station))
    }
  }
}

// Gifts and grants in an audit: whether the places of a gift have what its accounts say, and how much there is of all.
// What is below zero is in BookAudit, money in MoneyAudit.

/// Pieces of all gifts, and grants of all programmes.
public struct GiftTotals: Equatable, Sendable {
  public var acquired: Int64 = 0
  public var stored: Int64 = 0
  public var handedOver: Int64 = 0
  public var writtenOff: Int64 = 0
  /// Stations that applied for a grant, that were paid one, and that left with some of it recovered or none.
  public var applied: Int64 = 0
  public var paid: Int64 = 0
  public var exited: Int64 = 0

  package init() {}

  package var isEmpty: Bool { self == GiftTotals() }
}

extension Book {
  /// Gifts and grants of a whole book, or of the first part after merging.
  var giftTotals: GiftTotals {
    var totals = GiftTotals()
    for (_, gift) in gifts.all {
      totals.acquired += gift.acquired
      totals.stored += gift.stored
      totals.handedOver += gift.handedOver
      totals.writtenOff += gift.writtenOff
    }
    for (_, programme) in programmes.all {
      totals.applied += programme.applied
      totals.paid += programme.paid
      totals.exited += programme.exited
    }
    return totals
  }

  /// Gifts whose pieces or cost at all places are not what their accounts say, in order, and how.
  package var giftDisagreements: [(gift: GiftID, problem: String)] {
    var places: [GiftID: [GiftPieces]] = [:]
    for (id, stock) in giftStocks.all { places[id.first, default: []] += stock.batches }
    return gifts.all.sorted { $0.0 < $1.0 }.compactMap { id, gift in
      let pieces = gift.store + places[id, default: []]
      let cost = gift.bought - gift.costHandedOver - gift.costWrittenOff
      if gift.acquired != gift.stored + gift.handedOver + gift.writtenOff {
        return (id, "its accounts do not add up")
      }
      if pieces.pieces != gift.stored {
        return (id, "its places have \(pieces.pieces) pieces, its accounts say \(gift.stored)")
      }
      return pieces.cost == cost
        ? nil : (id, "its places hold \(pieces.cost.count) fen of cost, its accounts say \(cost.count)")
    }
  }
}

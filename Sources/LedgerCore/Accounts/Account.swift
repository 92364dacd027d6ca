// The accounts of the ledger and the lines posted to them (L5): the seam between benefits, which never name each other.
// Which legs an event has is its benefit's affair; what an account's owner remembers is in the owner's folder.

/// One line of an event's double entry. An event's legs sum to zero in each unit.
package struct Leg: Equatable, Sendable {
  let account: Account
  /// In the account's unit; positive is where it went.
  package let amount: Int64

  init(_ account: Account, _ amount: Int64) {
    self.account = account
    self.amount = amount
  }

  init(_ account: PointsAccountName, _ holder: OrganisationID, _ amount: Int64) {
    self.init(.points(account, holder), amount)
  }
}

/// An account, with the one who has it.
enum Account: Hashable, Sendable {
  /// Points of an organisation's members.
  case points(PointsAccountName, OrganisationID)
  /// Money of a fund, by receipt.
  case fund(FundAccountName, FundID, ReceiptID)
  /// What is owed to a merchant.
  case merchant(MerchantAccountName, MerchantID)
  /// What one organisation owes another.
  case payable(PayableAccountName, of: OrganisationID, with: OrganisationID)
  /// Pieces of a campaign.
  case campaign(CouponAccountName, CampaignID)
  /// Pieces of a gift.
  case gift(GiftAccountName, GiftID)
  /// Pieces of a prize of an activity.
  case prize(PrizeAccountName, ActivityID)
  /// Memo money of a party: visible, never cash (F7).
  case memo(MemoAccountName, PartyID)

  /// What it counts in. Legs sum to zero in each unit.
  var unit: Unit {
    switch self {
    case .points: .points
    case .fund, .merchant, .payable: .fen
    case .campaign(_, let id): .coupons(id)
    case .gift(_, let id): .gifts(id)
    case .prize(let name, let id): .prizes(name.prize, id)
    case .memo: .memoFen
    }
  }

  /// The entity whose state folds it.
  var entity: EntityKey {
    switch self {
    case .points(_, let id): .pointsAccount(id)
    case .fund(_, let id, _): .fund(id)
    case .merchant(_, let id): .merchant(id)
    case .payable(_, of: let id, with: _): .payables(id)
    case .campaign(_, let id): .campaign(id)
    case .gift(_, let id): .gift(id)
    case .prize(_, let id): .activity(id)
    case .memo(_, let id): .party(id)
    }
  }
}

/// What an account counts in.
enum Unit: Hashable, Sendable {
  case points
  case fen
  /// Fen that are nobody's cash.
  case memoFen
  case coupons(CampaignID)
  case gifts(GiftID)
  case prizes(PrizeID, ActivityID)
}

/// The accounts of money, by receipt of a fund (F2): received = available + allotted + committed + spent.
enum FundAccountName: Hashable, Sendable {
  /// Minus everything that came in.
  case received
  case available
  /// In the hands of child funds.
  case allotted
  /// Set aside for what was approved.
  case committed
  case spent
}

/// The accounts of a merchant (C10): owed is all gross less all rolled back less paid.
enum MerchantAccountName: Hashable, Sendable {
  /// Minus what was redeemed on a day that no settlement has taken yet.
  case gross(CivilDay)
  /// What was rolled back on such a day.
  case rolledBack(CivilDay)
  case owed
  /// Minus what was redeemed and is in a settlement.
  case settledGross
  case settledRolledBack
  case paid
}

/// What one organisation owes another (F9): over all organisations they sum to zero.
enum PayableAccountName: Hashable, Sendable {
  /// Minus what it owes the other.
  case owes
  /// What the other owes it.
  case owed
}

/// Pieces of a campaign (C4): granted = open + redeemed + expired + revoked + returned.
enum CouponAccountName: Hashable, Sendable {
  /// Minus everything ever granted.
  case granted
  case open, redeemed, expired, revoked, returned
}

/// Pieces of a gift (O4): acquired = stored + handed over + written off.
enum GiftAccountName: Hashable, Sendable {
  /// Minus everything ever bought, donated or found.
  case acquired
  case stored, handedOver, writtenOff
}

/// Memo money of a party (F7).
enum MemoAccountName: Hashable, Sendable {
  /// Minus what it gave or paid itself.
  case contributed
  case used
}

extension [Leg] {
  /// What the legs of one unit sum to, when that is not zero: a mistake of the benefit.
  package var imbalance: (unit: String, sum: Int64)? {
    // Nearly every event has legs of one unit.
    var sums: [(unit: Unit, sum: Int64)] = []
    for leg in self {
      let unit = leg.account.unit
      if let index = sums.firstIndex(where: { $0.unit == unit }) {
        sums[index].sum += leg.amount
      } else {
        sums.append((unit, leg.amount))
      }
    }
    return sums.first { $0.sum != 0 }.map { ("\($0.unit)", $0.sum) }
  }
}

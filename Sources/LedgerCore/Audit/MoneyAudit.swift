// What an audit asks of money: how much there is where, whether each set of accounts balances, whether two organisations
// agree on what one owes the other. Points and the rest are in BookAudit.

/// Money over all funds, merchants and organisations, in fen. What every figure must balance to is in `imbalances`.
public struct MoneyTotals: Equatable, Sendable {
  /// All that came into funds: from outside, and from parents.
  public var received: Int64 = 0
  /// Of this, what came from parents.
  public var fromParents: Int64 = 0
  public var available: Int64 = 0
  public var allotted: Int64 = 0
  public var committed: Int64 = 0
  public var spent: Int64 = 0
  /// What merchants redeemed and supplied, ever.
  public var gross: Int64 = 0
  public var rolledBack: Int64 = 0
  public var paid: Int64 = 0
  /// What is owed to merchants.
  public var owed: Int64 = 0
  /// What organisations owe each other, by those who owe.
  public var payable: Int64 = 0
  /// The same by those who are owed.
  public var receivable: Int64 = 0
  /// Memo money of parties, which is nobody's cash.
  public var contributed: Int64 = 0
  public var used: Int64 = 0

  package init() {}

  /// Whether nobody ever had any money.
  public var isEmpty: Bool { self == MoneyTotals() }

  /// By what each set of accounts is out of balance, for people; all are zero in a sound ledger.
  public var imbalances: [(accounts: String, fen: Int64)] {
    [
      (
        "All receipts of funds, less what is available, allotted, committed and spent,",
        received - available - allotted - committed - spent
      ),
      ("What parents allotted, less what children received,", allotted - fromParents),
      (
        "What merchants redeemed, less what was rolled back, is paid and is owed,",
        gross - rolledBack - paid - owed
      ),
      ("What organisations owe each other, less what they are owed,", payable - receivable),
      ("What parties contributed as a memo, less what was used,", contributed - used),
    ]
  }

  fileprivate mutating func add(_ fund: Fund) {
    received += fund.received.count
    fromParents += fund.receipts.reduce(0) { $1.parent == nil ? $0 : $0 + $1.received.count }
    available += fund.available.count
    allotted += fund.allotted.count
    committed += fund.committed.count
    spent += fund.spent.count
  }

  fileprivate mutating func add(_ merchant: Merchant) {
    gross += merchant.gross.count
    rolledBack += merchant.rolledBack.count
    paid += merchant.paid.count
    owed += merchant.owed.count
  }
}

extension Book {
  /// Money of a whole book, or of the first part after merging.
  var moneyTotals: MoneyTotals {
    var totals = MoneyTotals()
    for (_, fund) in funds.all { totals.add(fund) }
    for (_, merchant) in merchants.all { totals.add(merchant) }
    for (_, side) in payables.all {
      totals.payable += side.owes.count
      totals.receivable += side.owed.count
    }
    for (_, party) in parties.all {
      totals.contributed += party.contributed.count
      totals.used += party.used.count
    }
    return totals
  }

  /// Pairs of organisations that do not agree on what the first owes the second, in order, and how much more the first
  /// says it is.
  package var disagreements: [(from: OrganisationID, to: OrganisationID, fen: Int64)] {
    let pairs = payables.all.flatMap { id, side in
      side.others.flatMap { [PairID(id, $0.organisation), PairID($0.organisation, id)] }
    }
    return Set(pairs).sorted().compactMap { pair in
      let owes = (payables[pair.first] ?? Payables()).payable(with: pair.second).owes
      let owed = (payables[pair.second] ?? Payables()).payable(with: pair.first).owed
      return owes == owed ? nil : (pair.first, pair.second, (owes - owed).count)
    }
  }

  /// What is below zero in a fund, a merchant's days or a party, for people; nil when nothing is. What is owed may be: it
  /// was taken back after it was paid.
  func negativeMoney(_ key: EntityKey) -> String? {
    switch key {
    case .fund(let id):
      guard let fund = funds[id] else { return nil }
      let sums: [(String, KeyPath<FundReceipt, Fen>)] = [
        ("received", \.received), ("available", \.available), ("allotted", \.allotted),
        ("committed", \.committed), ("spent", \.spent),
      ]
      for receipt in fund.receipts {
        if let sum = sums.first(where: { receipt[keyPath: $0.1] < .zero }) {
          return "\(sum.0) of receipt \(receipt.receipt) is below zero"
        }
      }
      return nil
    case .merchant(let id):
      guard let merchant = merchants[id] else { return nil }
      if merchant.paid < .zero { return "what was paid is below zero" }
      return merchant.days.first { $0.gross < .zero || $0.rolledBack < .zero }.map {
        "the merchant's day \($0.day) is below zero"
      }
    case .party(let id): return parties[id].flatMap { $0.used < .zero ? "memo money is below zero" : nil }
    case .ledger, .actor, .organisation, .station, .openStations, .member, .wallet, .rule, .pointsAccount,
      .settlement, .payables, .campaign, .couponHolding, .couponCode, .activity, .participation, .gift,
      .giftStock, .stationGifts, .giftHandover, .programme, .stationGrant, .approval, .job, .due, .command:
      return nil
    }
  }
}

// What must be true after every event of a mixed history: accounts that are added up here from the legs, and the parts of
// every whole. What is done to the ledger is in MixedRun.

@testable import LedgerCore

/// A second opinion on a book, event by event.
struct MixedWitness {
  private(set) var book = Book.complete()
  private(set) var problems: [String] = []
  private var accounts = Accounts()
  /// What was spent directly, less what came back, over all funds.
  private var purchases: Int64 = 0
  /// What of gifts' cost was written off, by receipt; and what they were bought with.
  private var writtenOff: [GiftID: [FundShare]] = [:]
  private var bought: [GiftID: [FundShare]] = [:]
  private var changed: Changed = []
  /// Positions at which the trial balance was struck.
  private(set) var positions = 0

  /// What an event can have changed; the rest is as it was when it was last looked at.
  private struct Changed: OptionSet {
    let rawValue: Int
    static let money = Changed(rawValue: 1)
    static let merchants = Changed(rawValue: 2)
    static let gifts = Changed(rawValue: 4)
    static let activities = Changed(rawValue: 8)
    static let points = Changed(rawValue: 16)

    init(rawValue: Int) { self.rawValue = rawValue }
    init(_ key: EntityKey) {
      self =
        switch key {
        case .fund, .campaign, .couponHolding, .programme: .money
        case .merchant, .settlement, .payables: .merchants
        case .gift, .giftStock, .stationGifts, .giftHandover: [.gifts, .money]
        case .activity, .participation, .activityEntry, .activityCommitment: .activities
        case .wallet, .pointsAccount: .points
        case .ledger, .actor, .organisation, .station, .openStations, .member, .rule, .party, .couponCode,
          .stationGrant, .approval, .job, .due, .memberAfter, .couponHoldings, .affairs, .command:
          []
        }
    }
  }

  /// - Parameter isLast: whether the command has no more events: only then everything that it does is done.
  mutating func take(_ record: EventRecord, isLast: Bool) {
    book.apply(record)
    let legs = record.legs
    accounts.take(legs)
    note(record.event)
    positions += 1
    changed = record.touched.reduce(into: changed) { $0.formUnion(Changed($1)) }
    let before = problems.count
    checkLegs(legs)
    problems += accounts.imbalances
    for key in Set(legs.map(\.account.entity)) { problems += accounts.problems(of: key, in: book) }
    if changed.contains(.money) {
      checkFunds()
      checkCampaigns()
    }
    if changed.contains(.merchants) { checkMerchants() }
    if changed.contains(.gifts) { checkGifts() }
    if changed.contains(.activities) { checkActivities() }
    if isLast, changed.contains(.points) { checkPoints() }
    if isLast, changed.contains(.money) { checkClosedFunds() }
    changed = isLast ? [] : changed.intersection([.points, .money])
    for index in problems.indices.dropFirst(before) {
      problems[index] = "after \(record.type.name) at \(record.position): \(problems[index])"
    }
  }

  private mutating func note(_ event: Event) {
    if case .fund(.spent(let event)) = event {
      purchases += event.request.amount.count
    } else if case .fund(.spendReturned(let event)) = event {
      purchases -= event.request.amount.count
    } else if case .gift(.bought(let event)) = event {
      bought[event.request.gift, default: []].add(event.shares)
    } else if case .gift(.writtenOff(let event)) = event {
      writtenOff[event.request.gift, default: []].add(event.batches.flatMap(\.cost))
    } else if case .gift(.counted(let event)) = event {
      writtenOff[event.request.gift, default: []].add(event.missing.flatMap(\.cost))
    }
  }

  // MARK: double entry

  /// L5: the event's own entry.
  private mutating func checkLegs(_ legs: [Leg]) {
    var sums: [Unit: Int64] = [:]
    for leg in legs { sums[leg.account.unit, default: 0] += leg.amount }
    for (unit, sum) in sums where sum != 0 { problems.append("the legs in \(unit) sum to \(sum)") }
  }

  private mutating func compare(_ what: String, _ found: Int64, _ expected: Int64) {
    if found != expected { problems.append("\(what) is \(found), by the rest it is \(expected)") }
  }

  // MARK: money

  /// F2, and who has set aside and spent it: every fen that a receipt says is committed is some campaign's, coupon's,
  /// job's or programme's.
  private mutating func checkFunds() {
    var committed: [FundID: [ReceiptID: Int64]] = [:]
    func add(_ shares: [FundShare]) {
      for share in shares {
        committed[share.fund, default: [:]][share.receipt, default: 0] += share.amount.count
      }
    }
    for (_, campaign) in book.campaigns.all {
      for payer in campaign.payers { add(payer.free) }
      for hold in campaign.holds { add(hold.money) }
    }
    for (_, holding) in book.couponHoldings.all {
      for coupon in holding.coupons { add(coupon.reserved) }
    }
    for (_, programme) in book.programmes.all { add(programme.committed) }
    for (id, fund) in book.funds.all {
      for receipt in fund.receipts {
        let sums = [receipt.available, receipt.allotted, receipt.committed, receipt.spent]
        if sums.contains(where: { $0 < .zero }) { problems.append("\(id) is below zero: \(receipt)") }
        compare("received of \(id)", receipt.received.count, sums.reduce(.zero, +).count)
        compare("committed of \(id)", receipt.committed.count, committed[id]?[receipt.receipt] ?? 0)
      }
    }
    let totals = book.moneyTotals
    for (name, sum) in totals.imbalances where sum != 0 { problems.append("\(name) is \(sum)") }
    var spent = purchases
    for (_, campaign) in book.campaigns.all { spent += campaign.spent.count }
    for (_, gift) in book.gifts.all { spent += gift.bought.count }
    for (_, programme) in book.programmes.all { spent += (programme.paidSum - programme.recovered).count }
    compare("spent of all funds", totals.spent, spent)
  }

  /// F1: what came back to a receipt that was carried over when its fund closed has gone on.
  private mutating func checkClosedFunds() {
    for (id, fund) in book.funds.all where fund.isClosed {
      for receipt in fund.receipts where receipt.carriedTo != nil {
        compare("available of \(receipt.receipt) of closed \(id)", receipt.available.count, 0)
      }
    }
  }

  /// C2, C4: pieces and money of every campaign, against its coupons.
  private mutating func checkCampaigns() {
    var open: [CampaignID: Int64] = [:]
    var reserved: [CampaignID: Fen] = [:]
    for (id, holding) in book.couponHoldings.all {
      open[id.first, default: 0] += holding.open
      reserved[id.first, default: .zero] += holding.coupons.reduce(.zero) { $0 + $1.reserved.total }
      if let problem = book.negative(.couponHolding(id)) { problems.append("\(id): \(problem)") }
    }
    for (id, campaign) in book.campaigns.all {
      compare(
        "granted of \(id)", campaign.granted,
        campaign.open + campaign.redeemed + campaign.expired + campaign.revoked + campaign.returned)
      compare("open coupons of \(id)", campaign.open, open[id] ?? 0)
      compare("reserved of \(id)", campaign.reserved.count, (reserved[id] ?? .zero).count)
      if let problem = book.negative(.campaign(id)) { problems.append("\(id): \(problem)") }
      let held = campaign.holds.reduce(Fen.zero) { $0 + $1.money.total }
      if campaign.isClosed {
        compare("free money of closed \(id)", campaign.free.count, 0)
      } else if let budget = campaign.terms?.budgetFen {
        compare(
          "budget of \(id)", budget.count, (campaign.free + held + campaign.reserved + campaign.spent).count)
      }
      if let most = campaign.terms?.quotas.total, campaign.versions.count == 1, campaign.taken > most {
        problems.append("\(id) has \(campaign.taken) coupons of \(most)")
      }
    }
  }

  /// C10, F9: what is owed to merchants, in days and settlements, and between organisations.
  private mutating func checkMerchants() {
    var paid: [MerchantID: Fen] = [:]
    var unpaid: [MerchantID: Fen] = [:]
    for (_, settlement) in book.settlements.all {
      if settlement.status == .paid {
        paid[settlement.merchant, default: .zero] += settlement.net
      } else {
        unpaid[settlement.merchant, default: .zero] += settlement.net
      }
    }
    for (id, merchant) in book.merchants.all {
      compare(
        "owed to \(id)", merchant.owed.count, (merchant.gross - merchant.rolledBack - merchant.paid).count)
      compare("paid to \(id)", merchant.paid.count, (paid[id] ?? .zero).count)
      let open = merchant.days.gross - merchant.days.rolledBack - merchant.carried
      compare("owed to \(id) and settled", merchant.owed.count, (open + (unpaid[id] ?? .zero)).count)
    }
    compare("the net of all payables", book.payables.all.reduce(0) { $0 + $1.1.net.count }, 0)
    for pair in book.disagreements { problems.append("\(pair.from) and \(pair.to) differ by \(pair.fen)") }
  }

  // MARK: things and points

  /// O4: pieces, and cost by receipt.
  private mutating func checkGifts() {
    for (id, problem) in book.giftDisagreements { problems.append("\(id): \(problem)") }
    for (id, gift) in book.gifts.all {
      var cost = gift.store.flatMap(\.cost) + (writtenOff[id] ?? [])
      for (_, stock) in book.stocks(of: id) { cost += stock.batches.flatMap(\.cost) }
      for (place, handover) in book.giftHandovers.all where place.first == id {
        cost += handover.received.flatMap(\.cost)
      }
      var sum: [FundShare] = []
      sum.add(cost)
      for share in bought[id] ?? [] {
        let found = sum.first { $0.fund == share.fund && $0.receipt == share.receipt }?.amount ?? .zero
        compare("cost of \(id) on \(share.receipt)", found.count, share.amount.count)
      }
      compare("cost of \(id)", sum.total.count, (bought[id] ?? []).total.count)
      if let problem = book.negative(.gift(id)) { problems.append("\(id): \(problem)") }
    }
  }

  /// A1, A2: joins by member, and the pool.
  private mutating func checkActivities() {
    for (id, activity) in book.activities.all {
      let parts = book.participations.all.filter { $0.0.first == id }.map { $0.1 }
      compare("joins of \(id)", activity.joins, parts.reduce(0) { $0 + $1.joins })
      compare("persons of \(id)", activity.persons, Int64(parts.count { $0.isPerson && $0.joins > 0 }))
      compare("prizes won in \(id)", activity.awarded, Int64(parts.reduce(0) { $0 + $1.won.count }))
      for prize in activity.prizes {
        compare("prize \(prize.prize) of \(id)", prize.stocked, prize.left + prize.awarded)
        if prize.left < 0 { problems.append("the pool of \(prize.prize) of \(id) is below zero") }
      }
    }
  }

  /// P1, P13: what members have is what organisations account for.
  private mutating func checkPoints() {
    let (totals, wallets) = (book.totals.points, book.walletTotals)
    compare("points issued", totals.issued, totals.issued - totals.imbalance)
    compare("points available", totals.available, wallets.available)
    compare("points held", totals.held, wallets.held)
    compare("points pending", totals.pending, wallets.pending)
    compare("points owed", totals.debt, wallets.debt)
    for member in book.negativeWallets { problems.append("a lot of \(member) is below zero") }
  }
}

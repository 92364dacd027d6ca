// Every account of a ledger, added up from legs alone, and what a book says of the same. The rest that must be true is in
// MixedWitness.

@testable import LedgerCore

extension MixedWitness {
  /// The naive trial balance.
  struct Accounts {
    private var sums: [Account: Int64] = [:]
    /// All accounts of a unit together, where that is not zero.
    private var units: [Unit: Int64] = [:]

    mutating func take(_ legs: [Leg]) {
      for leg in legs {
        sums[leg.account, default: 0] += leg.amount
        let sum = (units[leg.account.unit] ?? 0) + leg.amount
        units[leg.account.unit] = sum == 0 ? nil : sum
      }
    }

    /// Units in which all accounts together are not zero (L5).
    var imbalances: [String] { units.map { "the trial balance in \($0.key) is \($0.value)" } }

    /// All of it.
    func problems(against book: Book) -> [String] {
      imbalances + Set(sums.keys.map(\.entity)).flatMap { problems(of: $0, in: book) }
    }

    /// What the book says of an entity and is not what its accounts come to.
    func problems(of key: EntityKey, in book: Book) -> [String] {
      var problems: [String] = []
      func compare(_ name: String, _ found: Int64, _ account: Account, sign: Int64 = 1) {
        let sum = sign * (sums[account] ?? 0)
        if found != sum { problems.append("\(name) is \(found), its legs come to \(sum)") }
      }
      if case .fund(let id) = key {
        for part in book.fund(id)?.receipts ?? [] {
          let name = "\(id) \(part.receipt)"
          compare("received of \(name)", part.received.count, .fund(.received, id, part.receipt), sign: -1)
          compare("available of \(name)", part.available.count, .fund(.available, id, part.receipt))
          compare("allotted of \(name)", part.allotted.count, .fund(.allotted, id, part.receipt))
          compare("committed of \(name)", part.committed.count, .fund(.committed, id, part.receipt))
          compare("spent of \(name)", part.spent.count, .fund(.spent, id, part.receipt))
        }
      } else if case .merchant(let id) = key, let merchant = book.merchant(id) {
        compare("what is owed to \(id)", merchant.owed.count, .merchant(.owed, id))
        compare("what was paid to \(id)", merchant.paid.count, .merchant(.paid, id))
      } else if case .payables(let id) = key, let payables = book.payables(of: id) {
        for other in payables.others {
          let with = other.organisation
          compare("what \(id) owes \(with)", other.owes.count, .payable(.owes, of: id, with: with), sign: -1)
          compare("what \(with) owes \(id)", other.owed.count, .payable(.owed, of: id, with: with))
        }
      } else if case .campaign(let id) = key, let campaign = book.campaign(id) {
        compare("granted of \(id)", campaign.granted, .campaign(.granted, id), sign: -1)
        compare("open of \(id)", campaign.open, .campaign(.open, id))
        compare("redeemed of \(id)", campaign.redeemed, .campaign(.redeemed, id))
        compare("expired of \(id)", campaign.expired, .campaign(.expired, id))
        compare("revoked of \(id)", campaign.revoked, .campaign(.revoked, id))
        compare("returned of \(id)", campaign.returned, .campaign(.returned, id))
      } else if case .gift(let id) = key, let gift = book.gift(id) {
        compare("acquired of \(id)", gift.acquired, .gift(.acquired, id), sign: -1)
        compare("stored of \(id)", gift.stored, .gift(.stored, id))
        compare("handed over of \(id)", gift.handedOver, .gift(.handedOver, id))
        compare("written off of \(id)", gift.writtenOff, .gift(.writtenOff, id))
      } else if case .activity(let id) = key, let activity = book.activity(id) {
        for stock in activity.prizes {
          compare("left of \(stock.prize)", stock.left, .prize(.left(stock.prize), id))
          compare("awarded of \(stock.prize)", stock.awarded, .prize(.awarded(stock.prize), id))
        }
      } else if case .party(let id) = key, let party = book.party(id) {
        compare("used of \(id)", party.used.count, .memo(.used, id))
      }
      return problems
    }
  }
}

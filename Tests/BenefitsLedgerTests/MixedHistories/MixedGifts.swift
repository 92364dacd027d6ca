// Gifts and grants to stations of a mixed history. What of their money is where, by receipt, is checked in MixedWitness.

@testable import LedgerCore

extension MixedGenerator {
  mutating func gift() -> CommandBody? {
    switch random.number(0...29) {
    case 0...4: return buy()
    case 5...6:
      let gift = someGift()
      return .gift(
        .donate(
          DonateGift(
            gift: gift.id, organisation: gift.organisation, party: one(of: \.parties)?.id ?? .named("donor"),
            pieces: Int64(random.number(1...8)), unitWorth: Fen(count: 12))))
    case 7...13: return move()
    case 14...22:
      guard let (place, stock) = one(of: \.giftStocks, where: { !$0.batches.isEmpty }) else { return nil }
      return .gift(
        .handOver(
          HandOverGift(
            gift: place.first, station: place.second, member: someMember(),
            campaign: random.one(of: [.named("spring"), .named("autumn"), .named("winter")]),
            pieces: random.chance(30) ? min(3, max(1, stock.batches.pieces)) : nil)))
    case 23...25:
      guard let (gift, station, pieces) = place() else { return nil }
      return .gift(
        .count(
          CountGift(
            gift: gift, station: station, counted: max(0, pieces + Int64(random.number(-2...2))),
            reason: random.chance(80) ? .named("found-behind-a-shelf") : nil,
            documentHash: .named(fresh("count")))))
    default:
      guard let (gift, station, pieces) = place() else { return nil }
      return .gift(
        .writeOff(
          WriteOffGift(
            gift: gift, station: station, pieces: Int64(random.number(1...max(1, Int(pieces) / 3))),
            reason: .named("spoilt"))))
    }
  }

  /// A gift that is there, or a new one.
  private mutating func someGift() -> (id: GiftID, organisation: OrganisationID) {
    if count(of: \.gifts) > 2 || random.chance(50), let (id, state) = one(of: \.gifts) {
      return (id, state.organisation)
    }
    return (.named(fresh("gift")), someOrganisation())
  }

  /// A place of a gift, and how many pieces of it are there.
  private mutating func place() -> (gift: GiftID, station: StationID?, pieces: Int64)? {
    if random.chance(60), let (id, stock) = one(of: \.giftStocks, where: { !$0.batches.isEmpty }) {
      return (id.first, id.second, stock.batches.pieces)
    }
    return one(of: \.gifts, where: { !$0.store.isEmpty }).map { ($0.id, nil, $0.state.store.pieces) }
  }

  private mutating func buy() -> CommandBody? {
    guard let fund = fundWithMoney(Fen(count: 1_000)) else { return nil }
    let gift = someGift()
    return .gift(
      .buy(
        BuyGift(
          gift: gift.id, organisation: gift.organisation, fund: fund.id, purpose: purpose(of: fund.state),
          pieces: Int64(random.number(2...15)), unitCost: Fen(count: Int64(random.number(7...60))),
          reference: .named(fresh("invoice")))))
  }

  private mutating func move() -> CommandBody? {
    guard let (gift, from, pieces) = place() else { return nil }
    var to = one(of: \.stations, where: { !$0.isClosed })?.id
    if to == from || (from != nil && random.chance(40)) { to = nil }
    if to == from { return nil }
    return .gift(
      .move(
        MoveGift(gift: gift, from: from, to: to, pieces: Int64(random.number(1...max(1, Int(pieces)))))))
  }

  mutating func grant() -> CommandBody? {
    switch random.number(0...39) {
    case 0...2:
      guard count(of: \.programmes, where: { $0.status != .closed }) < 5,
        let fund = fundWithMoney(Fen(count: 2_000))
      else { return nil }
      return .grant(
        .openProgramme(
          OpenProgramme(
            programme: .named(fresh("programme")), organisation: fund.state.organisation, fund: fund.id,
            purpose: purpose(of: fund.state), total: Fen(count: Int64(random.number(100...2_000))),
            months: Int64(random.number(1...12)))))
    case 3...8:
      guard let (id, _) = one(of: \.programmes, where: { $0.status == .open }),
        let (station, _) = one(of: \.stations, where: { !$0.isClosed })
      else { return nil }
      return .grant(.apply(ApplyForGrant(programme: id, station: station)))
    case 9...10:
      guard let (id, _) = one(of: \.programmes, where: { $0.status == .open && $0.applied > 0 }) else {
        return nil
      }
      return .grant(.closeApplications(CloseApplications(programme: id)))
    case 11...18:
      guard let id = stationGrant([.applied]) else { return nil }
      return .grant(.approve(ApproveGrant(programme: id.first, station: id.second)))
    case 19...27:
      guard let id = stationGrant([.approved]) else { return nil }
      return .grant(
        .pay(PayGrant(programme: id.first, station: id.second, reference: .named(fresh("payment")))))
    case 28...32:
      guard let id = stationGrant([.paid]) else { return nil }
      return .grant(
        .inspect(InspectGrant(programme: id.first, station: id.second, passed: random.chance(70))))
    case 33...37:
      guard let id = stationGrant([.paid, .inspected]) else { return nil }
      let isWhole = random.chance(40)
      return .grant(
        .exit(
          ExitGrant(
            programme: id.first, station: id.second, recovery: isWhole ? .whole : .unusedMonths,
            usedMonths: isWhole ? nil : Int64(random.number(0...5)))))
    default:
      let isDone = random.chance(85)
      let isToClose = { (programme: Programme) in
        programme.status == .split && (!isDone || programme.paid == programme.applied)
      }
      guard let (id, _) = one(of: \.programmes, where: isToClose) else { return nil }
      return .grant(.closeProgramme(CloseProgramme(programme: id)))
    }
  }

  private mutating func stationGrant(_ statuses: [GrantStatus]) -> ProgrammeStation? {
    one(of: \.stationGrants, where: { statuses.contains($0.status) })?.id
  }
}

// Funds, parties, merchants, settlements and payables of a mixed history. Who commits and spends the money otherwise is in
// the benefits' own files.

@testable import LedgerCore

extension MixedGenerator {
  /// A fund that has some money left.
  mutating func fundWithMoney(_ least: Fen = Fen(count: 200)) -> (id: FundID, state: Fund)? {
    let isAny = random.chance(4)
    let today = today
    return one(of: \.funds) { fund in
      let isOpen = !fund.isClosed && fund.from <= today && fund.until.map { today < $0 } ?? true
      return isAny || (isOpen && fund.available >= least)
    }
  }

  /// Something that some of the fund's money may be used for.
  mutating func purpose(of fund: Fund) -> Purpose {
    random.chance(95) ? fund.purposes?.first ?? .named("heat") : random.one(of: Self.purposes)
  }

  mutating func fund() -> CommandBody? {
    switch random.number(0...33) {
    case 0...2: return newFund()
    case 3...6:
      guard let (id, state) = one(of: \.funds, where: { !$0.isClosed }) else { return nil }
      return .fund(
        .receive(
          ReceiveFund(
            fund: id, amount: Fen(count: Int64(random.number(500...20_000))),
            party: random.chance(40) ? one(of: \.parties)?.id : nil,
            purposes: random.chance(20) ? [purpose(of: state)] : nil)))
    case 7...13:
      guard let parent = fundWithMoney(), let child = one(of: \.funds, where: { !$0.isClosed }) else {
        return nil
      }
      return .fund(
        .allot(
          AllotFund(
            fund: parent.id, to: child.id, amount: fen(upTo: Fen(count: parent.state.available.count / 3)),
            purposes: random.chance(15) ? [purpose(of: child.state)] : nil)))
    case 14...17:
      guard
        let child = one(
          of: \.funds, where: { $0.receipts.contains { $0.parent != nil && $0.available > .zero } }),
        let part = child.state.receipts.filter({ $0.parent != nil && $0.available > .zero })
          .randomElement(using: &random), let parent = part.parent
      else { return nil }
      return .fund(.recall(RecallFund(fund: child.id, from: parent.fund, amount: fen(upTo: part.available))))
    case 18...22:
      guard let (id, state) = fundWithMoney() else { return nil }
      return .fund(
        .spend(
          SpendFund(
            fund: id, amount: fen(upTo: Fen(count: state.available.count / 8)), purpose: purpose(of: state),
            reference: .named(fresh("invoice")),
            merchant: random.chance(50) ? one(of: \.merchants, where: { !$0.isClosed })?.id : nil)))
    case 23...25:
      guard let purchase = accepted.purchases.randomElement(using: &random) else { return nil }
      return .fund(
        .returnSpend(
          ReturnSpend(fund: purchase.fund, spending: purchase.id, amount: fen(upTo: purchase.amount))))
    case 26...29: return closing()
    case 30:
      return .party(
        .register(RegisterParty(party: .named(fresh("party")), kind: random.one(of: PartyKind.allCases))))
    default:
      guard let (id, _) = one(of: \.parties) else { return nil }
      return .party(
        .recordMemo(
          RecordMemo(
            party: id, day: today.adding(days: -random.number(0...2)), amount: Fen(count: 100),
            documentHash: .named(fresh("document")))))
    }
  }

  private mutating func newFund() -> CommandBody? {
    guard count(of: \.funds, where: { !$0.isClosed }) < 10 else { return nil }
    return .fund(
      .open(
        OpenFund(
          fund: .named(fresh("f")), organisation: someOrganisation(),
          source: random.one(of: FundSource.allCases),
          purposes: random.chance(40)
            ? random.one(of: [[.named("heat")], [.named("heat"), .named("visit")], Self.purposes]) : nil,
          from: today.adding(days: -random.number(0...3)),
          until: random.chance(30) ? today.adding(days: random.number(5...40)) : nil,
          alarmBelow: random.chance(60) ? Fen(count: 3_000) : nil)))
  }

  /// Mostly of a fund that nothing is set aside on, with what is left going where it may.
  private mutating func closing() -> CommandBody? {
    guard count(of: \.funds, where: { !$0.isClosed }) > 5 else { return nil }
    let isAny = random.chance(15)
    guard
      let (id, state) = one(of: \.funds, where: { isAny || (!$0.isClosed && $0.committed == .zero) })
    else { return nil }
    let other = one(of: \.funds, where: { !$0.isClosed && $0.organisation == state.organisation })?.id
    let needsOther = state.receipts.contains { $0.parent == nil && $0.available > .zero }
    return .fund(.close(CloseFund(fund: id, carryOverTo: needsOther || random.chance(30) ? other : nil)))
  }

  mutating func settling() -> CommandBody? {
    switch random.number(0...29) {
    case 0:
      guard count(of: \.merchants, where: { !$0.isClosed }) < 6 else { return nil }
      return .merchant(
        .register(RegisterMerchant(merchant: .named(fresh("k")), organisation: someOrganisation())))
    case 1:
      guard count(of: \.merchants, where: { !$0.isClosed }) > 4 else { return nil }
      return .merchant(.close(CloseMerchant(merchant: one(of: \.merchants)?.id ?? .named("k-0"))))
    case 2...10:
      let today = today
      let hasDays = { (merchant: Merchant) in merchant.days.contains { $0.day < today } }
      guard let (id, _) = one(of: \.merchants, where: hasDays) else { return nil }
      return .merchant(
        .freezeSettlement(
          FreezeSettlement(
            settlement: .named(fresh("settlement")), merchant: id,
            through: today.adding(days: -random.number(1...2)))))
    case 11...17:
      guard let (id, state) = one(of: \.settlements, where: { $0.status == .frozen }) else { return nil }
      let amount = random.chance(95) ? state.net : state.net + Fen(count: 1)
      return .merchant(
        .paySettlement(PaySettlement(settlement: id, amount: amount, reference: .named(fresh("payment")))))
    case 18...19:
      guard let (id, _) = one(of: \.settlements, where: { $0.status == .frozen }) else { return nil }
      return .merchant(
        .disputeSettlement(DisputeSettlement(settlement: id, reason: .named("a room too many"))))
    case 20...21:
      guard let (id, _) = one(of: \.settlements, where: { $0.status == .disputed }) else { return nil }
      return .merchant(.resolveSettlement(ResolveSettlement(settlement: id)))
    default:
      guard let (id, side) = one(of: \.payables, where: { $0.others.contains { $0.due > .zero } }),
        let other = side.others.filter({ $0.due > .zero }).randomElement(using: &random)
      else { return nil }
      return .payable(
        .settle(
          SettlePayable(
            from: id, to: other.organisation, amount: random.chance(40) ? other.due : fen(upTo: other.due),
            reference: .named(fresh("payment")))))
    }
  }
}

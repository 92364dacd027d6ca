// The double entry of funds' events (L5), and what a receipt tells of them. No rule is here: both are pure functions of
// the event.

extension FundEvent {
  /// The entry of this event. For every receipt received = available + allotted + committed + spent, before and after.
  var legs: [Leg] {
    switch self {
    case .opened, .balanceLow: []
    case .received(let event): Self.received(event.request.amount, event.request.fund, event.receipt)
    case .allotted(let event):
      event.parts.flatMap { part in
        [FundShare(fund: event.request.fund, receipt: part.receipt, amount: part.amount)]
          .legs(from: .available, to: .allotted)
          + Self.received(part.amount, event.request.to, part.childReceipt)
      }
    case .recalled(let event): event.parts.flatMap { Self.goesBack($0, event.request.fund) }
    case .closed(let event): Self.leaves(event.request.fund, event.returned, event.carried)
    case .passedOn(let event): Self.leaves(event.fund, event.returned, event.carried)
    case .spent(let event):
      event.shares.legs(from: .available, to: .spent)
        + Self.supplied(event.request.amount, event.request.merchant, event.supply)
    case .spendReturned(let event):
      event.shares.legs(from: .spent, to: .available)
        + Self.rolledBack(event.request.amount, event.merchant, event.supply)
    }
  }

  private static func received(_ amount: Fen, _ fund: FundID, _ receipt: ReceiptID) -> [Leg] {
    [FundShare(fund: fund, receipt: receipt, amount: amount)].legs(from: .received, to: .available)
  }

  /// The child has never received it then.
  private static func goesBack(_ part: RecalledPart, _ child: FundID) -> [Leg] {
    [FundShare(fund: child, receipt: part.receipt, amount: part.amount)].legs(from: .available, to: .received)
      + [FundShare(fund: part.parent.fund, receipt: part.parent.receipt, amount: part.amount)]
      .legs(from: .allotted, to: .available)
  }

  /// What a closed fund gives back and hands on, it has never received then.
  private static func leaves(
    _ fund: FundID, _ returned: [RecalledPart], _ carried: [CarriedPart]
  ) -> [Leg] {
    returned.flatMap { goesBack($0, fund) }
      + carried.flatMap { part in
        [FundShare(fund: fund, receipt: part.receipt, amount: part.amount)]
          .legs(from: .available, to: .received) + received(part.amount, part.to.fund, part.to.receipt)
      }
  }

  private static func supplied(
    _ amount: Fen, _ merchant: MerchantID?, _ supply: SettledSupply?
  ) -> [Leg] {
    guard let merchant, let supply else { return [] }
    return [
      Leg(.merchant(.gross(supply.day), merchant), -amount.count),
      Leg(.merchant(.owed, merchant), amount.count),
    ] + .owing(amount, of: supply.funder, to: supply.payer)
  }

  private static func rolledBack(
    _ amount: Fen, _ merchant: MerchantID?, _ supply: SettledSupply?
  ) -> [Leg] {
    guard let merchant, let supply else { return [] }
    return [
      Leg(.merchant(.rolledBack(supply.day), merchant), amount.count),
      Leg(.merchant(.owed, merchant), -amount.count),
    ] + .owing(.zero - amount, of: supply.funder, to: supply.payer)
  }

  /// What a receipt tells of it.
  var answer: [Answer] {
    switch self {
    case .opened, .balanceLow: []
    case .received(let event): [Answer("availableFen", event.available)]
    case .allotted(let event):
      [Answer("availableFen", event.available), Answer("childAvailableFen", event.childAvailable)]
    case .recalled(let event):
      [Answer("availableFen", event.available), Answer("parentAvailableFen", event.parentAvailable)]
    case .spent(let event): [Answer("availableFen", event.available)]
    case .spendReturned(let event): [Answer("availableFen", event.available)]
    case .closed(let event): Self.left(event.returned, event.carried)
    case .passedOn(let event): Self.left(event.returned, event.carried)
    }
  }

  private static func left(_ returned: [RecalledPart], _ carried: [CarriedPart]) -> [Answer] {
    [
      Answer("returnedFen", returned.reduce(.zero) { $0 + $1.amount }),
      Answer("carriedFen", carried.reduce(.zero) { $0 + $1.amount }),
    ]
  }
}

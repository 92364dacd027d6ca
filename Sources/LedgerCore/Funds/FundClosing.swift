// How a fund closes, and the one way of what is left and of what comes back to it afterwards (F1, F3). Which events bring
// something back is not asked here: Book/Flows sees it by their legs.

extension CloseFund {
  /// A fund that is closed already can be closed once more when something came back to it that found no way on.
  func decide(_ asking: Asking, _ view: View) throws(Undecided) -> FundEvent {
    let closing = try view.knownFund(fund)
    try view.require("the fund", since: closing.since, at: asking.at)
    guard !closing.isClosed || closing.available > .zero else {
      throw .refused(Refusal(.fundClosed, "fund", fund.text))
    }
    if let latest = closing.receipts.map(\.since).max() {
      try view.require("a receipt of the fund", since: latest, at: asking.at)
    }
    guard closing.isClosed || closing.committed == .zero else {
      throw .refused(Refusal(.fundCommitted, "committed", closing.committed.count))
    }
    let left = closing.receipts.filter { $0.available > .zero }
    guard left.count <= Fund.mostReceipts else {
      throw .refused(.tooManyReceipts(left.prefix(Fund.mostReceipts).reduce(.zero) { $0 + $1.available }))
    }
    var target: (id: FundID, fund: Fund)?
    if let carryOverTo {
      guard carryOverTo != fund else { throw .refused(Refusal(.fundSame)) }
      let open = try view.openFund(carryOverTo, asking)
      guard open.organisation == closing.organisation else {
        throw .refused(Refusal(.fundOfOtherOrganisation, "organisation", open.organisation.text))
      }
      target = (carryOverTo, open)
    }
    var leaving = LeavingMoney(fund: closing, target: target)
    for receipt in left where !leaving.take(receipt, asking.command) {
      if let target {
        throw .refused(Refusal(.fundPurposeNotCovered, "purpose", target.fund.purposes?.first?.text ?? ""))
      }
      let own = left.filter { $0.parent == nil }.reduce(Fen.zero) { $0 + $1.available }
      throw .refused(Refusal(.fundLeft, "left", own.count))
    }
    return .closed(FundClosed(request: self, returned: leaving.returned, carried: leaving.carried))
  }
}

extension View {
  /// The event by which what came back to a closed fund goes on, as much as one event names; nil when the fund is open,
  /// or nothing of it has a way.
  func passedOn(from id: FundID, _ command: CommandID) throws(Undecided) -> FundEvent? {
    guard let closed = try fund(id), closed.isClosed else { return nil }
    var target: (id: FundID, fund: Fund)?
    if let successor = closed.successor { target = (successor, try knownFund(successor)) }
    var leaving = LeavingMoney(fund: closed, target: target)
    for receipt in closed.receipts where receipt.available > .zero {
      if leaving.count == Fund.mostReceipts { break }
      _ = leaving.take(receipt, command)
    }
    guard leaving.count > 0 else { return nil }
    return .passedOn(FundPassedOn(fund: id, returned: leaving.returned, carried: leaving.carried))
  }
}

/// The money of a closed fund on its way, by receipt.
private struct LeavingMoney {
  let fund: Fund
  /// Where it is carried over to; nil: it goes back.
  let target: (id: FundID, fund: Fund)?
  private(set) var returned: [RecalledPart] = []
  private(set) var carried: [CarriedPart] = []

  init(fund: Fund, target: (id: FundID, fund: Fund)?) {
    self.fund = fund
    self.target = target
  }

  var count: Int { returned.count + carried.count }

  /// Takes all that is available on a receipt: to the receipt it became, or home to the fund that allotted it, or on to
  /// the fund that takes over. False when it has no way.
  mutating func take(_ receipt: FundReceipt, _ command: CommandID) -> Bool {
    if let there = receipt.carriedTo {
      carried.append(part(of: receipt, to: there, purposes: receipt.purposes))
      return true
    }
    // What the other fund allotted comes home: it would else be its own parent.
    if let parent = receipt.parent, target.map({ $0.id == parent.fund }) ?? true {
      returned.append(RecalledPart(receipt: receipt.receipt, parent: parent, amount: receipt.available))
      return true
    }
    guard let target, let given = fund.given(receipt, to: target.fund) else { return false }
    var number = carried.count + 1
    while isTaken(ReceiptID(command, number), in: target.fund) { number += 1 }
    let there = FundReceiptID(fund: target.id, receipt: ReceiptID(command, number))
    carried.append(part(of: receipt, to: there, purposes: given.purposes))
    return true
  }

  private func isTaken(_ id: ReceiptID, in other: Fund) -> Bool {
    other.receipts.contains { $0.receipt == id } || carried.contains { $0.to.receipt == id }
  }

  private func part(
    of receipt: FundReceipt, to there: FundReceiptID, purposes: [Purpose]?
  ) -> CarriedPart {
    CarriedPart(
      receipt: receipt.receipt, to: there, amount: receipt.available, parent: receipt.parent,
      party: receipt.party, purposes: purposes)
  }
}

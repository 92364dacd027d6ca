// What is allowed with the ledger as a whole, and the one check for a second actor (L6, P10). How a second actor comes
// to agree is in Approvals.

extension LedgerCommand {
  func decide(_ asking: Asking, _ view: View) throws(Undecided) -> [LedgerEvent] {
    switch self {
    case .open(let data): [try data.decide(view)]
    case .setLimits(let data): [.limitsSet(LimitsSet(request: data))]
    case .closePeriod(let data): [try data.decide(asking, view)]
    }
  }
}

extension OpenLedger {
  func decide(_ view: View) throws(Undecided) -> LedgerEvent {
    guard view.ledger == nil else { throw .refused(Refusal(.ledgerOpened)) }
    return .opened(LedgerOpened(request: self))
  }
}

extension ClosePeriod {
  fileprivate func decide(_ asking: Asking, _ view: View) throws(Undecided) -> LedgerEvent {
    if let closed = view.ledger?.closedThrough, through <= closed {
      throw .refused(Refusal(.periodClosed, "through", closed.description))
    }
    guard through < asking.day else { throw .refused(Refusal(.periodNotOver, "day", asking.day.description)) }
    guard let closedDay = view.ledger?.daysClosedThrough, through <= closedDay else {
      throw .refused(
        Refusal(.periodDayOpen, "closed", view.ledger?.daysClosedThrough?.description ?? "none"))
    }
    return .periodClosed(PeriodClosed(request: self))
  }
}

// What is allowed with what organisations owe each other (F9). How it changes is in Payables.

extension PayableCommand {
  func decide(_ asking: Asking, _ view: View) throws(Undecided) -> [PayableEvent] {
    switch self {
    case .settle(let data): [try data.decide(asking, view)]
    }
  }

  /// Where the actor's role must reach: who paid.
  func scope(_ view: View) throws(Undecided) -> [OrganisationID] {
    switch self {
    case .settle(let data): [data.from]
    }
  }
}

extension SettlePayable {
  /// What is owed is paid first, then what the other had settled too much.
  fileprivate func decide(_ asking: Asking, _ view: View) throws(Undecided) -> PayableEvent {
    let open = (try view.payables(of: from) ?? Payables()).payable(with: to)
    guard amount <= open.due else { throw .refused(Refusal(.payableAboveOwed, "owed", open.due.count)) }
    try view.require("what is owed", since: open.since, at: asking.at)
    let direct = min(amount, max(open.owes, .zero))
    return .settled(
      PayableSettled(
        request: self, returned: amount > direct ? amount - direct : nil, owes: open.due - amount))
  }
}

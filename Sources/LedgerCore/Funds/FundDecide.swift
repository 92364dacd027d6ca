// What is allowed with funds (F1). Which receipts cover a sum is in FundCover; how a fund changes is in Fund.

extension FundCommand {
  func decide(_ asking: Asking, _ view: View) throws(Undecided) -> [FundEvent] {
    switch self {
    case .open(let data): [try data.decide(asking, view)]
    case .receive(let data): [try data.decide(asking, view)]
    }
  }

  /// Where the actor's role must reach: the fund's organisation.
  func scope(_ view: View) throws(Undecided) -> [OrganisationID] {
    switch self {
    case .open(let data): [data.organisation]
    case .receive(let data): [try view.knownFund(data.fund).organisation]
    }
  }
}

extension OpenFund {
  fileprivate func decide(_ asking: Asking, _ view: View) throws(Undecided) -> FundEvent {
    _ = try view.openOrganisation(organisation, at: asking.at)
    guard try view.fund(fund) == nil else { throw .refused(Refusal(.fundExists)) }
    if let until, until <= from { throw .refused(Refusal(.fundEmptyWindow, "from", from.description)) }
    return .opened(FundOpened(request: self))
  }
}

extension ReceiveFund {
  fileprivate func decide(_ asking: Asking, _ view: View) throws(Undecided) -> FundEvent {
    let open = try view.openFund(fund, asking)
    if let purposes, let wider = purposes.first(where: { open.purposes?.contains($0) == false }) {
      throw .refused(Refusal(.fundPurposeNotCovered, "purpose", wider.text))
    }
    guard let receipt = ReceiptID(asking.command.text) else {
      preconditionFailure("a command's id can be a receipt's")
    }
    return .received(
      FundReceived(request: self, receipt: receipt, available: open.available + amount))
  }
}

// What is allowed with funds (F1, F4, F11): opening, receiving, allotting, recalling. How one closes is in FundClosing,
// which receipts cover a sum in FundCover, what is spent directly in FundSpendDecide; how a fund changes is in Fund.

extension FundCommand {
  func decide(_ asking: Asking, _ view: View) throws(Undecided) -> [FundEvent] {
    switch self {
    case .open(let data): [try data.decide(asking, view)]
    case .receive(let data): [try data.decide(asking, view)]
    case .allot(let data): [try data.decide(asking, view)]
    case .recall(let data): [try data.decide(asking, view)]
    case .spend(let data): [try data.decide(asking, view)]
    case .returnSpend(let data): [try data.decide(asking, view)]
    case .close(let data): [try data.decide(asking, view)]
    }
  }

  /// Where the actor's role must reach: the organisation whose money it is, which for a recall is the parent's.
  func scope(_ view: View) throws(Undecided) -> [OrganisationID] {
    let fund: FundID
    switch self {
    case .open(let data): return [data.organisation]
    case .receive(let data): fund = data.fund
    case .allot(let data): fund = data.fund
    case .recall(let data): fund = data.from
    case .spend(let data): fund = data.fund
    case .returnSpend(let data): fund = data.fund
    case .close(let data): fund = data.fund
    }
    return [try view.knownFund(fund).organisation]
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
  /// Also before the window: money comes before it is used.
  fileprivate func decide(_ asking: Asking, _ view: View) throws(Undecided) -> FundEvent {
    let open = try view.openFund(fund, asking)
    if let party { _ = try view.party(party, at: asking.at) }
    try open.requirePurposes(purposes)
    let receipt = ReceiptID(asking.command)
    try open.requireNew([receipt])
    return .received(FundReceived(request: self, receipt: receipt, available: open.available + amount))
  }
}

extension AllotFund {
  fileprivate func decide(_ asking: Asking, _ view: View) throws(Undecided) -> FundEvent {
    let parent = try view.usableFund(fund, asking)
    guard to != fund else { throw .refused(Refusal(.fundSame)) }
    let child = try view.openFund(to, asking)
    try child.requirePurposes(purposes)
    let given = parent.receipts.compactMap { parent.given($0, for: purposes, to: child) }
    guard !given.isEmpty || parent.receipts.isEmpty else {
      let purpose = (purposes ?? child.purposes)?.first
      throw .refused(Refusal(.fundPurposeNotCovered, "purpose", purpose?.text ?? ""))
    }
    let shares = try parent.oldest(amount, of: fund, in: given.map(\.receipt), at: asking.at)
    let parts = shares.enumerated().map { index, share in
      AllottedPart(
        receipt: share.receipt, childReceipt: ReceiptID(asking.command, index + 1), amount: share.amount,
        purposes: given.first { $0.receipt.receipt == share.receipt }?.purposes)
    }
    try child.requireNew(parts.map(\.childReceipt))
    return .allotted(
      FundAllotted(
        request: self, parts: parts, available: parent.available - amount,
        childAvailable: child.available + amount))
  }
}

extension RecallFund {
  /// At any time before the child closes, also after the windows: that is when there is something to recall. The parent
  /// may be closed: then it goes on from there.
  fileprivate func decide(_ asking: Asking, _ view: View) throws(Undecided) -> FundEvent {
    let child = try view.openFund(fund, asking)
    let parent = try view.knownFund(from)
    try view.require("the fund", since: parent.since, at: asking.at)
    let given = child.receipts.filter { $0.parent?.fund == from && $0.available > .zero }
    let unused = given.reduce(Fen.zero) { $0 + $1.available }
    guard amount <= unused else {
      throw .refused(Refusal(.fundRecallAboveUnused, "unused", unused.count))
    }
    let shares = try child.oldest(amount, of: fund, in: given, at: asking.at)
    return .recalled(
      FundRecalled(
        request: self,
        parts: shares.compactMap { share in
          given.first { $0.receipt == share.receipt }?.parent.map {
            RecalledPart(receipt: share.receipt, parent: $0, amount: share.amount)
          }
        },
        available: child.available - amount, parentAvailable: parent.available + amount))
  }
}

extension Fund {
  /// F4: purposes are only narrowed.
  fileprivate func requirePurposes(_ wanted: [Purpose]?) throws(Undecided) {
    if let wider = wanted?.first(where: { purposes?.contains($0) == false }) {
      throw .refused(Refusal(.fundPurposeNotCovered, "purpose", wider.text))
    }
  }

  /// Receipts are known by their ids for ever.
  fileprivate func requireNew(_ ids: [ReceiptID]) throws(Undecided) {
    if let there = receipts.first(where: { ids.contains($0.receipt) }) {
      throw .refused(Refusal(.fundReceiptExists, "receipt", there.receipt.text))
    }
  }

  /// One of its receipts as money for another fund, and what it may be used for there: all of `wanted`, or else whatever
  /// both funds and the receipt allow. nil when it may not go there.
  func given(
    _ receipt: FundReceipt, for wanted: [Purpose]? = nil, to other: Fund
  ) -> (receipt: FundReceipt, purposes: [Purpose]?)? {
    let allowed = purposes.narrowed(by: receipt.purposes).narrowed(by: other.purposes)
    if let wanted { return wanted.allSatisfy { allowed?.contains($0) ?? true } ? (receipt, wanted) : nil }
    return allowed?.isEmpty == true ? nil : (receipt, allowed)
  }
}

extension [Purpose]? {
  /// What both allow; nil allows anything.
  fileprivate func narrowed(by other: [Purpose]?) -> [Purpose]? {
    guard let self else { return other }
    guard let other else { return self }
    return self.filter(other.contains)
  }
}

extension ReceiptID {
  /// What a command brought: its id, and the number when it brought several.
  init(_ command: CommandID, _ number: Int? = nil) {
    self.init(unchecked: command.text + (number.map { "#\($0)" } ?? ""))
  }
}

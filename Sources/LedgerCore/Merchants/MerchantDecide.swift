// What is allowed with merchants (C10). Their settlements are decided in SettlementDecide.

extension MerchantCommand {
  func decide(_ asking: Asking, _ view: View) throws(Undecided) -> [MerchantEvent] {
    switch self {
    case .register(let data): [try data.decide(asking, view)]
    case .close(let data): [try data.decide(asking, view)]
    case .freezeSettlement(let data): [try data.decide(asking, view)]
    case .paySettlement(let data): [try data.decide(asking, view)]
    case .disputeSettlement(let data): [try data.decide(asking, view)]
    case .resolveSettlement(let data): [try data.decide(asking, view)]
    }
  }

  /// Where the actor's role must reach: the organisation that pays the merchant.
  func scope(_ view: View) throws(Undecided) -> [OrganisationID] {
    let merchant: MerchantID
    switch self {
    case .register(let data): return [data.organisation]
    case .close(let data): merchant = data.merchant
    case .freezeSettlement(let data): merchant = data.merchant
    case .paySettlement(let data): merchant = try view.knownSettlement(data.settlement).merchant
    case .disputeSettlement(let data): merchant = try view.knownSettlement(data.settlement).merchant
    case .resolveSettlement(let data): merchant = try view.knownSettlement(data.settlement).merchant
    }
    return [try view.knownMerchant(merchant).organisation]
  }
}

extension RegisterMerchant {
  fileprivate func decide(_ asking: Asking, _ view: View) throws(Undecided) -> MerchantEvent {
    guard try view.merchant(merchant) == nil else { throw .refused(Refusal(.merchantExists)) }
    _ = try view.openOrganisation(organisation, at: asking.at)
    return .registered(MerchantRegistered(request: self))
  }
}

extension CloseMerchant {
  fileprivate func decide(_ asking: Asking, _ view: View) throws(Undecided) -> MerchantEvent {
    _ = try view.openMerchant(merchant, at: asking.at)
    return .closed(MerchantClosed(request: self))
  }
}

extension View {
  /// The merchant, open or closed.
  func knownMerchant(_ id: MerchantID) throws(Undecided) -> Merchant {
    guard let merchant = try merchant(id) else {
      throw .refused(Refusal(.merchantUnknown, "merchant", id.text))
    }
    return merchant
  }

  /// The merchant, which must be known by `instant` and not be closed: one with whom something is redeemed.
  func openMerchant(_ id: MerchantID, at instant: Instant) throws(Undecided) -> Merchant {
    let merchant = try knownMerchant(id)
    try require("the merchant", since: merchant.since, at: instant)
    guard !merchant.isClosed else { throw .refused(Refusal(.merchantClosed, "merchant", id.text)) }
    return merchant
  }
}

// What is allowed with settlements (C10): frozen once, paid once and in one sum, never changed. How the figures of a
// merchant come about is in Merchant.

extension FreezeSettlement {
  /// A day that was taken before can be taken again, for what was recorded of it since.
  func decide(_ asking: Asking, _ view: View) throws(Undecided) -> MerchantEvent {
    let paid = try view.knownMerchant(merchant)
    try view.require("the merchant", since: paid.since, at: asking.at)
    guard try view.settlement(settlement) == nil else { throw .refused(Refusal(.settlementExists)) }
    guard through < asking.day else {
      throw .refused(Refusal(.settlementDayNotOver, "day", asking.day.description))
    }
    if let last = paid.frozenThrough, through < last {
      throw .refused(Refusal(.settlementThroughTooEarly, "through", last.description))
    }
    let open = paid.days.filter { $0.day <= through }
    guard !open.isEmpty else { throw .refused(Refusal(.settlementEmpty, "through", through.description)) }
    let days = Array(open.prefix(Self.mostDays))
    let end = days.count < open.count ? days[days.count - 1].day : through
    let net = days.gross - days.rolledBack - paid.carried
    return .settlementFrozen(
      SettlementFrozen(
        request: self, through: end, days: days, carriedBefore: paid.carried, net: max(net, .zero),
        carriedOn: max(.zero - net, .zero)))
  }
}

extension PaySettlement {
  func decide(_ asking: Asking, _ view: View) throws(Undecided) -> MerchantEvent {
    let frozen = try view.settlement(settlement, at: asking.at)
    try frozen.requireStatus(.frozen)
    guard amount == frozen.net else {
      throw .refused(Refusal(.settlementAmountDiffers, "net", frozen.net.count))
    }
    let paid = try view.knownMerchant(frozen.merchant)
    return .settlementPaid(
      SettlementPaid(request: self, merchant: frozen.merchant, owed: (paid.owed - amount).count))
  }
}

extension DisputeSettlement {
  func decide(_ asking: Asking, _ view: View) throws(Undecided) -> MerchantEvent {
    let frozen = try view.settlement(settlement, at: asking.at)
    try frozen.requireStatus(.frozen)
    return .settlementDisputed(SettlementDisputed(request: self, merchant: frozen.merchant))
  }
}

extension ResolveSettlement {
  func decide(_ asking: Asking, _ view: View) throws(Undecided) -> MerchantEvent {
    let disputed = try view.settlement(settlement, at: asking.at)
    try disputed.requireStatus(.disputed)
    return .settlementResolved(SettlementResolved(request: self, merchant: disputed.merchant))
  }
}

extension Settlement {
  /// Refuses with the status it has.
  fileprivate func requireStatus(_ wanted: SettlementStatus) throws(Undecided) {
    guard status != wanted else { return }
    switch status {
    case .frozen: throw .refused(Refusal(.settlementFrozen))
    case .disputed: throw .refused(Refusal(.settlementDisputed))
    case .paid: throw .refused(Refusal(.settlementPaid, "reference", reference?.text ?? ""))
    case .carried: throw .refused(Refusal(.settlementNothingDue, "carriedOn", carriedOn.count))
    }
  }
}

extension View {
  func knownSettlement(_ id: SettlementID) throws(Undecided) -> Settlement {
    guard let settlement = try settlement(id) else {
      throw .refused(Refusal(.settlementUnknown, "settlement", id.text))
    }
    return settlement
  }

  /// The settlement, which must have its status by `instant`.
  fileprivate func settlement(_ id: SettlementID, at instant: Instant) throws(Undecided) -> Settlement {
    let settlement = try knownSettlement(id)
    try require("the settlement's status", since: settlement.since, at: instant)
    return settlement
  }
}

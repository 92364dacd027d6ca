// What is allowed with gifts (O4). How stocks change is in Gift and GiftStock.

extension GiftCommand {
  func decide(_ asking: Asking, _ view: View) throws(Undecided) -> [GiftEvent] {
    switch self {
    case .buy(let data): [try data.decide(asking, view)]
    case .donate(let data): [try data.decide(asking, view)]
    case .move(let data): [try data.decide(asking, view)]
    case .handOver(let data): [try data.decide(asking, view)]
    case .count(let data): [try data.decide(asking, view)]
    case .writeOff(let data): [try data.decide(asking, view)]
    }
  }

  /// Where the actor's role must reach: the organisations of the places, and of the fund.
  func scope(_ view: View) throws(Undecided) -> [OrganisationID] {
    switch self {
    case .buy(let data): return [data.organisation, try view.knownFund(data.fund).organisation]
    case .donate(let data): return [data.organisation]
    case .move(let data):
      return [try view.keeper(of: data.gift, at: data.from), try view.keeper(of: data.gift, at: data.to)]
    case .handOver(let data): return [try view.keeper(of: data.gift, at: data.station)]
    case .count(let data): return [try view.keeper(of: data.gift, at: data.station)]
    case .writeOff(let data): return [try view.keeper(of: data.gift, at: data.station)]
    }
  }
}

extension BuyGift {
  fileprivate func decide(_ asking: Asking, _ view: View) throws(Undecided) -> GiftEvent {
    let gift = try view.gift(gift, toComeTo: organisation, at: asking.at)
    let shares = try view.cover(Fen(count: unitCost.count * pieces), of: fund, for: purpose, asking)
    return .bought(
      GiftBought(request: self, ordinal: gift.batches + 1, shares: shares, stored: gift.stored + pieces))
  }
}

extension DonateGift {
  fileprivate func decide(_ asking: Asking, _ view: View) throws(Undecided) -> GiftEvent {
    let gift = try view.gift(gift, toComeTo: organisation, at: asking.at)
    _ = try view.party(party, at: asking.at)
    return .donated(GiftDonated(request: self, ordinal: gift.batches + 1, stored: gift.stored + pieces))
  }
}

extension MoveGift {
  fileprivate func decide(_ asking: Asking, _ view: View) throws(Undecided) -> GiftEvent {
    let there = try view.stock(of: gift, at: from, asking.at).batches
    let here = try view.stock(of: gift, at: to, asking.at).batches
    let taken = try there.taking(pieces, at: asking.at)
    return .moved(
      GiftMoved(
        request: self, batches: taken, leftThere: there.pieces - pieces, nowHere: here.pieces + pieces))
  }
}

extension HandOverGift {
  /// Who was merged into the member got it as the member (M4).
  fileprivate func decide(_ asking: Asking, _ view: View) throws(Undecided) -> GiftEvent {
    _ = try view.activeMember(member, at: asking.at)
    let there = try view.stock(of: gift, at: station, asking.at).batches
    for identity in try view.identities(of: member) {
      let received = try view.giftHandover(GiftMember(gift, identity))?.received ?? []
      if let before = received.first(where: { $0.campaign == campaign }) {
        throw .refused(Refusal(.giftAlreadyReceived, "since", before.since.description))
      }
    }
    let taken = try there.taking(pieces ?? 1, at: asking.at)
    return .handedOver(
      GiftHandedOver(request: self, batches: taken, left: there.pieces - taken.pieces))
  }
}

extension CountGift {
  /// A count is of a moment: what has moved after it cannot be told from what is missing.
  fileprivate func decide(_ asking: Asking, _ view: View) throws(Undecided) -> GiftEvent {
    let stock = try view.stock(of: gift, at: station, asking.at)
    try view.require("the last movement of the gift there", since: stock.movedAt, at: asking.at)
    let before = stock.batches.pieces
    let missing = counted < before ? try stock.batches.taking(before - counted, at: asking.at) : []
    let found = max(0, counted - before)
    guard found == 0 || (reason != nil && documentHash != nil) else {
      throw .refused(Refusal(.giftSurplusUnexplained, "found", found))
    }
    let batches = try view.knownGift(gift).batches
    return .counted(
      GiftCounted(
        request: self, before: before, missing: missing, found: found,
        ordinal: found > 0 ? batches + 1 : nil))
  }
}

extension WriteOffGift {
  fileprivate func decide(_ asking: Asking, _ view: View) throws(Undecided) -> GiftEvent {
    let there = try view.stock(of: gift, at: station, asking.at).batches
    let taken = try there.taking(pieces, at: asking.at)
    return .writtenOff(GiftWrittenOff(request: self, batches: taken, left: there.pieces - pieces))
  }
}

extension [GiftPieces] {
  /// Pieces of the oldest batches that are there by `instant`.
  fileprivate func taking(_ wanted: Int64, at instant: Instant) throws(Undecided) -> [GiftPieces] {
    guard wanted <= pieces else { throw .refused(Refusal(.giftStockTooLow, "short", wanted - pieces)) }
    var taken: [GiftPieces] = []
    var weight = 0
    var missing = wanted
    for batch in self where missing > 0 && batch.since <= instant {
      let part = batch.first(Swift.min(missing, batch.pieces))
      weight += 1 + part.cost.count
      guard weight <= GiftPieces.mostAnEvent else { throw .refused(.tooManyBatches(wanted - missing)) }
      taken.append(part)
      missing -= part.pieces
    }
    guard missing == 0 else { throw .refused(.beforeCause("pieces of the gift", since: enough(wanted))) }
    return taken
  }

  /// When so many had come.
  private func enough(_ wanted: Int64) -> Instant {
    var missing = wanted
    for batch in sorted(by: { $0.since < $1.since }) {
      missing -= batch.pieces
      if missing <= 0 { return batch.since }
    }
    return .earliest
  }
}

extension Refusal {
  fileprivate static func tooManyBatches(_ pieces: Int64) -> Refusal {
    Refusal(
      .giftTooManyBatches,
      [
        Detail(name: "limit", value: .number(Int64(GiftPieces.mostAnEvent))),
        Detail(name: "pieces", value: .number(pieces)),
      ])
  }
}

extension View {
  fileprivate func knownGift(_ id: GiftID) throws(Undecided) -> Gift {
    guard let gift = try gift(id) else { throw .refused(Refusal(.giftUnknown, "gift", id.text)) }
    return gift
  }

  /// The gift, which a new batch may be the first of.
  fileprivate func gift(
    _ id: GiftID, toComeTo organisation: OrganisationID, at instant: Instant
  ) throws(Undecided) -> Gift {
    _ = try openOrganisation(organisation, at: instant)
    guard let gift = try gift(id) else { return Gift() }
    guard gift.organisation == organisation else {
      throw .refused(Refusal(.giftOfOtherOrganisation, "organisation", gift.organisation.text))
    }
    try require("the gift", since: gift.since, at: instant)
    return gift
  }

  /// Whose place it is: the station's organisation, or the gift's for its store.
  fileprivate func keeper(of gift: GiftID, at station: StationID?) throws(Undecided) -> OrganisationID {
    guard let station else { return try knownGift(gift).organisation }
    return try knownStation(station).organisation
  }

  /// What lies at a place that is open by then: at a station, or in the store.
  fileprivate func stock(
    of id: GiftID, at station: StationID?, _ instant: Instant
  ) throws(Undecided) -> GiftStock {
    let gift = try knownGift(id)
    try require("the gift", since: gift.since, at: instant)
    guard let station else { return GiftStock(batches: gift.store, movedAt: gift.movedAt) }
    _ = try openStation(station, at: instant)
    return try giftStock(GiftStation(id, station)) ?? GiftStock()
  }
}

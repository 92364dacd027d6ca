// The fold of money, coupons, activities and gifts: an entity takes what an event says of it, then the legs posted to it.
// The rest of the fold is in Book.

extension Book {
  mutating func evolve(money key: EntityKey, _ event: Event, _ legs: [Leg], _ stamp: Stamp) {
    switch key {
    case .fund(let id):
      funds.update(id) { state in
        if case .fund(let event) = event {
          if event.fund == id {
            Fund.evolve(&state, event, stamp)
          } else {
            Fund.evolve(other: id, &state, event, stamp)
          }
        }
        for leg in legs {
          if case .fund(let name, id, let receipt) = leg.account { state?.post(name, receipt, leg.amount) }
        }
      }
    case .party(let id):
      parties.update(id) { state in
        if case .party(let event) = event { Party.evolve(&state, event, stamp) }
        for leg in legs {
          if case .memo(let name, id) = leg.account { state?.post(name, leg.amount) }
        }
      }
    case .merchant(let id):
      merchants.update(id) { state in
        if case .merchant(let event) = event { Merchant.evolve(&state, event, stamp) }
        for leg in legs {
          if case .merchant(let name, id) = leg.account { state?.post(name, leg.amount) }
        }
      }
    case .settlement(let id):
      settlements.update(id) { state in
        if case .merchant(let event) = event { Settlement.evolve(&state, event, stamp) }
      }
    case .payables(let id):
      payables.update(id) { state in
        if case .payable(let event) = event { Payables.evolve(&state, event, stamp) }
        if case nil = state { state = Payables() }
        for leg in legs {
          if case .payable(let name, of: id, with: let other) = leg.account {
            state?.post(name, with: other, leg.amount, at: stamp.at)
          }
        }
      }
    case .campaign(let id):
      campaigns.update(id) { state in
        if case .campaign(let event) = event { Campaign.evolve(&state, event, stamp) }
        if case .coupon(let event) = event { Campaign.evolve(id, &state, event) }
        for leg in legs {
          if case .campaign(let name, id) = leg.account { state?.post(name, leg.amount) }
        }
      }
    case .couponHolding(let id):
      couponHoldings.update(id) { state in
        if case .coupon(let event) = event { CouponHolding.evolve(id, &state, event, stamp) }
      }
    case .couponCode(let id):
      couponCodes.update(id) { state in
        if case .campaign(let event) = event { CouponCode.evolve(&state, event, stamp) }
        if case .coupon(let event) = event { CouponCode.evolve(&state, event, stamp) }
      }
    case .activity(let id):
      activities.update(id) { state in
        if case .activity(let event) = event { Activity.evolve(&state, event, stamp) }
        for leg in legs {
          if case .prize(let name, id) = leg.account { state?.post(name, leg.amount) }
        }
      }
    case .participation(let id):
      participations.update(id) { state in
        if case .activity(let event) = event { Participation.evolve(id, &state, event, stamp) }
      }
    case .activityEntry(let id):
      activityEntries.update(id) { state in
        if case .activity(let event) = event { ActivityEntry.evolve(id, &state, event, stamp) }
      }
    case .activityCommitment(let id):
      activityCommitments.update(id) { state in
        if case .activity(let event) = event { ActivityCommitment.evolve(&state, event) }
      }
    case .gift(let id):
      gifts.update(id) { state in
        if case .gift(let event) = event { Gift.evolve(&state, event, stamp) }
        for leg in legs {
          if case .gift(let name, id) = leg.account { state?.post(name, leg.amount) }
        }
      }
    case .giftStock(let id):
      giftStocks.update(id) { state in
        if case .gift(let event) = event { GiftStock.evolve(id.second, &state, event, stamp) }
      }
    case .stationGifts(let id):
      stationGifts.update(id) { state in
        if case .gift(let event) = event { StationGifts.evolve(id, &state, event) }
      }
    case .giftHandover(let id):
      giftHandovers.update(id) { state in
        if case .gift(let event) = event { GiftHandover.evolve(&state, event, stamp) }
      }
    case .programme(let id):
      programmes.update(id) { state in
        if case .grant(let event) = event { Programme.evolve(&state, event, stamp) }
      }
    case .stationGrant(let id):
      stationGrants.update(id) { state in
        if case .grant(let event) = event { StationGrant.evolve(&state, event, stamp) }
      }
    case .ledger, .actor, .organisation, .station, .openStations, .member, .wallet, .rule, .pointsAccount,
      .approval, .job, .due, .memberAfter, .couponHoldings, .affairs, .command:
      preconditionFailure("\(event.type.name) touches an entity that does not evolve here")
    }
  }
}

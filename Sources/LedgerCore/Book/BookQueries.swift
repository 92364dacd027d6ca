// What is asked of a book "now": states with everything that has fallen due by then, in memory only. Audit questions are
// in Audit/BookAudit.

extension Book {
  /// A member's points at an instant: everything that has fallen due by then counts as happened, as if recorded (L10).
  package func wallet(of id: MemberID, at instant: Instant) -> Wallet? {
    fallenDue(on: id, at: instant).wallet
  }

  /// What has fallen due on a member's points by an instant, and the points after it (L10).
  package func fallenDue(on id: MemberID, at instant: Instant) -> FallenDue {
    guard var wallet = wallets[id], let member = members[id], let zone = ledger?.zone else {
      return FallenDue(wallet: wallets[id])
    }
    var fallen = FallenDue()
    while let due = wallet.due(id, of: member.organisation, at: instant, zone) {
      var next: Wallet? = wallet
      Wallet.evolve(&next, due.event, Stamp(position: wallet.position, at: due.at, command: .blank))
      wallet = next ?? wallet
      if let movement = PointsMovement(due.event, of: id) { fallen.movements.append((due.at, movement)) }
    }
    fallen.wallet = wallet
    return fallen
  }
}

extension Book {
  package func gift(_ id: GiftID) -> Gift? { gifts[id] }
  package func giftHandover(_ id: GiftMember) -> GiftHandover? { giftHandovers[id] }
  package func stationGifts(at id: StationID) -> StationGifts? { stationGifts[id] }
  package func programme(_ id: ProgrammeID) -> Programme? { programmes[id] }

  /// The stocks in memory of one gift, in the order of the stations.
  package func stocks(of gift: GiftID) -> [(station: StationID, stock: GiftStock)] {
    giftStocks.all.filter { $0.0.first == gift }.map { ($0.0.second, $0.1) }.sorted {
      $0.station < $1.station
    }
  }

  /// The grants in memory of one station, in the order of the programmes.
  package func grants(of station: StationID) -> [(programme: ProgrammeID, grant: StationGrant)] {
    stationGrants.all.filter { $0.0.second == station }.map { ($0.0.first, $0.1) }
      .sorted { $0.programme < $1.programme }
  }
}

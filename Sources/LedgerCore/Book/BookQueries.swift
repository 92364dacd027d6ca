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

// Gifts and grants as a reader finds them: where the pieces are, what a station has. One look at the rows each, like the
// other questions in LedgerReader.

import LedgerCore

extension LedgerReader {
  public func gift(_ id: GiftID) throws -> Gift? { try book([.gift(id)]).gift(id) }
  /// What a member got of a gift; nil when nothing.
  public func handover(of gift: GiftID, to member: MemberID) throws -> GiftHandover? {
    let id = GiftMember(gift, member)
    return try book([.giftHandover(id)]).giftHandover(id)
  }
  /// How many pieces of which gifts a station has; nil when it never had any.
  public func gifts(at station: StationID) throws -> StationGifts? {
    try book([.stationGifts(station)]).stationGifts(at: station)
  }
  public func programme(_ id: ProgrammeID) throws -> Programme? {
    try book([.programme(id)]).programme(id)
  }

  /// Where the pieces of a gift are beside its store, in the order of the stations. Cost: one row a station.
  public func stocks(of gift: GiftID) throws -> [(station: StationID, stock: GiftStock)] {
    // Between the id with a space and the id with what follows a space are the pairs of this gift alone.
    let keys = try keys(Self.selectStocks, [gift.text + " ", gift.text + "!"]) { GiftStation($0) }
    return try book(keys.map(EntityKey.giftStock)).stocks(of: gift)
  }

  /// The grants of a station, in the order of the programmes. Cost: one row a grant.
  public func grants(of station: StationID) throws -> [(programme: ProgrammeID, grant: StationGrant)] {
    let keys = try keys(Self.selectGrants, [station.text]) { ProgrammeStation($0) }
    return try book(keys.map(EntityKey.stationGrant)).grants(of: station)
  }

  /// A gift after `position`, and where its pieces were beside its store; nil when there was none. Every event about its
  /// pieces is in its own history.
  package func giftAsOf(
    _ id: GiftID, position: Int64
  ) throws -> (gift: Gift, stocks: [(station: StationID, stock: GiftStock)])? {
    let book = try book(ofOnly: [.gift(id)]) { $0.position <= position }
    return book.gift(id).map { ($0, book.stocks(of: id)) }
  }

  /// A programme after `position`; nil when there was none. Every event about its grants is in its own history.
  package func programmeAsOf(_ id: ProgrammeID, position: Int64) throws -> Programme? {
    try book(ofOnly: [.programme(id)]) { $0.position <= position }.programme(id)
  }

  private static let selectStocks =
    "SELECT gift_station FROM gift_stock WHERE gift_station > ? AND gift_station < ?"
  private static let selectGrants = "SELECT programme_station FROM station_grant WHERE station = ?"
}

// Where gifts lie and who got them: one gift at one station, all gifts of a station, one gift and one member. The gift
// itself, with its store, is in Gift.

/// The pieces of one gift at one station.
public struct GiftStock: Equatable, Sendable {
  /// Position of the last event about it.
  public internal(set) var position: Int64 = 0
  /// The oldest batch first.
  public internal(set) var batches: [GiftPieces] = []
  /// The latest movement of the gift here.
  public internal(set) var movedAt: Instant = .earliest
}

extension GiftStock {
  /// The stock at one of the stations that the event is about.
  static func evolve(
    _ station: StationID, _ state: inout GiftStock?, _ event: GiftEvent, _ stamp: Stamp
  ) {
    var stock = state ?? GiftStock()
    switch event {
    case .bought, .donated: break
    case .moved(let event):
      if event.request.from == station { stock.batches.remove(event.batches) }
      if event.request.to == station { stock.batches.add(event.batches, at: stamp.at) }
    case .handedOver(let event): stock.batches.remove(event.batches)
    case .counted(let event):
      stock.batches.remove(event.missing)
      if let found = event.batch(stamp) { stock.batches.add([found], at: stamp.at) }
    case .writtenOff(let event): stock.batches.remove(event.batches)
    }
    stock.movedAt = max(stock.movedAt, stamp.at)
    stock.position = stamp.position
    state = stock
  }
}

/// How many pieces of which gifts a station has; it closes only without.
public struct StationGifts: Equatable, Sendable {
  /// In the order in which the gifts came.
  public internal(set) var gifts: [GiftCount] = []

  public var pieces: Int64 { gifts.reduce(0) { $0 + $1.pieces } }
}

/// So many pieces of a gift.
public struct GiftCount: Equatable, Sendable {
  public internal(set) var gift: GiftID = .blank
  public internal(set) var pieces: Int64 = 0
}

extension GiftCount: WireObject {
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("gift", &gift)
    try io.field("pieces", &pieces)
  }
}

extension StationGifts {
  static func evolve(_ id: StationID, _ state: inout StationGifts?, _ event: GiftEvent) {
    var station = state ?? StationGifts()
    for change in event.changes where change.station == id { station.add(change.pieces, of: event.gift) }
    state = station
  }

  private mutating func add(_ pieces: Int64, of gift: GiftID) {
    let place = gifts.firstIndex { $0.gift == gift } ?? gifts.endIndex
    if place == gifts.endIndex { gifts.append(GiftCount(gift: gift)) }
    gifts[place].pieces += pieces
    if gifts[place].pieces == 0 { gifts.remove(at: place) }
  }
}

/// What one member got of one gift: once in a campaign.
public struct GiftHandover: Equatable, Sendable {
  /// Position of the last event about it.
  public internal(set) var position: Int64 = 0
  /// In the order of the handing over.
  public internal(set) var received: [ReceivedGift] = []

  public var pieces: Int64 { received.reduce(0) { $0 + $1.pieces } }
  public var cost: Fen { received.reduce(.zero) { $0 + $1.cost.total } }
}

/// What a member got in one campaign.
public struct ReceivedGift: Equatable, Sendable {
  public internal(set) var campaign: CampaignID = .blank
  public internal(set) var station: StationID = .blank
  public internal(set) var since: Instant = .blank
  public internal(set) var pieces: Int64 = 0
  /// Whose money it was, by receipt.
  public internal(set) var cost: [FundShare] = []
}

extension ReceivedGift: WireObject {
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("campaign", &campaign)
    try io.field("station", &station)
    try io.field("since", &since)
    try io.field("pieces", &pieces)
    try io.field("cost", &cost)
  }
}

extension GiftHandover: Decider {
  static func evolve(_ state: inout GiftHandover?, _ event: GiftEvent, _ stamp: Stamp) {
    var handover = state ?? GiftHandover()
    switch event {
    case .handedOver(let event):
      handover.received.append(
        ReceivedGift(
          campaign: event.request.campaign, station: event.request.station, since: stamp.at,
          pieces: event.batches.pieces, cost: event.batches.flatMap(\.cost)))
    case .bought, .donated, .moved, .counted, .writtenOff: break
    }
    handover.position = stamp.position
    state = handover
  }
}

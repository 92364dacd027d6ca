// What happened to gifts, what each event changes, and its double entry. State and evolve are in Gift and GiftStock.

struct GiftBought: EventData {
  var request = BuyGift()
  var ordinal: Int64 = 1
  var shares: [FundShare] = []
  var stored: Int64 = 0
  static let type = EventType("gift.bought", "Pieces of a gift are bought on a fund.")
  consuming func asEvent() -> Event { .gift(.bought(self)) }
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try request.fields(&io)
    try io.field("ordinal", &ordinal, "the how-manieth batch of the gift")
    try io.field("shares", &shares, "what they cost, by receipt")
    try io.field("stored", &stored, "pieces in the store and at stations, after this event")
  }

  func batch(_ stamp: Stamp) -> GiftPieces {
    GiftPieces(
      batch: stamp.command, ordinal: ordinal, pieces: request.pieces, unit: request.unitCost, cost: shares)
  }
}

struct GiftDonated: EventData {
  var request = DonateGift()
  var ordinal: Int64 = 1
  var stored: Int64 = 0
  static let type = EventType("gift.donated", "A party donates pieces of a gift; their worth is a memo.")
  consuming func asEvent() -> Event { .gift(.donated(self)) }
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try request.fields(&io)
    try io.field("ordinal", &ordinal, "the how-manieth batch of the gift")
    try io.field("stored", &stored, "pieces in the store and at stations, after this event")
  }

  func batch(_ stamp: Stamp) -> GiftPieces {
    GiftPieces(
      batch: stamp.command, ordinal: ordinal, pieces: request.pieces, unit: request.unitWorth,
      party: request.party)
  }
}

struct GiftMoved: EventData {
  var request = MoveGift()
  var batches: [GiftPieces] = []
  var leftThere: Int64 = 0
  var nowHere: Int64 = 0
  static let type = EventType("gift.moved", "Pieces of a gift are at another place.")
  consuming func asEvent() -> Event { .gift(.moved(self)) }
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try request.fields(&io)
    try io.field("batches", &batches, "what moved, as it lay where it left")
    try io.field("leftThere", &leftThere, "pieces left where they went from")
    try io.field("nowHere", &nowHere, "pieces where they came to, after this event")
  }
}

struct GiftHandedOver: EventData {
  var request = HandOverGift()
  var batches: [GiftPieces] = []
  var left: Int64 = 0
  static let type = EventType("gift.handed-over", "A member gets a gift at a station.")
  consuming func asEvent() -> Event { .gift(.handedOver(self)) }
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try request.fields(&io)
    try io.field("batches", &batches, "what was handed over, and whose money it was")
    try io.field("left", &left, "pieces left at the station")
  }
}

struct GiftCounted: EventData {
  var request = CountGift()
  var before: Int64 = 0
  var missing: [GiftPieces] = []
  var found: Int64 = 0
  var ordinal: Int64?
  static let type = EventType(
    "gift.counted", "Pieces are counted: what is missing is written off, what is found has cost nothing.")
  consuming func asEvent() -> Event { .gift(.counted(self)) }
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try request.fields(&io)
    try io.field("before", &before, "pieces that should have been there")
    try io.field("missing", &missing, "what is written off")
    try io.field("found", &found, "pieces more than should have been there")
    try io.field("ordinal", &ordinal, "the how-manieth batch of the gift what was found is")
  }

  /// What was found, if anything was.
  func batch(_ stamp: Stamp) -> GiftPieces? {
    ordinal.map { GiftPieces(batch: stamp.command, ordinal: $0, pieces: found) }
  }
}

struct GiftWrittenOff: EventData {
  var request = WriteOffGift()
  var batches: [GiftPieces] = []
  var left: Int64 = 0
  static let type = EventType("gift.written-off", "Pieces of a gift are written off.")
  consuming func asEvent() -> Event { .gift(.writtenOff(self)) }
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try request.fields(&io)
    try io.field("batches", &batches)
    try io.field("left", &left, "pieces left at that place")
  }
}

/// The sum of the above.
indirect enum GiftEvent: Equatable, Fielded {
  case bought(GiftBought)
  case donated(GiftDonated)
  case moved(GiftMoved)
  case handedOver(GiftHandedOver)
  case counted(GiftCounted)
  case writtenOff(GiftWrittenOff)

  static var types: [any EventData.Type] {
    [
      GiftBought.self, GiftDonated.self, GiftMoved.self, GiftHandedOver.self, GiftCounted.self,
      GiftWrittenOff.self,
    ]
  }

  var dataType: any EventData.Type {
    switch self {
    case .bought: GiftBought.self
    case .donated: GiftDonated.self
    case .moved: GiftMoved.self
    case .handedOver: GiftHandedOver.self
    case .counted: GiftCounted.self
    case .writtenOff: GiftWrittenOff.self
    }
  }

  /// The command that this event answers.
  var request: GiftCommand? {
    switch self {
    case .bought(let event): .buy(event.request)
    case .donated(let event): .donate(event.request)
    case .moved(let event): .move(event.request)
    case .handedOver(let event): .handOver(event.request)
    case .counted(let event): .count(event.request)
    case .writtenOff(let event): .writeOff(event.request)
    }
  }

  /// Which one it is about.
  var gift: GiftID {
    switch self {
    case .bought(let event): event.request.gift
    case .donated(let event): event.request.gift
    case .moved(let event): event.request.gift
    case .handedOver(let event): event.request.gift
    case .counted(let event): event.request.gift
    case .writtenOff(let event): event.request.gift
    }
  }

  /// How many pieces come to which place or, below zero, leave it; nil is the store.
  var changes: [(station: StationID?, pieces: Int64)] {
    switch self {
    case .bought(let event): [(nil, event.request.pieces)]
    case .donated(let event): [(nil, event.request.pieces)]
    case .moved(let event):
      [(event.request.from, -event.request.pieces), (event.request.to, event.request.pieces)]
    case .handedOver(let event): [(event.request.station, -event.batches.pieces)]
    case .counted(let event): [(event.request.station, event.request.counted - event.before)]
    case .writtenOff(let event): [(event.request.station, -event.request.pieces)]
    }
  }

  /// The entities of this benefit that it changes, each once.
  var entities: [EntityKey] { subjects + changes.compactMap { $0.station.map(EntityKey.stationGifts) } }

  /// The entities whose history it belongs to.
  var subjects: [EntityKey] {
    [.gift(gift)] + changes.compactMap { $0.station.map { .giftStock(GiftStation(gift, $0)) } }
      + (member.map { [.giftHandover(GiftMember(gift, $0))] } ?? [])
  }

  /// Who got something.
  private var member: MemberID? {
    switch self {
    case .handedOver(let event): event.request.member
    case .bought, .donated, .moved, .counted, .writtenOff: nil
    }
  }

  /// The entry of this event.
  var legs: [Leg] {
    switch self {
    case .bought(let event):
      move(event.request.pieces, .acquired, .stored) + event.shares.legs(from: .available, to: .spent)
    case .donated(let event):
      move(event.request.pieces, .acquired, .stored) + event.memo
    case .moved: []
    case .handedOver(let event): move(event.batches.pieces, .stored, .handedOver)
    case .counted(let event):
      move(event.missing.pieces, .stored, .writtenOff) + move(event.found, .acquired, .stored)
    case .writtenOff(let event): move(event.request.pieces, .stored, .writtenOff)
    }
  }

  private func move(_ pieces: Int64, _ from: GiftAccountName, _ to: GiftAccountName) -> [Leg] {
    pieces == 0 ? [] : [Leg(.gift(from, gift), -pieces), Leg(.gift(to, gift), pieces)]
  }

  /// What a receipt tells of it.
  var answer: [Answer] {
    switch self {
    case .bought(let event):
      [Answer("spentFen", event.shares.total), Answer("stored", count: event.stored)]
    case .donated(let event): [Answer("stored", count: event.stored)]
    case .moved(let event):
      [Answer("leftThere", count: event.leftThere), Answer("nowHere", count: event.nowHere)]
    case .handedOver(let event): [Answer("left", count: event.left)]
    case .counted(let event):
      [Answer("missing", count: event.missing.pieces), Answer("found", count: event.found)]
    case .writtenOff(let event): [Answer("left", count: event.left)]
    }
  }

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    switch self {
    case .bought(let event): try io.walk(event) { self = .bought($0) }
    case .donated(let event): try io.walk(event) { self = .donated($0) }
    case .moved(let event): try io.walk(event) { self = .moved($0) }
    case .handedOver(let event): try io.walk(event) { self = .handedOver($0) }
    case .counted(let event): try io.walk(event) { self = .counted($0) }
    case .writtenOff(let event): try io.walk(event) { self = .writtenOff($0) }
    }
  }
}

extension GiftDonated {
  /// Worth that was given and used at once: in no total of cash (F7).
  fileprivate var memo: [Leg] {
    let worth = request.unitWorth.count * request.pieces
    return [Leg(.memo(.contributed, request.party), -worth), Leg(.memo(.used, request.party), worth)]
  }
}

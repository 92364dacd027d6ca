// Goods bought or donated to be handed out (慰问品): what we remember of a gift and of its store, and how events change
// it. Stations' stocks and what members got are in GiftStock; what is allowed is in GiftDecide.

/// A gift of an organisation, with its store (O4).
///
/// It is bought on a fund, pieces times cost, or donated at a memo worth. From the store of its organisation it is moved
/// to stations and handed over there, once to a member in a campaign, always the oldest batch first; what a count finds
/// missing is written off. Pieces are never below zero: acquired = stored + handed over + written off. What a piece cost
/// goes with it by receipt, to the member who gets it.
///
/// Example: 100 towels at 12.00 yuan are bought on a fund with 1,000.00 left of the city's receipt and plenty of the
/// union's own: 1,000.00 and 200.00 are spent. 90 go to a station. The 84th towel handed over there costs 4.00 of the
/// city's and 8.00 of the union's own.
public struct Gift: Equatable, Sendable {
  /// Position of the last event about it.
  public internal(set) var position: Int64 = 0
  /// When it was first bought or donated.
  public internal(set) var since: Instant = .blank
  public internal(set) var organisation: OrganisationID = .blank
  public internal(set) var name: FreeText?
  /// How many batches have come so far.
  public internal(set) var batches: Int64 = 0
  /// All pieces that were ever bought, donated or found.
  public internal(set) var acquired: Int64 = 0
  /// Those that are in the store or at stations.
  public internal(set) var stored: Int64 = 0
  public internal(set) var handedOver: Int64 = 0
  public internal(set) var writtenOff: Int64 = 0
  /// What was spent on it; what of that was handed over and written off. Donated pieces cost nothing.
  public internal(set) var bought: Fen = .zero
  public internal(set) var costHandedOver: Fen = .zero
  public internal(set) var costWrittenOff: Fen = .zero
  /// What donations were worth, as a memo.
  public internal(set) var donated: Fen = .zero
  /// The pieces in the store, the oldest batch first.
  public internal(set) var store: [GiftPieces] = []
  /// The latest movement into or out of the store.
  public internal(set) var movedAt: Instant = .earliest
}

extension Gift: Decider {
  static func evolve(_ state: inout Gift?, _ event: GiftEvent, _ stamp: Stamp) {
    var gift = state ?? Gift()
    switch event {
    case .bought(let event):
      gift.begin(event.request.organisation, event.request.name, stamp)
      gift.bought = gift.bought + event.shares.total
      gift.come([event.batch(stamp)], stamp)
    case .donated(let event):
      gift.begin(event.request.organisation, event.request.name, stamp)
      let batch = event.batch(stamp)
      gift.donated = gift.donated + batch.memo
      gift.come([batch], stamp)
    case .moved(let event):
      if event.request.from == nil { gift.go(event.batches, stamp) }
      if event.request.to == nil {
        gift.store.add(event.batches, at: stamp.at)
        gift.movedAt = max(gift.movedAt, stamp.at)
      }
    case .handedOver(let event): gift.costHandedOver = gift.costHandedOver + event.batches.cost
    case .counted(let event):
      gift.costWrittenOff = gift.costWrittenOff + event.missing.cost
      if event.request.station == nil { gift.go(event.missing, stamp) }
      if let found = event.batch(stamp) {
        if event.request.station == nil { gift.store.add([found], at: stamp.at) }
        gift.batches += 1
      }
    case .writtenOff(let event):
      gift.costWrittenOff = gift.costWrittenOff + event.batches.cost
      if event.request.station == nil { gift.go(event.batches, stamp) }
    }
    gift.position = stamp.position
    state = gift
  }

  private mutating func begin(_ organisation: OrganisationID, _ name: FreeText?, _ stamp: Stamp) {
    if batches == 0 {
      since = stamp.at
      self.organisation = organisation
    }
    self.name = name ?? self.name
  }

  private mutating func come(_ pieces: [GiftPieces], _ stamp: Stamp) {
    store.add(pieces, at: stamp.at)
    batches += 1
    movedAt = max(movedAt, stamp.at)
  }

  private mutating func go(_ pieces: [GiftPieces], _ stamp: Stamp) {
    store.remove(pieces)
    movedAt = max(movedAt, stamp.at)
  }

  /// What a leg puts into one of its accounts.
  mutating func post(_ name: GiftAccountName, _ pieces: Int64) {
    switch name {
    case .acquired: acquired -= pieces
    case .stored: stored += pieces
    case .handedOver: handedOver += pieces
    case .writtenOff: writtenOff += pieces
    }
  }
}

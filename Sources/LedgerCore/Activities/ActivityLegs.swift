// The double entry of activities (L5): pieces of the pool, and the memo value of what was donated (F7). No rule is here:
// legs are a pure function of the event.

/// The pool of an activity, by prize: stocked = left + awarded.
enum PrizeAccountName: Hashable, Sendable {
  /// Minus what the opening states.
  case stocked(PrizeID)
  case left(PrizeID)
  case awarded(PrizeID)

  var prize: PrizeID {
    switch self {
    case .stocked(let prize), .left(let prize), .awarded(let prize): prize
    }
  }
}

extension ActivityEvent {
  /// The entry of this event. Rewards are posted by the events that grant them.
  var legs: [Leg] {
    switch self {
    case .opened(let event):
      (event.request.draw?.prizes ?? []).flatMap { prize in
        [
          Leg(.prize(.stocked(prize.prize), event.request.activity), -prize.pieces),
          Leg(.prize(.left(prize.prize), event.request.activity), prize.pieces),
        ]
      }
    case .drawn(let event): event.request.activity.legs(of: event.winners.map(\.award))
    case .joined, .valuePublished, .closed: []
    }
  }
}

extension ActivityID {
  /// One entry for all pieces of a prize, in the order in which the prizes were first awarded.
  fileprivate func legs(of awards: [Award]) -> [Leg] {
    var sums: [(award: Award, pieces: Int64)] = []
    for award in awards {
      if let index = sums.firstIndex(where: { $0.award.prize == award.prize }) {
        sums[index].pieces += 1
      } else {
        sums.append((award, 1))
      }
    }
    return sums.flatMap { award, pieces in
      [
        Leg(.prize(.left(award.prize), self), -pieces), Leg(.prize(.awarded(award.prize), self), pieces),
      ] + award.memoLegs(pieces)
    }
  }
}

extension Award {
  /// Every piece of a prize has the same value and contributor.
  fileprivate func memoLegs(_ pieces: Int64) -> [Leg] {
    guard let memo, let contributor else { return [] }
    return [
      Leg(.memo(.contributed, contributor), -memo.count * pieces),
      Leg(.memo(.used, contributor), memo.count * pieces),
    ]
  }
}

// What stations' events ask of other benefits before they happen: the one place where a station meets gifts.

extension View {
  /// A station closes only without gifts, which nobody could hand over there any more (M6).
  func allow(_ event: StationEvent) throws(Undecided) {
    switch event {
    case .closed(let event):
      if let pieces = try stationGifts(at: event.request.station)?.pieces, pieces > 0 {
        throw .refused(Refusal(.giftsLeft, "pieces", pieces))
      }
    case .opened, .visitsRecorded, .visitsCorrected: break
    }
  }
}

// What organisations' events ask of other benefits before they happen: the one place where an organisation meets its funds,
// its merchants and its gifts.

extension View {
  /// An organisation closes only without money, merchants to be settled with, or gifts in its store: nobody would answer
  /// for them any more (M1). Stations, which it counts itself, must be closed too.
  func allow(_ event: OrganisationEvent) throws(Undecided) {
    switch event {
    case .closed(let event):
      let affairs = try affairs(of: event.request.organisation)
      try requireLoaded(affairs)
      var (openFunds, openMerchants, storedGifts) = (Int64(0), Int64(0), Int64(0))
      for key in affairs {
        if case .fund(let id) = key, let fund = try fund(id), !fund.isClosed { openFunds += 1 }
        if case .merchant(let id) = key, let merchant = try merchant(id), !merchant.isClosed {
          openMerchants += 1
        }
        if case .gift(let id) = key, let gift = try gift(id), gift.store.pieces > 0 { storedGifts += 1 }
      }
      guard openFunds + openMerchants + storedGifts == 0 else {
        throw .refused(
          Refusal(
            .organisationInUse,
            [
              Refusal.Detail(name: "funds", value: .number(openFunds)),
              Refusal.Detail(name: "merchants", value: .number(openMerchants)),
              Refusal.Detail(name: "gifts", value: .number(storedGifts)),
            ]))
      }
    case .registered, .renamed: break
    }
  }
}

// The alarm of a fund (F8): an event that follows any command of any benefit whose legs bring the fund below its limit.
// The one place that looks at a command's legs after it is decided.

extension Book {
  /// The alarms that a command's events set off: of the funds of which more was available before them than the limit, and
  /// less is now. So it rings once per crossing, however often money moves below the limit.
  func alarms(after records: [EventRecord]) -> [FundEvent] {
    var moved: [(fund: FundID, amount: Int64)] = []
    for record in records {
      // Of points there are the most, and they are no fund's.
      if case .points = record.event { continue }
      for leg in record.legs {
        guard case .fund(.available, let fund, _) = leg.account else { continue }
        if let index = moved.firstIndex(where: { $0.fund == fund }) {
          moved[index].amount += leg.amount
        } else {
          moved.append((fund, leg.amount))
        }
      }
    }
    return moved.compactMap { fund, amount in
      guard let state = funds[fund], let limit = state.alarmBelow, !state.isClosed else { return nil }
      let available = state.available
      guard available < limit, available - Fen(count: amount) >= limit else { return nil }
      return .balanceLow(FundBalanceLow(fund: fund, available: available, alarmBelow: limit))
    }
  }
}

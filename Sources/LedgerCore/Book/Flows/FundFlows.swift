// What follows from the legs of any command of any benefit: money that comes back to a closed fund goes on (F1, F3), and a
// fund that falls below its limit rings (F8). The one place that looks at a command's legs after it is decided.

extension EventRecord {
  /// The funds of which more is available by it, each once.
  var fundsReached: [FundID] {
    // Of points there are the most, and they are no fund's.
    if case .points = event { return [] }
    var funds: [FundID] = []
    for leg in legs where leg.amount > 0 {
      if case .fund(.available, let fund, _) = leg.account, !funds.contains(fund) { funds.append(fund) }
    }
    return funds
  }
}

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

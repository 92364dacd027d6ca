// Rows of funds, parties, merchants, settlements and payables, and back: both directions side by side, so that they cannot part.
// Rendering never adds or decides; sums come from the state's own definitions.

extension Fund {
  func cells(_ id: FundID) -> [Cell] {
    [
      .text(id.text), .text(organisation.text), .text(source.rawValue), Cell(name?.text),
      Cell(purposes.map { RecordWriter.list($0) }), .text(from.description), Cell(until?.description),
      alarmBelow.map { .integer($0.count) } ?? .null, .integer(isClosed ? 1 : 0),
      Cell(successor?.text), .integer(received.count), .integer(available.count), .integer(allotted.count),
      .integer(committed.count), .integer(spent.count), .text(since.description), .integer(position),
      .text(RecordWriter.list(receipts)), .text(RecordWriter.list(returns)),
    ]
  }

  init(_ row: inout RowReader) throws(RowError) {
    organisation = try row.value()
    source = try row.value()
    name = try row.optional()
    purposes = try row.optionalList()
    from = try row.value()
    until = try row.optional()
    alarmBelow = try row.optionalInteger().map { Fen(count: $0) }
    isClosed = try row.integer() != 0
    successor = try row.optional()
    row.skip(5)
    since = try row.value()
    position = try row.integer()
    receipts = try row.list()
    returns = try row.list()
  }
}

extension Party {
  func cells(_ id: PartyID) -> [Cell] {
    [
      .text(id.text), Cell(name?.text), .text(kind.rawValue), Cell(organisation?.text),
      .integer(contributed.count), .integer(used.count), .text(since.description), .integer(position),
    ]
  }

  init(_ row: inout RowReader) throws(RowError) {
    name = try row.optional()
    kind = try row.value()
    organisation = try row.optional()
    contributed = Fen(count: try row.integer())
    used = Fen(count: try row.integer())
    since = try row.value()
    position = try row.integer()
  }
}

extension Merchant {
  func cells(_ id: MerchantID) -> [Cell] {
    [
      .text(id.text), .text(organisation.text), Cell(name?.text), .integer(isClosed ? 1 : 0),
      .integer(gross.count), .integer(rolledBack.count), .integer(paid.count), .integer(owed.count),
      .integer(settledGross.count), .integer(settledRolledBack.count), .integer(carried.count),
      Cell(frozenThrough?.description), .integer(frozenAt), Cell(frozenSince?.description),
      .text(since.description), .integer(position),
      .text(RecordWriter.list(days)),
    ]
  }

  init(_ row: inout RowReader) throws(RowError) {
    organisation = try row.value()
    name = try row.optional()
    isClosed = try row.integer() != 0
    row.skip(2)
    paid = Fen(count: try row.integer())
    owed = Fen(count: try row.integer())
    settledGross = Fen(count: try row.integer())
    settledRolledBack = Fen(count: try row.integer())
    carried = Fen(count: try row.integer())
    frozenThrough = try row.optional()
    frozenAt = try row.integer()
    frozenSince = try row.optional()
    since = try row.value()
    position = try row.integer()
    days = try row.list()
  }
}

extension Settlement {
  func cells(_ id: SettlementID) -> [Cell] {
    [
      .text(id.text), .text(merchant.text), .text(status.rawValue), .text(through.description),
      .integer(days), .integer(gross.count), .integer(rolledBack.count), .integer(carriedBefore.count),
      .integer(net.count), .integer(carriedOn.count), Cell(reference?.text), Cell(reason?.text),
      .text(since.description), .integer(position),
    ]
  }

  init(_ row: inout RowReader) throws(RowError) {
    merchant = try row.value()
    status = try row.value()
    through = try row.value()
    days = try row.integer()
    gross = Fen(count: try row.integer())
    rolledBack = Fen(count: try row.integer())
    carriedBefore = Fen(count: try row.integer())
    net = Fen(count: try row.integer())
    carriedOn = Fen(count: try row.integer())
    reference = try row.optional()
    reason = try row.optional()
    since = try row.value()
    position = try row.integer()
  }
}

extension Payables {
  func cells(_ id: OrganisationID) -> [Cell] {
    [
      .text(id.text), .integer(owes.count), .integer(owed.count), .integer(net.count), .integer(position),
      .text(RecordWriter.list(others)),
    ]
  }

  init(_ row: inout RowReader) throws(RowError) {
    row.skip(3)
    position = try row.integer()
    others = try row.list()
  }
}

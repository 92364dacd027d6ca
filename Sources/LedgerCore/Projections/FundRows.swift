// Rows of funds and back: both directions side by side, so that they cannot part.
// Rendering never adds or decides; sums come from the state's own definitions.

extension Fund {
  func cells(_ id: FundID) -> [Cell] {
    [
      .text(id.text), .text(organisation.text), .text(source.rawValue), Cell(name?.text),
      Cell(purposes.map { RecordWriter.list($0) }), .text(from.description), Cell(until?.description),
      alarmBelow.map { .integer($0.count) } ?? .null, .integer(isLow ? 1 : 0), .integer(isClosed ? 1 : 0),
      .integer(received.count), .integer(available.count), .integer(allotted.count),
      .integer(committed.count), .integer(spent.count), .text(since.description), .integer(position),
      .text(RecordWriter.list(receipts)),
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
    isLow = try row.integer() != 0
    isClosed = try row.integer() != 0
    row.skip(5)
    since = try row.value()
    position = try row.integer()
    receipts = try row.list()
  }
}

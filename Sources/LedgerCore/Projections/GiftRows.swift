// Rows of gifts, of stocks and of what members got, and back: both directions side by side, so that they cannot part.
// Rendering never adds or decides; sums come from the states' own definitions.

extension Gift {
  func cells(_ id: GiftID) -> [Cell] {
    [
      .text(id.text), .text(organisation.text), Cell(name?.text), .integer(batches), .integer(acquired),
      .integer(stored), .integer(handedOver), .integer(writtenOff), .integer(bought.count),
      .integer(costHandedOver.count), .integer(costWrittenOff.count), .integer(donated.count),
      .integer(store.pieces), .integer(store.cost.count), .integer(store.memo.count),
      .text(movedAt.description), .text(since.description), .integer(position),
      .text(RecordWriter.list(store)),
    ]
  }

  init(_ row: inout RowReader) throws(RowError) {
    organisation = try row.value()
    name = try row.optional()
    batches = try row.integer()
    acquired = try row.integer()
    stored = try row.integer()
    handedOver = try row.integer()
    writtenOff = try row.integer()
    bought = Fen(count: try row.integer())
    costHandedOver = Fen(count: try row.integer())
    costWrittenOff = Fen(count: try row.integer())
    donated = Fen(count: try row.integer())
    row.skip(3)
    movedAt = try row.value()
    since = try row.value()
    position = try row.integer()
    store = try row.list()
  }
}

extension GiftStock {
  func cells(_ id: GiftStation) -> [Cell] {
    [
      .text(id.text), .text(id.first.text), .text(id.second.text), .integer(batches.pieces),
      .integer(batches.cost.count), .integer(batches.memo.count), .text(movedAt.description),
      .integer(position), .text(RecordWriter.list(batches)),
    ]
  }

  init(_ row: inout RowReader) throws(RowError) {
    row.skip(5)
    movedAt = try row.value()
    position = try row.integer()
    batches = try row.list()
  }
}

extension StationGifts {
  func cells(_ id: StationID) -> [Cell] {
    [.text(id.text), .integer(pieces), .text(RecordWriter.list(gifts))]
  }

  init(_ row: inout RowReader) throws(RowError) {
    row.skip(1)
    gifts = try row.list()
  }
}

extension GiftHandover {
  func cells(_ id: GiftMember) -> [Cell] {
    [
      .text(id.text), .text(id.first.text), .text(id.second.text), .integer(pieces), .integer(cost.count),
      .integer(position), .text(RecordWriter.list(received)),
    ]
  }

  init(_ row: inout RowReader) throws(RowError) {
    row.skip(4)
    position = try row.integer()
    received = try row.list()
  }
}

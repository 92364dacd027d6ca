// Rows of activities, of members' parts in them and of entries, and back: both directions side by side, so that they
// cannot part. Rendering never adds or decides; sums come from the state's own definitions.

extension Activity {
  func cells(_ id: ActivityID) -> [Cell] {
    [
      .text(id.text), .text(terms.organisation.text), .text(terms.mode.rawValue), Cell(terms.name?.text),
      .text(terms.from.description), .text(terms.until.description), .integer(isClosed ? 1 : 0),
      .integer(joins), .integer(persons), Cell(latest?.description), .integer(draws), Cell(secret?.text),
      .integer(entries), .text(digest.text), Cell(publicValue?.text), Cell(published?.description),
      .integer(waiting), .integer(left), .text(since.description), .integer(position),
      .text(RecordWriter.body(.activity(.open(terms)))), .text(RecordWriter.list(choices)),
      .text(RecordWriter.list(prizes)),
    ]
  }

  init(_ row: inout RowReader) throws(RowError) {
    row.skip(5)
    isClosed = try row.integer() != 0
    joins = try row.integer()
    persons = try row.integer()
    latest = try row.optional()
    draws = try row.integer()
    secret = try row.optional()
    entries = try row.integer()
    digest = try row.value()
    publicValue = try row.optional()
    published = try row.optional()
    row.skip(2)
    since = try row.value()
    position = try row.integer()
    terms = try row.opening()
    choices = try row.list()
    prizes = try row.list()
  }
}

extension RowReader {
  fileprivate mutating func opening() throws(RowError) -> OpenActivity {
    guard case .activity(.open(let terms)) = try body() else { throw problem("expected activity.open") }
    return terms
  }
}

extension Participation {
  func cells(_ id: ActivityMember) -> [Cell] {
    [
      .text(id.text), .text(id.first.text), .text(id.second.text), .text(organisation.text), .integer(joins),
      .integer(isPerson ? 1 : 0), .integer(position), .text(RecordWriter.list(days)),
      .text(RecordWriter.list(won)),
    ]
  }

  init(_ row: inout RowReader) throws(RowError) {
    row.skip(2)
    organisation = try row.value()
    joins = try row.integer()
    isPerson = try row.integer() != 0
    position = try row.integer()
    days = try row.list()
    won = try row.list()
  }
}

extension ActivityEntry {
  func cells(_ id: ActivityEntryID) -> [Cell] {
    [
      .text(id.text), .text(id.activity.text), .integer(id.ordinal), .text(member.text), .text(command.text),
      .text(since.description), Cell(won?.prize.text), won.map { .integer($0.draw) } ?? .null,
    ]
  }

  init(_ row: inout RowReader) throws(RowError) {
    row.skip(2)
    member = try row.value()
    command = try row.value()
    since = try row.value()
    let prize: PrizeID? = try row.optional()
    let draw = try row.optionalInteger()
    if let prize, let draw { won = PrizeWon(prize: prize, draw: draw) }
  }
}

extension ActivityCommitment {
  func cells(_ id: ContentHash) -> [Cell] { [.text(id.text), .text(activity.text)] }

  init(_ row: inout RowReader) throws(RowError) { activity = try row.value() }
}

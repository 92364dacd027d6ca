// Rows of programmes and of stations' grants, and back: both directions side by side, so that they cannot part.
// Rendering never adds or decides; sums come from the states' own definitions.

extension Programme {
  func cells(_ id: ProgrammeID) -> [Cell] {
    [
      .text(id.text), .text(organisation.text), .text(fund.text), .text(purpose.text),
      .text(status.rawValue), .integer(total.count), .integer(months), .integer(applied),
      .integer(approved), .integer(approvedSum.count), .integer(paid), .integer(paidSum.count),
      .integer(inspected), .integer(exited), .integer(recovered.count), .integer(released.count),
      .integer(committed.total.count), Cell(splitAt?.description), .text(steppedAt.description),
      .text(since.description), .integer(position), .text(RecordWriter.list(committed)),
    ]
  }

  init(_ row: inout RowReader) throws(RowError) {
    organisation = try row.value()
    fund = try row.value()
    purpose = try row.value()
    status = try row.value()
    total = Fen(count: try row.integer())
    months = try row.integer()
    applied = try row.integer()
    approved = try row.integer()
    approvedSum = Fen(count: try row.integer())
    paid = try row.integer()
    paidSum = Fen(count: try row.integer())
    inspected = try row.integer()
    exited = try row.integer()
    recovered = Fen(count: try row.integer())
    released = Fen(count: try row.integer())
    row.skip(1)
    splitAt = try row.optional()
    steppedAt = try row.value()
    since = try row.value()
    position = try row.integer()
    committed = try row.list()
  }
}

extension StationGrant {
  func cells(_ id: ProgrammeStation) -> [Cell] {
    [
      .text(id.text), .text(id.first.text), .text(id.second.text), .text(status.rawValue),
      .text(statusSince.description), .integer(ordinal), .integer(amount.count), .text(applicant.text),
      Cell(approver?.text), .integer(failedInspections), .integer(recovered.count),
      .text(since.description), .integer(position), .text(RecordWriter.list(shares)),
    ]
  }

  init(_ row: inout RowReader) throws(RowError) {
    row.skip(2)
    status = try row.value()
    statusSince = try row.value()
    ordinal = try row.integer()
    amount = Fen(count: try row.integer())
    applicant = try row.value()
    approver = try row.optional()
    failedInspections = try row.integer()
    recovered = Fen(count: try row.integer())
    since = try row.value()
    position = try row.integer()
    shares = try row.list()
  }
}

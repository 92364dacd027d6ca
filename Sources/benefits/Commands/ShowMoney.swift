// benefits show LEDGER fund|merchant|party ID, and what an organisation owes others. The moment and the ids are Show's;
// sums are yuan for people and fen for machines.

import BenefitsLedger

enum ShowMoney {
  // MARK: fund

  static func fund(
    _ id: FundID, _ reader: LedgerReader, _ view: ShowView, _ invocation: Invocation
  ) throws {
    let found =
      view.isNow ? try reader.fund(id, at: view.instant) : try reader.fundAsOf(id, position: view.position)
    guard let fund = found else { throw view.absence(id) }
    if invocation.wantsJSON { return try invocation.output.json(json(id, fund, view)) }
    let output = invocation.output
    try output.line("fund \(id), \(view.phrase)".displayable)
    try output.line()
    try output.table(about(fund, view))
    try output.line()
    var totals = Table([.text("money"), .number("yuan")])
    for (title, sum) in [
      ("received", fund.received), ("available", fund.available), ("allotted", fund.allotted),
      ("committed", fund.committed), ("spent", fund.spent),
    ] { totals.add([title, sum.yuan]) }
    try output.table(totals)
    guard !fund.receipts.isEmpty else { return }
    try output.line()
    try output.table(receipts(fund, view))
  }

  private static func about(_ fund: Fund, _ view: ShowView) -> Table {
    var table = Table([.text(""), .text("")])
    table.add(["organisation", fund.organisation.text])
    if let name = fund.name { table.add(["name", name.text]) }
    table.add(["source", fund.source.rawValue])
    table.add(["purposes", fund.purposes.words])
    table.add([
      "window", "from \(fund.from)" + (fund.until.map { " until \($0), that day not included" } ?? ""),
    ])
    if let alarm = fund.alarmBelow { table.add(["alarm below", alarm.yuan]) }
    table.add(["opened", view.zone.local(fund.since)])
    table.add([
      "closed", fund.isClosed ? "yes" + (fund.successor.map { ", carried over to \($0)" } ?? "") : "no",
    ])
    return table
  }

  private static func receipts(_ fund: Fund, _ view: ShowView) -> Table {
    var table = Table([
      .text("receipt"), .text("since"), .text("from"), .text("purposes"), .number("received"),
      .number("available"), .number("allotted"), .number("committed"), .number("spent"),
    ])
    for receipt in fund.receipts {
      table.add([
        receipt.receipt.text, view.zone.day(of: receipt.since).description, receipt.source,
        receipt.purposes.words, receipt.received.yuan, receipt.available.yuan, receipt.allotted.yuan,
        receipt.committed.yuan, receipt.spent.yuan,
      ])
    }
    return table
  }

  private static func json(_ id: FundID, _ fund: Fund, _ view: ShowView) -> JSONAnswer {
    func figure(_ sum: Fen) -> JSONAnswer { .integer(sum.count) }
    return [
      "kind": "fund", "id": .string(id.text), "asOf": view.json,
      "organisation": .string(fund.organisation.text), "name": .string(fund.name?.text),
      "source": .string(fund.source.rawValue), "purposes": fund.purposes.json,
      "from": .string(fund.from.description), "until": .string(fund.until?.description),
      "alarmBelowFen": .integer(fund.alarmBelow?.count), "opened": .string(fund.since.description),
      "closed": .boolean(fund.isClosed), "successor": .string(fund.successor?.text),
      "receivedFen": figure(fund.received),
      "availableFen": figure(fund.available), "allottedFen": figure(fund.allotted),
      "committedFen": figure(fund.committed), "spentFen": figure(fund.spent),
      "receipts": .array(
        fund.receipts.map { receipt in
          [
            "receipt": .string(receipt.receipt.text), "since": .string(receipt.since.description),
            "parentFund": .string(receipt.parent?.fund.text),
            "parentReceipt": .string(receipt.parent?.receipt.text),
            "carriedFromFund": .string(receipt.carriedFrom?.fund.text),
            "carriedFromReceipt": .string(receipt.carriedFrom?.receipt.text),
            "party": .string(receipt.party?.text),
            "purposes": receipt.purposes.json, "receivedFen": figure(receipt.received),
            "availableFen": figure(receipt.available), "allottedFen": figure(receipt.allotted),
            "committedFen": figure(receipt.committed), "spentFen": figure(receipt.spent),
          ]
        }),
    ]
  }

  // MARK: merchant

  static func merchant(
    _ id: MerchantID, _ reader: LedgerReader, _ view: ShowView, _ invocation: Invocation
  ) throws {
    let found = view.isNow ? try reader.merchant(id) : try reader.merchantAsOf(id, position: view.position)
    guard let merchant = found else { throw view.absence(id) }
    if invocation.wantsJSON { return try invocation.output.json(json(id, merchant, view)) }
    let output = invocation.output
    try output.line("merchant \(id), \(view.phrase)".displayable)
    try output.line()
    var about = Table([.text(""), .text("")])
    about.add(["organisation", merchant.organisation.text])
    if let name = merchant.name { about.add(["name", name.text]) }
    about.add(["registered", view.zone.local(merchant.since)])
    about.add(["closed", merchant.isClosed ? "yes" : "no"])
    about.add(["settled through", merchant.frozenThrough?.description ?? "never"])
    try output.table(about)
    try output.line()
    var totals = Table([.text("money"), .number("yuan")])
    for (title, sum) in [
      ("gross", merchant.gross), ("rolled back", merchant.rolledBack), ("paid", merchant.paid),
      ("owed", merchant.owed),
    ] { totals.add([title, sum.yuan]) }
    if merchant.carried != .zero { totals.add(["carried on below zero", merchant.carried.yuan]) }
    try output.table(totals)
    guard !merchant.days.isEmpty else { return }
    try output.line()
    var days = Table([.text("not in a settlement"), .number("gross"), .number("rolled back")])
    for day in merchant.days { days.add([day.day.description, day.gross.yuan, day.rolledBack.yuan]) }
    try output.table(days)
  }

  private static func json(_ id: MerchantID, _ merchant: Merchant, _ view: ShowView) -> JSONAnswer {
    func figure(_ sum: Fen) -> JSONAnswer { .integer(sum.count) }
    return [
      "kind": "merchant", "id": .string(id.text), "asOf": view.json,
      "organisation": .string(merchant.organisation.text), "name": .string(merchant.name?.text),
      "registered": .string(merchant.since.description), "closed": .boolean(merchant.isClosed),
      "settledThrough": .string(merchant.frozenThrough?.description), "grossFen": figure(merchant.gross),
      "rolledBackFen": figure(merchant.rolledBack), "paidFen": figure(merchant.paid),
      "owedFen": figure(merchant.owed), "carriedFen": figure(merchant.carried),
      "days": .array(
        merchant.days.map {
          [
            "day": .string($0.day.description), "grossFen": .integer($0.gross.count),
            "rolledBackFen": .integer($0.rolledBack.count),
          ]
        }),
    ]
  }

  // MARK: party

  static func party(
    _ id: PartyID, _ reader: LedgerReader, _ view: ShowView, _ invocation: Invocation
  ) throws {
    let found = view.isNow ? try reader.party(id) : try reader.partyAsOf(id, position: view.position)
    guard let party = found else { throw view.absence(id) }
    if invocation.wantsJSON {
      return try invocation.output.json([
        "kind": "party", "id": .string(id.text), "asOf": view.json, "partyKind": .string(party.kind.rawValue),
        "name": .string(party.name?.text), "organisation": .string(party.organisation?.text),
        "registered": .string(party.since.description),
        "contributedFen": .integer(party.contributed.count),
        "usedFen": .integer(party.used.count),
      ])
    }
    let output = invocation.output
    try output.line("party \(id), \(view.phrase)".displayable)
    try output.line()
    var about = Table([.text(""), .text("")])
    about.add(["kind", party.kind.rawValue])
    if let name = party.name { about.add(["name", name.text]) }
    about.add(["looked after by", party.organisation?.text ?? "the ledger as a whole"])
    about.add(["registered", view.zone.local(party.since)])
    try output.table(about)
    try output.line()
    var memo = Table([.text("given or paid itself"), .number("yuan")])
    memo.add(["contributed", party.contributed.yuan])
    memo.add(["used", party.used.yuan])
    try output.table(memo)
    try output.line("a memo, in no total of cash; what it gave in cash is receipts of funds")
  }

  // MARK: organisation

  /// What an organisation owes others and they it, under its points.
  static func payables(_ payables: Payables, _ output: Output) throws {
    guard !payables.others.isEmpty else { return }
    try output.line()
    var table = Table([.text("open with other organisations"), .number("owes"), .number("is owed")])
    for other in payables.others { table.add([other.organisation.text, other.owes.yuan, other.owed.yuan]) }
    table.add(["all, net \(payables.net.yuan)", payables.owes.yuan, payables.owed.yuan])
    try output.table(table)
    guard payables.others.contains(where: { $0.owes < .zero || $0.owed < .zero }) else { return }
    try output.line("below zero: it was settled and taken back since, so it is owed back (payable.settle)")
  }

  static func json(_ payables: Payables) -> JSONAnswer {
    [
      "owesFen": .integer(payables.owes.count), "owedFen": .integer(payables.owed.count),
      "netFen": .integer(payables.net.count),
      "others": .array(
        payables.others.map {
          [
            "organisation": .string($0.organisation.text), "owesFen": .integer($0.owes.count),
            "owedFen": .integer($0.owed.count),
          ]
        }),
    ]
  }
}

extension FundReceipt {
  /// Where it came from, for people.
  fileprivate var source: String {
    if let carriedFrom { return "\(carriedFrom.fund) \(carriedFrom.receipt), carried over" }
    if let parent { return "\(parent.fund) \(parent.receipt)" }
    return party.map { "party \($0)" } ?? "own means"
  }
}

extension [Purpose]? {
  fileprivate var words: String { self?.map(\.text).joined(separator: ", ") ?? "any" }
  fileprivate var json: JSONAnswer { self.map { .array($0.map { .string($0.text) }) } ?? .null }
}

extension Fen {
  /// In yuan, for people: `-1,234.05`. Machines get the fen.
  var yuan: String {
    let cents = count.magnitude % 100
    return (count < 0 ? "-" : "") + (count.magnitude / 100).grouped + (cents < 10 ? ".0" : ".") + "\(cents)"
  }
}

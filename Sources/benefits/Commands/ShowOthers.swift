// benefits show LEDGER organisation|actor|rule ID. The moment and the ids are Show's; a member is in ShowMember.

import BenefitsLedger

enum ShowOthers {
  // MARK: organisation

  static func organisation(
    _ id: OrganisationID, _ reader: LedgerReader, _ view: ShowView, _ invocation: Invocation
  ) throws {
    guard view.isNow else { return try organisationAsOf(id, reader, view, invocation) }
    guard let organisation = try reader.organisation(id) else { throw view.absence(id) }
    let account = try reader.pointsAccount(of: id) ?? PointsAccount.empty
    let payables = try reader.payables(of: id) ?? Payables.none
    if invocation.wantsJSON {
      return try invocation.output.json([
        "kind": "organisation", "id": .string(id.text), "asOf": view.json,
        "name": .string(organisation.name?.text), "parent": .string(organisation.parent?.text),
        "closed": .boolean(organisation.isClosed), "registered": .string(organisation.since.description),
        "members": .integer(organisation.members), "children": .integer(organisation.children),
        "points": account.json, "payables": ShowMoney.json(payables),
      ])
    }
    let output = invocation.output
    try output.line("organisation \(id), \(view.phrase)".displayable)
    try output.line()
    var table = about(organisation.name, organisation.parent, organisation.isClosed, organisation.since, view)
    table.add(["members", organisation.members.grouped])
    table.add(["open organisations below", organisation.children.grouped])
    try output.table(table)
    try output.line()
    try output.table(account.totals)
    try ShowMoney.payables(payables, output)
    guard !account.months.isEmpty else { return }
    try output.line()
    try output.table(account.liability)
    try output.line("as recorded: what has fallen due since is in it until the wallets are next touched")
  }

  private static func organisationAsOf(
    _ id: OrganisationID, _ reader: LedgerReader, _ view: ShowView, _ invocation: Invocation
  ) throws {
    guard let organisation = try reader.organisationAsOf(id, position: view.position) else {
      throw view.absence(id)
    }
    if invocation.wantsJSON {
      return try invocation.output.json([
        "kind": "organisation", "id": .string(id.text), "asOf": view.json,
        "name": .string(organisation.name?.text), "parent": .string(organisation.parent?.text),
        "closed": .boolean(organisation.isClosed), "registered": .string(organisation.since.description),
        "members": nil, "children": nil, "points": nil, "payables": nil,
      ])
    }
    let output = invocation.output
    try output.line("organisation \(id), \(view.phrase)".displayable)
    try output.line()
    try output.table(
      about(organisation.name, organisation.parent, organisation.isClosed, organisation.since, view))
    try output.line()
    try output.line(
      "its own events do not tell how many members and points it had then; `benefits replay --until` has totals"
    )
  }

  private static func about(
    _ name: FreeText?, _ parent: OrganisationID?, _ isClosed: Bool, _ since: Instant, _ view: ShowView
  ) -> Table {
    var table = Table([.text(""), .text("")])
    if let name { table.add(["name", name.text]) }
    table.add(["parent", parent?.text ?? "none; a root of the tree"])
    table.add(["registered", view.zone.local(since)])
    table.add(["closed", isClosed ? "yes" : "no"])
    return table
  }

  // MARK: actor

  static func actor(
    _ id: ActorID, _ reader: LedgerReader, _ view: ShowView, _ invocation: Invocation
  ) throws {
    let found = view.isNow ? try reader.actor(id) : try reader.actorAsOf(id, position: view.position)
    guard let actor = found else { throw view.absence(id) }
    if invocation.wantsJSON {
      return try invocation.output.json([
        "kind": "actor", "id": .string(id.text), "asOf": view.json, "title": .string(actor.title?.text),
        "registered": .string(actor.since.description),
        "roles": .array(
          actor.roles.map { role in
            [
              "role": .string(role.role.rawValue), "organisation": .string(role.organisation?.text),
              "level": .integer(role.level), "from": .string(role.from.description),
              "until": .string(role.until?.description),
              "is": .string(view.state(from: role.from, until: role.until)),
            ]
          }),
      ])
    }
    let output = invocation.output
    try output.line("actor \(id), \(view.phrase)".displayable)
    try output.line()
    var table = Table([.text(""), .text("")])
    if let title = actor.title { table.add(["title", title.text]) }
    table.add(["registered", view.zone.local(actor.since)])
    try output.table(table)
    try output.line()
    guard !actor.roles.isEmpty else { return try output.line("no role yet") }
    var roles = Table([
      .text("role"), .text("over"), .number("level"), .text("from"), .text("until"), .text("is"),
    ])
    for role in actor.roles {
      roles.add([
        role.role.rawValue, role.organisation?.text ?? "the whole ledger",
        role.level.map { String($0) } ?? "",
        role.from.description, role.until?.description ?? "open",
        view.state(from: role.from, until: role.until),
      ])
    }
    try output.table(roles)
  }

  // MARK: rule

  static func rule(
    _ id: RuleID, _ reader: LedgerReader, _ view: ShowView, _ invocation: Invocation
  ) throws {
    let versions: [(definition: DefineRule, since: Instant, granted: Int64?)]?
    if view.isNow {
      versions = try reader.rule(id)?.versions.map { ($0.definition, $0.since, $0.granted.count) }
    } else {
      versions = try reader.ruleAsOf(id, position: view.position)?.map { ($0.definition, $0.since, nil) }
    }
    guard let versions, let last = versions.last?.definition else { throw view.absence(id) }
    if invocation.wantsJSON {
      return try invocation.output.json([
        "kind": "rule", "id": .string(id.text), "asOf": view.json,
        "organisation": .string(last.organisation.text),
        "versions": .array(versions.map { $0.definition.json(published: $0.since, granted: $0.granted) }),
      ])
    }
    let output = invocation.output
    try output.line("rule \(id) of organisation \(last.organisation), \(view.phrase)".displayable)
    for (definition, since, granted) in versions {
      try output.line()
      try output.table(definition.table(published: view.zone.local(since), granted: granted))
    }
    if !view.isNow {
      try output.line()
      try output.line("its own events do not tell what it had granted then")
    }
  }
}

extension PointsAccount {
  fileprivate var totals: Table {
    var table = Table([.text("points of its members"), .number("total")])
    table.add(["issued", issued.grouped])
    table.add(["available", available.grouped])
    table.add(["held", held.grouped])
    if pending != 0 { table.add(["pending", pending.grouped]) }
    table.add(["spent", spent.grouped])
    table.add(["expired", expired.grouped])
    table.add(["forfeited", forfeited.grouped])
    if clawedBack != 0 { table.add(["clawed back", clawedBack.grouped]) }
    if debt != 0 { table.add(["owed by members", debt.grouped]) }
    return table
  }

  /// P13.
  fileprivate var liability: Table {
    let hasPending = pending != 0
    func figures(_ available: Int64, _ held: Int64, _ pending: Int64) -> [String] {
      [available.grouped, held.grouped] + (hasPending ? [pending.grouped] : [])
        + [(available + held + pending).grouped]
    }
    var table = Table(
      [.text("liability by month of expiry"), .number("available"), .number("held")]
        + (hasPending ? [.number("pending"), .number("all")] : [.number("both")]))
    for month in months {
      table.add(
        [month.month?.description ?? "never"] + figures(month.available, month.held, month.pending))
    }
    table.add(["all months"] + figures(available, held, pending))
    return table
  }

  fileprivate var json: JSONAnswer {
    [
      "issued": .integer(issued), "available": .integer(available), "held": .integer(held),
      "pending": .integer(pending), "spent": .integer(spent), "expired": .integer(expired),
      "forfeited": .integer(forfeited), "clawedBack": .integer(clawedBack), "debt": .integer(debt),
      "liability": .array(
        months.map { month in
          [
            "month": .string(month.month?.description), "available": .integer(month.available),
            "held": .integer(month.held), "pending": .integer(month.pending),
          ]
        }),
    ]
  }
}

extension DefineRule {
  fileprivate func table(published: String, granted: Int64?) -> Table {
    var table = Table([.text(""), .text("")])
    table.add(["version", String(ruleVersion)])
    if let name { table.add(["name", name.text]) }
    table.add(["published", published])
    table.add(["window", "from \(from)" + (until.map { " until \($0), that day not included" } ?? "")])
    table.add(["points per unit", pointsPerUnit.count.grouped])
    let most: [(String, Int64?)] = [
      ("most units a command", mostUnits), ("cap per member and day", capPerDay?.count),
      ("cap per member and month", capPerMonth?.count), ("cap per member, ever", capPerLifetime?.count),
      ("budget of this version", budget?.count),
    ]
    for (title, limit) in most { if let limit { table.add([title, limit.grouped]) } }
    if let granted { table.add(["granted so far", granted.grouped]) }
    table.add(["points are valid", validity.words])
    if let pendingDays { table.add(["can be spent after", "\(pendingDays) days"]) }
    if let noticeDays { table.add(["notice of expiry", "\(noticeDays) days before the last valid day"]) }
    table.add(["refunded after expiry", graceDays.map { "valid for \($0) more days" } ?? "forfeited"])
    if verifiedOnly { table.add(["audience", "verified members only"]) }
    if let occupations { table.add(["occupations", occupations.map(\.text).joined(separator: ", ")]) }
    return table
  }

  fileprivate func json(published: Instant, granted: Int64?) -> JSONAnswer {
    [
      "ruleVersion": .integer(ruleVersion), "name": .string(name?.text),
      "published": .string(published.description),
      "from": .string(from.description), "until": .string(until?.description),
      "pointsPerUnit": .integer(pointsPerUnit.count), "mostUnits": .integer(mostUnits),
      "capPerDay": .integer(capPerDay?.count), "capPerMonth": .integer(capPerMonth?.count),
      "capPerLifetime": .integer(capPerLifetime?.count), "budget": .integer(budget?.count),
      "granted": .integer(granted), "validity": validity.json, "verifiedOnly": .boolean(verifiedOnly),
      "occupations": occupations.map { .array($0.map { .string($0.text) }) } ?? .null,
      "afterExpiry": .string(afterExpiry.rawValue), "graceDays": .integer(graceDays),
      "pendingDays": .integer(pendingDays), "noticeDays": .integer(noticeDays),
    ]
  }
}

extension Validity {
  fileprivate var words: String {
    let count = count ?? 0
    return switch mode {
    case .none: "without end"
    case .months: "for \(count) months"
    case .endOfMonth:
      count == 0 ? "until the end of the month" : "until the end of the month \(count) months later"
    case .endOfYear:
      count == 0 ? "until the end of the year" : "until the end of the year \(count) years later"
    case .day: "until \(day?.description ?? "?"), that day included"
    }
  }

  fileprivate var json: JSONAnswer {
    ["mode": .string(mode.rawValue), "count": .integer(count), "day": .string(day?.description)]
  }
}

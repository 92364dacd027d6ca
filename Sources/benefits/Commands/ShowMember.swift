// benefits show LEDGER member ID: the member's facts and points. The moment and the ids are Show's.

import BenefitsLedger

enum ShowMember {
  static func run(
    _ id: MemberID, _ reader: LedgerReader, _ view: ShowView, _ invocation: Invocation
  ) throws {
    let (found, recorded, fallen) = try look(id, reader, view)
    guard let member = found else { throw view.absence(id) }
    // As of an earlier time, the record as it stood; now, with what has fallen due.
    let wallet = (view.isNow ? fallen.wallet : recorded) ?? nil
    if invocation.wantsJSON {
      return try invocation.output.json(json(id, member, wallet, recorded, fallen, view))
    }
    let output = invocation.output
    try output.line("member \(id), \(view.phrase)".displayable)
    try output.line()
    try output.table(about(member, view))
    try facts(member.facts, view, output)
    try relatives(member.relatives, view, output)
    try output.line()
    try points(wallet, view.zone, output)
    if let remark = remark(fallen, view) { try output.line(remark) }
    guard let wallet else { return }
    try lots(wallet.lots, output)
    try pending(wallet.pending, output)
    try holds(wallet.holds, view.zone, output)
    try debts(wallet.debts, view.zone, output)
    try counters(wallet.counters, view, output)
    try expiries(Expiry.list(of: wallet), output)
  }

  private static func look(
    _ id: MemberID, _ reader: LedgerReader, _ view: ShowView
  ) throws -> (member: Member?, recorded: Wallet?, fallen: FallenDue) {
    if view.isNow {
      let (recorded, fallen) = try reader.points(of: id, at: view.instant)
      return (try reader.member(id), recorded, fallen)
    }
    let book = try reader.book(ofOnly: [.member(id), .wallet(id)]) { $0.position <= view.position }
    return (book.member(id), book.wallet(id), book.fallenDue(on: id, at: view.instant))
  }

  // MARK: for people

  private static func about(_ member: Member, _ view: ShowView) -> Table {
    var table = Table([.text(""), .text("")])
    table.add(["organisation", member.organisation.text])
    table.add(["verified", member.isVerified ? "yes" : "no"])
    if member.isProvisional, member.merged == nil {
      table.add(["provisional", "yes; until verified or merged"])
    }
    if let credential = member.credential {
      table.add(["admitted on", "\(credential.kind), seen by \(credential.seenBy)"])
    }
    table.add(["enrolled", view.zone.local(member.since)])
    if let station = member.station { table.add(["met at", station.text]) }
    for guest in member.mergedFrom { table.add(["merged", "from member \(guest)"]) }
    if let into = member.merged { table.add(["merged", "into member \(into)"]) }
    switch member.left {
    case nil: break
    case .keep: table.add(["left", "yes; the points may be spent until they expire"])
    case .forfeit: table.add(["left", "yes; the points were forfeited"])
    }
    return table
  }

  private static func facts(_ facts: [Fact], _ view: ShowView, _ output: Output) throws {
    guard !facts.isEmpty else { return }
    try output.line()
    var table = Table([
      .text("fact"), .text("kind"), .text("value"), .text("grantor"), .text("level"), .text("from"),
      .text("until"),
      .text("is"),
    ])
    for fact in facts {
      table.add([
        fact.fact.text, fact.kind.rawValue, fact.value?.text ?? "", fact.grantor?.text ?? "",
        fact.level?.text ?? "", fact.from.description, fact.until?.description ?? "open",
        view.state(from: fact.from, until: fact.until),
      ])
    }
    try output.table(table)
  }

  private static func relatives(_ relatives: [Relative], _ view: ShowView, _ output: Output) throws {
    guard !relatives.isEmpty else { return }
    try output.line()
    var table = Table([
      .text("relative"), .text("kind"), .text("depends"), .text("from"), .text("until"), .text("is"),
    ])
    for relative in relatives {
      let depends = relative.dependant.map { $0 == relative.relative ? "on this member" : "the member on it" }
      table.add([
        relative.relative.text, relative.kind.rawValue, depends ?? "", relative.from.description,
        relative.until?.description ?? "open", view.state(from: relative.from, until: relative.until),
      ])
    }
    try output.table(table)
  }

  private static func points(_ wallet: Wallet?, _ zone: Zone, _ output: Output) throws {
    var table = Table([.text("points"), .number("")])
    table.add(["available", (wallet?.available.count ?? 0).grouped])
    table.add(["held", (wallet?.held.count ?? 0).grouped])
    if let wallet, !wallet.pending.isEmpty { table.add(["pending", wallet.pendingPoints.count.grouped]) }
    if let wallet, !wallet.debts.isEmpty { table.add(["owed", wallet.debt.count.grouped]) }
    try output.table(table)
  }

  /// What the recorded row does not say yet; nil when it says all.
  private static func remark(_ fallen: FallenDue, _ view: ShowView) -> String? {
    let (expired, lapsed) = (fallen.expired.count, fallen.lapsedHolds)
    var parts: [String] = []
    if expired != 0 { parts.append("\(expired.grouped) points have expired") }
    if fallen.activated != .zero {
      parts.append("\(fallen.activated.count.grouped) points have become active")
    }
    if lapsed != 0 { parts.append("\(lapsed.grouped) hold\(lapsed == 1 ? " has" : "s have") lapsed") }
    guard !parts.isEmpty else { return nil }
    let what = parts.joined(separator: " and ")
    return view.isNow
      ? "\(what) since and are recorded when the wallet is next touched"
      : "not recorded then, though due by then: \(what)"
  }

  private static func lots(_ lots: [Lot], _ output: Output) throws {
    guard !lots.isEmpty else { return }
    try output.line()
    var table = Table([.text("lot"), .text("earned on"), .text("expires after"), .number("left")])
    for lot in lots {
      let name = "\(lot.rule)@\(lot.ruleVersion)"
      table.add([name, lot.day.description, lot.expires?.description ?? "never", lot.left.count.grouped])
    }
    try output.table(table)
  }

  private static func pending(_ pending: [PendingEarning], _ output: Output) throws {
    guard !pending.isEmpty else { return }
    try output.line()
    var table = Table([
      .text("pending earning"), .text("lot"), .text("active on"), .text("expires after"), .number("points"),
    ])
    for earning in pending {
      let share = earning.share
      table.add([
        earning.earning.text, "\(share.rule)@\(share.ruleVersion)", earning.activeOn.description,
        share.expires?.description ?? "never", share.points.count.grouped,
      ])
    }
    try output.table(table)
  }

  private static func debts(_ debts: [Debt], _ zone: Zone, _ output: Output) throws {
    guard !debts.isEmpty else { return }
    try output.line()
    var table = Table([.text("debt from"), .text("since"), .number("points")])
    for debt in debts { table.add([debt.clawback.text, zone.local(debt.since), debt.points.count.grouped]) }
    try output.table(table)
  }

  static func holds(_ holds: [Hold], _ zone: Zone, _ output: Output) throws {
    guard !holds.isEmpty else { return }
    try output.line()
    var table = Table([.text("open hold"), .text("since"), .text("lapses at"), .number("points")])
    for hold in holds {
      table.add([
        hold.hold.text, zone.local(hold.since), zone.local(hold.deadline), hold.points.count.grouped,
      ])
    }
    try output.table(table)
  }

  private static func counters(_ counters: [RuleCounter], _ view: ShowView, _ output: Output) throws {
    guard !counters.isEmpty else { return }
    try output.line()
    var table = Table([
      .text("granted under"), .number("on \(view.today)"), .number("in \(view.today.civilMonth)"),
      .number("ever"),
    ])
    for counter in counters {
      table.add([
        counter.rule.text, counter.granted(on: view.today).count.grouped,
        counter.granted(in: view.today.civilMonth).count.grouped, counter.lifetime.count.grouped,
      ])
    }
    try output.table(table)
  }

  static func expiries(_ expiries: [Expiry], _ output: Output) throws {
    guard !expiries.isEmpty else { return }
    try output.line()
    let hasPending = expiries.contains { $0.pending != 0 }
    var table = Table(
      [.text("expires after"), .number("available"), .number("held")]
        + (hasPending ? [.number("pending")] : []))
    for expiry in expiries {
      table.add(
        [expiry.day?.description ?? "never", expiry.available.grouped, expiry.held.grouped]
          + (hasPending ? [expiry.pending.grouped] : []))
    }
    try output.table(table)
  }

  // MARK: for machines

  private static func json(
    _ id: MemberID, _ member: Member, _ wallet: Wallet?, _ recorded: Wallet?, _ fallen: FallenDue,
    _ view: ShowView
  ) -> JSONAnswer {
    [
      "kind": "member", "id": .string(id.text), "asOf": view.json,
      "organisation": .string(member.organisation.text), "verified": .boolean(member.isVerified),
      "provisional": .boolean(member.isProvisional),
      "credential": member.credential.map {
        ["kind": .string($0.kind.text), "seenBy": .string($0.seenBy.text)]
      } ?? .null,
      "station": .string(member.station?.text), "mergedInto": .string(member.merged?.text),
      "mergedFrom": .array(member.mergedFrom.map { .string($0.text) }),
      "enrolled": .string(member.since.description), "left": .string(member.left?.rawValue),
      "facts": .array(
        member.facts.map { fact in
          [
            "fact": .string(fact.fact.text), "kind": .string(fact.kind.rawValue),
            "value": .string(fact.value?.text), "grantor": .string(fact.grantor?.text),
            "level": .string(fact.level?.text), "from": .string(fact.from.description),
            "until": .string(fact.until?.description),
            "is": .string(view.state(from: fact.from, until: fact.until)),
          ]
        }),
      "relatives": .array(
        member.relatives.map { relative in
          [
            "relative": .string(relative.relative.text), "kind": .string(relative.kind.rawValue),
            "dependant": .string(relative.dependant?.text), "from": .string(relative.from.description),
            "until": .string(relative.until?.description),
            "is": .string(view.state(from: relative.from, until: relative.until)),
          ]
        }),
      "points": [
        "available": .integer(wallet?.available.count ?? 0), "held": .integer(wallet?.held.count ?? 0),
        "pending": .integer(wallet?.pendingPoints.count ?? 0), "debt": .integer(wallet?.debt.count ?? 0),
        "recorded": [
          "available": .integer(recorded?.available.count ?? 0), "held": .integer(recorded?.held.count ?? 0),
        ],
        "due": [
          "expired": .integer(fallen.expired.count), "activated": .integer(fallen.activated.count),
          "lapsedHolds": .integer(fallen.lapsedHolds),
        ],
        "lots": .array((wallet?.lots ?? []).map(\.json)),
        "holds": .array((wallet?.holds ?? []).map(\.json)),
        "pendingEarnings": .array((wallet?.pending ?? []).map(\.json)),
        "debts": .array((wallet?.debts ?? []).map(\.json)),
        "counters": .array((wallet?.counters ?? []).map(\.json)),
        "expiries": .array(Expiry.list(of: wallet).map(\.json)),
      ],
    ]
  }
}

/// What expires at the end of one day.
struct Expiry {
  /// The last valid day; nil never expires.
  let day: CivilDay?
  var available: Int64 = 0
  var held: Int64 = 0
  var pending: Int64 = 0

  /// Nearest first, what never expires last.
  static func list(of wallet: Wallet?) -> [Expiry] {
    guard let wallet else { return [] }
    var expiries: [CivilDay?: Expiry] = [:]
    for lot in wallet.lots {
      expiries[lot.expires, default: Expiry(day: lot.expires)].available += lot.left.count
    }
    for share in wallet.holds.flatMap(\.shares) {
      expiries[share.expires, default: Expiry(day: share.expires)].held += share.points.count
    }
    for share in wallet.pending.map(\.share) {
      expiries[share.expires, default: Expiry(day: share.expires)].pending += share.points.count
    }
    return expiries.values.filter { $0.available != 0 || $0.held != 0 || $0.pending != 0 }
      .sorted { ($0.day ?? .latest, $0.day == nil ? 1 : 0) < ($1.day ?? .latest, $1.day == nil ? 1 : 0) }
  }

  var json: JSONAnswer {
    [
      "expires": .string(day?.description), "available": .integer(available), "held": .integer(held),
      "pending": .integer(pending),
    ]
  }
}

extension RuleCounter {
  fileprivate var json: JSONAnswer {
    [
      "rule": .string(rule.text), "lifetime": .integer(lifetime.count),
      "months": .array(
        months.map { ["month": .string($0.month.description), "granted": .integer($0.granted.count)] }),
      "days": .array(
        days.map { ["day": .string($0.day.description), "granted": .integer($0.granted.count)] }),
    ]
  }
}

extension Lot {
  fileprivate var json: JSONAnswer {
    [
      "rule": .string(rule.text), "ruleVersion": .integer(ruleVersion), "day": .string(day.description),
      "expires": .string(expires?.description), "left": .integer(left.count),
      "noticeOn": .string(noticeOn?.description),
    ]
  }
}

extension PendingEarning {
  fileprivate var json: JSONAnswer {
    [
      "earning": .string(earning.text), "since": .string(since.description),
      "activeOn": .string(activeOn.description), "rule": .string(share.rule.text),
      "ruleVersion": .integer(share.ruleVersion), "day": .string(share.day.description),
      "expires": .string(share.expires?.description), "points": .integer(share.points.count),
    ]
  }
}

extension Debt {
  fileprivate var json: JSONAnswer {
    [
      "clawback": .string(clawback.text), "since": .string(since.description),
      "points": .integer(points.count),
    ]
  }
}

extension Hold {
  var json: JSONAnswer {
    [
      "hold": .string(hold.text), "since": .string(since.description),
      "deadline": .string(deadline.description),
      "points": .integer(points.count),
    ]
  }
}

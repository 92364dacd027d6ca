// What the naive model decides on its own before it reads an event: caps by adding up all earlier earnings, lots by
// sorting, refunds point by point, what was due. Folding the event is in ReferenceLedger.

import Foundation

extension ReferenceLedger {
  /// Decides an event anew from everything before it, and notes where the ledger decided otherwise.
  mutating func redecide(_ type: String, _ data: JSON, _ record: JSON, at instant: Int) {
    let member = data["member"] as? String ?? ""
    requireOpenPeriod(type, data, at: instant)
    switch type {
    case "points.earned":
      requireNothingDue(member, at: instant)
      redecideEarning(data, member, at: instant)
    case "points.spent", "points.held":
      requireNothingDue(member, at: instant)
      let wanted = data["points"] as? Int ?? 0
      let picked = Array(spendable(member, at: instant).prefix(wanted))
      expect(picked == Self.singles(data["lots"]), "other lots should have been taken: \(picked)")
      expect(
        data["organisation"] as? String == members[member]?["organisation"] as? String, "wrong organisation")
    case "points.captured", "points.released":
      requireNothingDue(member, at: instant)
      redecideHoldEnding(data, member, at: instant)
    case "points.lapsed":
      let hold = wallets[member]?.holds.first { $0.id == data["hold"] as? String }
      redecideHoldEnding(data, member, at: hold?.deadline ?? instant)
      if let day = data["occurredOn"] as? String {
        expect(hold.map { calendar.day($0.deadline) } == day, "lapsed on another day than its deadline's")
      } else {
        expect(hold?.deadline == instant, "lapsed at another time than its deadline")
      }
    case "points.expired": redecideExpiry(data, member, at: instant)
    case "points.activated": redecideActivation(data, member, at: instant)
    case "points.expiry-noticed": redecideNotice(data, member, at: instant)
    case "points.cancelled":
      requireNothingDue(member, at: instant)
      redecideCancelling(data, member, at: instant)
    case "points.clawed-back":
      requireNothingDue(member, at: instant)
      redecideClawBack(data, member, at: instant)
    case "points.refunded":
      requireNothingDue(member, at: instant)
      let spending = data["spending"] as? String ?? "?"
      redecideRefund(data, of: spending, spendings[spending], member, at: instant)
    case "member.merged": redecideMerge(data)
    case "points.merged":
      requireNothingDue(member, at: instant)
      requireNothingDue(data["into"] as? String ?? "", at: instant)
    case "points.spending-reversed":
      requireNothingDue(member, at: instant)
      let event = data["event"] as? String ?? "?"
      redecideRefund(data, of: event, spendings[event] ?? takings[event], member, at: instant)
    case "points.grant-reversed":
      requireNothingDue(member, at: instant)
      redecideGrantReversal(data, member, at: instant)
    case "points.adjusted":
      requireNothingDue(member, at: instant)
      redecideAdjustment(data, member, at: instant)
    case "points.extension-granted":
      requireNothingDue(member, at: instant)
      redecideExtension(data, member, at: instant)
    case "points.extended": redecideExtended(data)
    case "points.forfeited", "points.moved": requireNothingDue(member, at: instant)
    case "command.refused":
      // In a group it was decided after siblings that did not happen, and the log does not keep them.
      if record["group"] == nil { redecideRefusal(data, at: instant) }
    default: break
    }
  }

  /// Nothing is dated in a closed period, and nothing else is refused for it.
  private mutating func requireOpenPeriod(_ type: String, _ data: JSON, at instant: Int) {
    let day = calendar.day(instant)
    let isClosed = closedThrough.map { day <= $0 } ?? false
    if type == "command.refused" {
      let isAboutDates = data["type"] as? String != "period.close"
      if data["code"] as? String == "period.closed", isAboutDates { expect(isClosed, "the period is open") }
    } else {
      expect(!isClosed, "\(type) is dated in a closed period")
    }
    if type == "period.closed" { closedThrough = data["through"] as? String }
  }

  /// Every single point that may be spent at that time, in spending order: unexpired, there by then, and not set
  /// aside by a hold that is still open then.
  func spendable(_ member: String, at instant: Int) -> [String] {
    guard let wallet = wallets[member] else { return [] }
    var lots = wallet.lots
    for hold in wallet.holds where hold.deadline <= instant {
      for single in hold.points { lots[Self.parts(single).key, default: 0] += 1 }
    }
    for single in activated(member, by: instant) { lots[Self.parts(single).key, default: 0] += 1 }
    return lots.filter { key, left in
      left > 0 && !hasExpired(key, at: instant) && (wallet.since[key] ?? 0) <= instant
    }.sorted { $0.key < $1.key }.flatMap { key, left in
      Array(repeating: key + (wallet.notices[key].map { "#" + $0 } ?? ""), count: left)
    }
  }

  func hasExpired(_ key: String, at instant: Int) -> Bool {
    Self.expires(key).map { calendar.end($0) <= instant } ?? false
  }

  private mutating func requireNothingDue(_ member: String, at instant: Int) {
    guard let wallet = wallets[member] else { return }
    let late = wallet.lots.filter { $0.value > 0 && hasExpired($0.key, at: instant) }
    expect(late.isEmpty, "should have expired before: \(late.keys.sorted())")
    expect(wallet.holds.allSatisfy { $0.deadline > instant }, "a hold should have lapsed before")
    expect(
      wallet.pending.allSatisfy { earning in
        calendar.start(earning.activeOn) > instant
          && earning.points.allSatisfy { !hasExpired($0, at: instant) }
      }, "pending points should have been activated or expired before")
    expect(
      wallet.notices.allSatisfy { calendar.start($0.value) > instant }, "a notice should have been due before"
    )
  }

  private mutating func redecideEarning(_ data: JSON, _ member: String, at instant: Int) {
    let rule = data["rule"] as? String ?? "?"
    let day = calendar.day(instant)
    guard let version = version(of: rule, on: day, at: instant) else {
      return expect(false, "earned under a rule that was not there")
    }
    let number = version["ruleVersion"] as? Int ?? 0
    expect(data["ruleVersion"] as? Int == number, "version \(number) was in force")
    expect(data["day"] as? String == day, "the earning day is \(day)")
    expect((version["until"] as? String).map { day < $0 } ?? true, "earned outside of the window")
    let expires = calendar.lastDay(version["validity"] as? JSON ?? [:], earnedOn: day)
    expect(data["expires"] as? String == expires, "expires \(expires ?? "never")")
    requireAudience(version, member, day)

    func sum(_ matches: (JSON) -> Bool) -> Int {
      earnings.reduce(0) {
        $1["rule"] as? String == rule && matches($1) ? $0 + ($1["credited"] as? Int ?? 0) : $0
      }
    }
    let mine = { (earning: JSON) in earning["member"] as? String == member }
    let granted = (version["pointsPerUnit"] as? Int ?? 0) * (data["quantity"] as? Int ?? 0)
    var credited = granted
    var cappedBy: String?
    for (cap, name, used) in [
      ("day", "capPerDay", sum { mine($0) && $0["day"] as? String == day }),
      ("month", "capPerMonth", sum { mine($0) && ($0["day"] as? String)?.prefix(7) == day.prefix(7) }),
      ("lifetime", "capPerLifetime", sum(mine)),
      ("budget", "budget", sum { $0["ruleVersion"] as? Int == number }),
    ] {
      guard let most = version[name] as? Int, max(0, most - used) < credited else { continue }
      credited = max(0, most - used)
      cappedBy = cap
    }
    expect(
      data["credited"] as? Int == credited, "\(credited) should be credited, not \(data["credited"] ?? "")")
    expect(data["capped"] as? Int ?? 0 == granted - credited, "\(granted - credited) should be capped")
    expect(data["cappedBy"] as? String == cappedBy, "capped by \(cappedBy ?? "nothing")")
    redecideFurtherWay(data, version, member, day, credited, at: instant)
  }

  private mutating func requireAudience(_ version: JSON, _ member: String, _ day: String) {
    let person = members[member] ?? [:]
    expect(person["left"] == nil, "earned by someone who left")
    if version["verifiedOnly"] as? Bool == true {
      expect(person["verified"] as? Bool == true, "earned without verification")
    }
    if let occupations = version["occupations"] as? [String] {
      let isOne = (person["facts"] as? [JSON] ?? []).contains { fact in
        fact["kind"] as? String == "occupation" && occupations.contains(fact["value"] as? String ?? "")
          && (fact["from"] as? String ?? "") <= day && (fact["until"] as? String).map { day < $0 } ?? true
      }
      expect(isOne, "earned without the occupation on that day")
    }
    var line: [String] = []
    var next = person["organisation"] as? String
    while let organisation = next {
      line.append(organisation)
      next = organisations[organisation]?["parent"] as? String
    }
    expect(line.contains(version["organisation"] as? String ?? "?"), "earned outside of the organisation")
  }

  /// Captured are the first points that were set aside; the rest goes back or has expired.
  private mutating func redecideHoldEnding(_ data: JSON, _ member: String, at instant: Int) {
    guard let hold = wallets[member]?.holds.first(where: { $0.id == data["hold"] as? String }) else {
      return expect(false, "there is no such hold")
    }
    expect(hold.since <= instant, "the hold was ended before it was made")
    let captured = Self.singles(data["lots"])
    if data["lots"] != nil {
      expect(
        captured.count == data["points"] as? Int ?? hold.points.count, "captured another amount than asked")
    }
    expect(captured == Array(hold.points.prefix(captured.count)), "captured other lots than the hold's first")
    let rest = hold.points.dropFirst(captured.count)
    expect(
      Self.singles(data["released"]) == returned(rest.filter { !hasExpired($0, at: instant) }, at: instant),
      "released other lots")
    expect(Self.singles(data["expired"]) == rest.filter { hasExpired($0, at: instant) }, "expired other lots")
  }

  /// Point by point, what was spent last comes back first.
  private mutating func redecideRefund(
    _ data: JSON, of spending: String, _ spent: (member: String, organisation: String, points: [String])?,
    _ member: String, at instant: Int
  ) {
    guard let spent, isSame(spent.member, member) else {
      return expect(false, "refund of no spending")
    }
    var left = spent.points
    left.removeLast(min(left.count, refunded[spending] ?? 0))
    let wanted = data["points"] as? Int ?? left.count
    expect(wanted > 0 && wanted <= left.count, "refunded more than was spent")
    let back = left.suffix(wanted)
    let late = back.filter { hasExpired($0, at: instant) }
    expect(
      Self.singles(data["restored"]) == returned(back.filter { !hasExpired($0, at: instant) }, at: instant),
      "restored other lots")
    expect(data["spentOrganisation"] as? String == spent.organisation, "spent in another organisation")
    var graced: [String] = []
    var forfeited: [String] = []
    for single in late {
      let parts = Self.parts(single).key.split(separator: "|").map(String.init)
      let version = rules.first { version in
        version["rule"] as? String == parts[2]
          && version["ruleVersion"] as? Int == (Int(parts[3]) ?? 0) - 1_000_000
      }
      if version?["afterExpiry"] as? String == "grace" {
        let expires = calendar.adding(days: version?["graceDays"] as? Int ?? 0, to: calendar.day(instant))
        graced.append("\(expires)|\(parts[1])|\(parts[2])|\(parts[3])")
      } else {
        forfeited.append(single)
      }
    }
    expect(Self.singles(data["graced"]) == graced, "other points should have been graced: \(graced)")
    expect(Self.singles(data["forfeited"]) == forfeited, "other points should have been forfeited")
    expect(
      (data["afterExpiry"] != nil) == !late.isEmpty, "a policy is named exactly when something had expired")
  }

  /// Of refusals, those that turn on balances.
  private mutating func redecideRefusal(_ data: JSON, at instant: Int) {
    guard (data["type"] as? String ?? "").hasPrefix("points.") else { return }
    let request = data["data"] as? JSON ?? [:]
    let details = data["details"] as? JSON ?? [:]
    let member = request["member"] as? String ?? ""
    switch data["code"] as? String {
    case "points.balance-too-low":
      let short = abs(request["points"] as? Int ?? 0) - spendable(member, at: instant).count
      expect(details["short"] as? Int == short, "\(short) points are short, not \(details["short"] ?? "")")
      expect(short > 0, "refused although there is enough")
    case "points.refund-above-spend":
      let spending = request["spending"] as? String ?? request["event"] as? String ?? "?"
      let spent = spendings[spending] ?? takings[spending]
      let left = (spent?.points.count ?? 0) - (refunded[spending] ?? 0)
      expect(details["left"] as? Int == left, "\(left) are left to refund")
      expect(left < request["points"] as? Int ?? 1, "refused although enough is left")
    case "points.taken-back-above-earning":
      let earning = request["earning"] as? String ?? request["event"] as? String ?? "?"
      let given = earningsByCommand[earning] ?? gifts[earning]
      let left = (given?.credited ?? 0) - (wallets[member]?.takenBack[earning] ?? 0)
      expect(details["left"] as? Int == left, "\(left) are left to take back")
      expect(left < request["points"] as? Int ?? 1, "refused although enough is left")
    case "points.not-reversible":
      let event = request["event"] as? String ?? "?"
      let owners = [
        earningsByCommand[event]?.member, gifts[event]?.member, spendings[event]?.member,
        takings[event]?.member,
      ]
      expect(!owners.contains { isSame($0, member) }, "refused although it can be reversed")
    case "approval.needed":
      let limit = details["limit"] as? Int ?? 0
      expect(abs(request["points"] as? Int ?? Int.max) > limit, "refused although one actor may do it alone")
    case "points.nothing-pending":
      let pending = wallets[member]?.pending.first { $0.id == request["earning"] as? String }
      let isOver = pending.map { earning in
        calendar.start(earning.activeOn) <= instant || earning.points.contains { hasExpired($0, at: instant) }
      }
      expect(isOver ?? true, "refused although it is pending")
    case "points.not-an-earning":
      expect(
        !isSame(earningsByCommand[request["earning"] as? String ?? "?"]?.member, member),
        "refused although it is an earning")
    case "points.no-open-hold":
      let hold = wallets[member]?.holds.first { $0.id == request["hold"] as? String }
      expect(hold.map { $0.deadline <= instant } ?? true, "refused although the hold is open")
    case "points.not-a-spend":
      expect(
        !isSame(spendings[request["spending"] as? String ?? "?"]?.member, member),
        "refused although it is a spending")
    default: break
    }
  }
}

// What the naive model decides on its own about pending points, debts, notices and what takes points back. The rest is in
// ReferenceDecisions.

import Foundation

extension ReferenceLedger {
  /// The day whose first midnight something was due at: it says so when it was dated later, because of a closed period.
  private mutating func boundaryDay(_ data: JSON, at instant: Int) -> String {
    if let day = data["occurredOn"] as? String { return day }
    let day = calendar.day(instant)
    expect(calendar.start(day) == instant, "due at another time than midnight")
    return day
  }

  /// Single points as they come back at a time: a notice that was due meanwhile is due at the next midnight.
  func returned(_ singles: some Sequence<String>, at instant: Int) -> [String] {
    let next = calendar.adding(days: 1, to: calendar.day(instant))
    return singles.map { single in
      let (key, notice) = Self.parts(single)
      guard let notice, calendar.start(notice) <= instant else { return single }
      return next <= Self.expires(key) ?? "" ? "\(key)#\(next)" : key
    }
  }

  /// What so many points pay of the debts that are there by then, oldest first.
  private func repayment(_ member: String, _ points: Int, at instant: Int) -> [(id: String, points: Int)] {
    var left = points
    var paid: [(id: String, points: Int)] = []
    let debts = (wallets[member]?.debts ?? []).enumerated().filter { $0.element.since <= instant }
      .sorted { ($0.element.since, $0.offset) < ($1.element.since, $1.offset) }.map(\.element)
    for debt in debts where left > 0 {
      paid.append((debt.id, min(left, debt.points)))
      left -= min(left, debt.points)
    }
    return paid
  }

  /// Every single point that is pending and becomes active by that time without paying a debt.
  func activated(_ member: String, by instant: Int) -> [String] {
    guard let wallet = wallets[member] else { return [] }
    var debts = wallet.debts
    var active: [String] = []
    let ready = wallet.pending.enumerated().filter { calendar.start($0.element.activeOn) <= instant }
      .sorted { ($0.element.activeOn, $0.offset) < ($1.element.activeOn, $1.offset) }.map(\.element)
    for earning in ready {
      let boundary = calendar.start(earning.activeOn)
      for single in earning.points where Self.expires(single).map({ calendar.end($0) >= boundary }) ?? true {
        if let index = debts.firstIndex(where: { $0.points > 0 && $0.since <= boundary }) {
          debts[index].points -= 1
        } else {
          active.append(single)
        }
      }
    }
    return active
  }

  private mutating func expectPaid(_ data: JSON, _ paid: [(id: String, points: Int)]) {
    let told = (data["debtPaid"] as? [JSON] ?? []).map { "\($0["clawback"] ?? ""): \($0["points"] ?? "")" }
    expect(told == paid.map { "\($0.id): \($0.points)" }, "other debts should have been paid: \(paid)")
  }

  /// Whether what was earned is pending, when the member is told of its expiry, which debts it pays.
  mutating func redecideFurtherWay(
    _ data: JSON, _ version: JSON, _ member: String, _ day: String, _ credited: Int, at instant: Int
  ) {
    var activeOn: String?
    if credited > 0, let days = version["pendingDays"] as? Int {
      activeOn = calendar.adding(days: days, to: day)
    }
    expect(data["activeOn"] as? String == activeOn, "active on \(activeOn ?? "no other day")")
    let first = activeOn ?? calendar.adding(days: 1, to: day)
    let noticeOn = credited > 0 ? noticeOn(version, data["expires"] as? String, notBefore: first) : nil
    expect(data["noticeOn"] as? String == noticeOn, "to be told of on \(noticeOn ?? "no day")")
    expectPaid(data, activeOn == nil ? repayment(member, credited, at: instant) : [])
  }

  mutating func redecideActivation(_ data: JSON, _ member: String, at instant: Int) {
    let day = boundaryDay(data, at: instant)
    let ready = (wallets[member]?.pending ?? []).filter { $0.activeOn == day }
    expect(data["earnings"] as? [String] == ready.map(\.id), "other earnings should have become active")
    let points = ready.flatMap(\.points)
    let paid = repayment(member, points.count, at: calendar.start(day))
    expectPaid(data, paid)
    let owed = paid.reduce(0) { $0 + $1.points }
    expect(Self.singles(data["repaid"]) == Array(points.prefix(owed)), "other points should have paid debts")
    expect(Self.singles(data["lots"]) == Array(points.dropFirst(owed)), "other points should be active")
  }

  mutating func redecideExpiry(_ data: JSON, _ member: String, at instant: Int) {
    let last = calendar.adding(days: -1, to: boundaryDay(data, at: instant))
    guard let wallet = wallets[member] else { return expect(false, "expired for nobody") }
    let due = wallet.lots.filter { $0.value > 0 && Self.expires($0.key) == last }
    let points = due.sorted { $0.key < $1.key }.flatMap { key, left in
      Array(repeating: key + (wallet.notices[key].map { "#" + $0 } ?? ""), count: left)
    }
    expect(points == Self.singles(data["lots"]), "other lots should have expired: \(points)")
    let early = wallet.pending.filter { $0.points.first.flatMap(Self.expires) == last }
    let told = Self.pendingSingles(data["whilePending"])
    // First what is active, in an event of its own.
    expect(
      told.map(\.points) == (points.isEmpty ? early.map(\.points) : []),
      "other points should have expired while pending")
  }

  mutating func redecideNotice(_ data: JSON, _ member: String, at instant: Int) {
    let day = boundaryDay(data, at: instant)
    guard let wallet = wallets[member] else { return expect(false, "a notice for nobody") }
    let due = wallet.lots.filter { $0.value > 0 && wallet.notices[$0.key] == day }
    let points = due.sorted { $0.key < $1.key }.flatMap {
      Array(repeating: "\($0.key)#\(day)", count: $0.value)
    }
    expect(points == Self.singles(data["lots"]), "another notice was due: \(points)")
  }

  mutating func redecideCancelling(_ data: JSON, _ member: String, at instant: Int) {
    let pending = wallets[member]?.pending.first { $0.id == data["earning"] as? String }
    expect(pending.map { $0.since <= instant } ?? false, "cancelled what is not pending")
    expect(Self.singles([data["lot"] as? JSON ?? [:]]) == pending?.points, "cancelled another amount")
  }

  mutating func redecideClawBack(_ data: JSON, _ member: String, at instant: Int) {
    let earning = data["earning"] as? String ?? "?"
    redecideTakingBack(
      data, of: earning, earningsByCommand[earning], data["clawedBack"] as? Int, member, at: instant)
  }

  mutating func redecideGrantReversal(_ data: JSON, _ member: String, at instant: Int) {
    let event = data["event"] as? String ?? "?"
    let earned = earningsByCommand[event]
    redecideTakingBack(
      data, of: event, earned ?? gifts[event], data["reversed"] as? Int, member, at: instant)
    let uncounted = data["uncounted"] as? JSON
    expect((uncounted != nil) == (earned != nil), "only an earning was counted")
    if let uncounted, let earned {
      expect(Self.key(uncounted) == earned.key, "another lot is no longer counted")
      expect(uncounted["points"] as? Int == data["reversed"] as? Int, "another amount is no longer counted")
    }
  }

  /// What is pending of the earning, what is in its own lot, then everything else in spending order, point by point.
  private mutating func redecideTakingBack(
    _ data: JSON, of command: String, _ given: (member: String, at: Int, credited: Int, key: String)?,
    _ told: Int?, _ member: String, at instant: Int
  ) {
    guard let wallet = wallets[member], let given, isSame(given.member, member) else {
      return expect(false, "took back what was not given")
    }
    expect(given.at <= instant, "taken back before it was given")
    let left = given.credited - (wallet.takenBack[command] ?? 0)
    let wanted = data["points"] as? Int ?? left
    expect(wanted > 0 && wanted <= left, "took back more than was given")
    expect(told == wanted, "took back another amount than asked")
    let pending = (wallet.pending.first { $0.id == command }?.points ?? []).prefix(wanted)
    let usable = spendable(member, at: instant)
    let own = usable.filter { Self.parts($0).key == given.key }
    let others = usable.filter { Self.parts($0).key != given.key }
    let taken = (own + others).prefix(wanted - pending.count)
    expect(
      Self.pendingSingles(data["whilePending"]).flatMap(\.points) == Array(pending), "other pending points")
    expect(Self.singles(data["lots"]) == Array(taken), "other lots should have been taken: \(taken)")
    let shortfall = wanted - pending.count - taken.count
    expect(data["shortfall"] as? Int ?? 0 == shortfall, "\(shortfall) should be owed")
  }

  mutating func redecideAdjustment(_ data: JSON, _ member: String, at instant: Int) {
    let points = data["points"] as? Int ?? 0
    expect(points != 0, "an adjustment of nothing")
    guard points > 0 else {
      let picked = Array(spendable(member, at: instant).prefix(-points))
      return expect(picked == Self.singles(data["lots"]), "other lots should have been taken: \(picked)")
    }
    let day = calendar.day(instant)
    guard let version = version(of: data["rule"] as? String ?? "?", on: day, at: instant) else {
      return expect(false, "adjusted under a rule that was not there")
    }
    var lot: JSON = ["rule": data["rule"] ?? "", "ruleVersion": version["ruleVersion"] ?? 0, "day": day]
    lot["expires"] = calendar.lastDay(version["validity"] as? JSON ?? [:], earnedOn: day)
    lot["noticeOn"] = noticeOn(
      version, lot["expires"] as? String, notBefore: calendar.adding(days: 1, to: day))
    lot["points"] = points
    expect(Self.singles(data["lots"]) == Self.singles([lot]), "another lot should have been given")
    expectPaid(data, repayment(member, points, at: instant))
  }

  /// All points with the expiry and rule that are named, as they will be: first what can be spent, then what is held,
  /// then what is pending.
  mutating func redecideExtension(_ data: JSON, _ member: String, at instant: Int) {
    let forgotten = extending.count
    expect(forgotten == 0, "an earlier extension forgot \(forgotten) points")
    let (old, until) = (data["expires"] as? String ?? "?", data["until"] as? String ?? "?")
    expect(old < until && calendar.end(old) > instant, "extended what has expired, or to an earlier day")
    guard let wallet = wallets[member] else { return expect(false, "extended nothing") }
    let tomorrow = calendar.adding(days: 1, to: calendar.day(instant))
    func later(_ singles: [String], _ first: String) -> [String] {
      singles.map { Self.parts($0).key }.filter { key in
        Self.expires(key) == old
          && (data["rule"] as? String).map { $0 == key.split(separator: "|").map(String.init)[2] } ?? true
      }.map { extended($0, until: until, notBefore: first) }
    }
    let lots = wallet.lots.filter { $0.value > 0 }.sorted { $0.key < $1.key }
    extending =
      later(lots.flatMap { Array(repeating: $0.key, count: $0.value) }, tomorrow)
      + later(wallet.holds.flatMap(\.points), tomorrow)
      + wallet.pending.flatMap { later($0.points, $0.activeOn) }
    let count = extending.count
    expect(data["points"] as? Int == count, "\(count) points should be extended")
  }

  /// The single point of a lot's key with another expiry.
  private func extended(_ key: String, until: String, notBefore first: String) -> String {
    let parts = key.split(separator: "|").map(String.init)
    let version = rules.first { version in
      version["rule"] as? String == parts[2]
        && version["ruleVersion"] as? Int == (Int(parts[3]) ?? 0) - 1_000_000
    }
    let notice = noticeOn(version ?? [:], until, notBefore: first).map { "#" + $0 } ?? ""
    return "\(until)|\(parts[1])|\(parts[2])|\(parts[3])\(notice)"
  }

  mutating func redecideExtended(_ data: JSON) {
    let told =
      Self.singles(data["lots"])
      + (data["held"] as? [JSON] ?? []).flatMap { Self.singles([$0["lot"] as? JSON ?? [:]]) }
      + Self.pendingSingles(data["whilePending"]).flatMap(\.points)
    let next = Array(extending.prefix(told.count))
    expect(told == next, "other points should be extended: \(next)")
    extending.removeFirst(min(told.count, extending.count))
  }

  /// Gives single points another expiry, in lots, holds and pending earnings; since when they are there stays.
  mutating func extend(_ wallet: inout ReferenceWallet, _ data: JSON) {
    let old = data["expires"] as? String ?? "?"
    func before(_ single: String) -> String {
      let key = Self.parts(single).key
      return old + key[(key.firstIndex(of: "|") ?? key.startIndex)...]
    }
    func move(_ single: String, _ account: String) {
      post(data["organisation"], account, before(single), -1)
      post(data["organisation"], account, single, 1)
    }
    for single in Self.singles(data["lots"]) {
      let (key, notice) = Self.parts(single)
      let from = before(single)
      wallet.since[key] = min(wallet.since[key] ?? Int.max, wallet.since[from] ?? Int.min)
      if let notice { wallet.notices[key] = min(wallet.notices[key] ?? notice, notice) }
      for (place, change) in [(key, 1), (from, -1)] {
        wallet.lots[place, default: 0] += change
        let left = wallet.lots[place] ?? 0
        if left == 0 { wallet.since[place] = nil }
        if left <= 0 { wallet.notices[place] = nil }
      }
      move(single, "available")
    }
    for share in data["held"] as? [JSON] ?? [] {
      for single in Self.singles([share["lot"] as? JSON ?? [:]]) {
        move(single, "held")
        guard let hold = wallet.holds.firstIndex(where: { $0.id == share["hold"] as? String }),
          let index = wallet.holds[hold].points.firstIndex(where: { Self.parts($0).key == before(single) })
        else { continue }
        wallet.holds[hold].points[index] = single
      }
    }
    for (earning, points) in Self.pendingSingles(data["whilePending"]) {
      for single in points { move(single, "pending") }
      if let index = wallet.pending.firstIndex(where: { $0.id == earning }) {
        wallet.pending[index].points = points
      }
    }
  }

  /// The version of a rule that grants on a day.
  func version(of rule: String, on day: String, at instant: Int) -> JSON? {
    rules.last { version in
      version["rule"] as? String == rule && (version["from"] as? String ?? "") <= day
        && (version["published"] as? Int ?? 0) <= instant
    }
  }

  private func noticeOn(_ version: JSON, _ expires: String?, notBefore first: String) -> String? {
    guard let days = version["noticeDays"] as? Int, let expires else { return nil }
    let notice = max(first, calendar.adding(days: -days, to: expires))
    return notice <= expires ? notice : nil
  }
}

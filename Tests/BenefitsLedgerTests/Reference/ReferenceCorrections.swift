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
    var noticeOn: String?
    if credited > 0, let days = version["noticeDays"] as? Int, let expires = data["expires"] as? String {
      let first = activeOn ?? calendar.adding(days: 1, to: day)
      let notice = max(first, calendar.adding(days: -days, to: expires))
      if notice <= expires { noticeOn = notice }
    }
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

  /// What is pending of the earning, what is in its own lot, then everything else in spending order, point by point.
  mutating func redecideClawBack(_ data: JSON, _ member: String, at instant: Int) {
    let earning = data["earning"] as? String ?? "?"
    guard let wallet = wallets[member], let earned = earningsByCommand[earning], earned.member == member
    else {
      return expect(false, "clawed back no earning")
    }
    expect(earned.at <= instant, "clawed back before it was earned")
    let left = earned.credited - (wallet.takenBack[earning] ?? 0)
    let wanted = data["points"] as? Int ?? left
    expect(wanted > 0 && wanted <= left, "clawed back more than was earned")
    expect(data["clawedBack"] as? Int == wanted, "clawed back another amount than asked")
    let pending = (wallet.pending.first { $0.id == earning }?.points ?? []).prefix(wanted)
    let usable = spendable(member, at: instant)
    let own = usable.filter { Self.parts($0).key == earned.key }
    let others = usable.filter { Self.parts($0).key != earned.key }
    let taken = (own + others).prefix(wanted - pending.count)
    expect(
      Self.pendingSingles(data["whilePending"]).flatMap(\.points) == Array(pending), "other pending points")
    expect(Self.singles(data["lots"]) == Array(taken), "other lots should have been taken: \(taken)")
    let shortfall = wanted - pending.count - taken.count
    expect(data["shortfall"] as? Int ?? 0 == shortfall, "\(shortfall) should be owed")
  }
}

// Points of a mixed history, the ledger's own commands, and its jobs. Points alone, against a reference, are in
// HistoryGenerator.

@testable import LedgerCore

extension MixedGenerator {
  mutating func definition(of rule: RuleID, _ version: Int64, from day: CivilDay) -> DefineRule {
    var data = DefineRule(
      rule: rule, ruleVersion: version, organisation: .named("p"),
      pointsPerUnit: Points(count: Int64(random.number(2...5))),
      validity: random.one(of: [
        .unlimited, .months(1), .endOfMonth(later: 0), .until(today.adding(days: 21)),
      ]),
      from: day)
    if random.chance(40) { data.capPerDay = Points(count: 12) }
    if random.chance(rule == Self.rules[1] ? 90 : 20) { data.pendingDays = Int64(random.number(1...5)) }
    if random.chance(40) { data.noticeDays = Int64(random.number(2...12)) }
    if random.chance(50) {
      data.afterExpiry = .grace
      data.graceDays = Int64(random.number(1...5))
    }
    return data
  }

  mutating func points() -> CommandBody? {
    let member = someMember()
    let points = Points(count: Int64(random.number(1...9)))
    switch random.number(0...39) {
    case 0...12:
      return .points(
        .earn(
          EarnPoints(
            member: member, rule: random.one(of: Self.rules), quantity: Int64(random.number(1...4)))))
    case 13...15:
      guard let (id, wallet) = one(of: \.wallets, where: { $0.available > .zero }) else { return nil }
      return .points(.spend(SpendPoints(member: id, points: min(points, wallet.available))))
    case 16...21:
      guard let (id, wallet) = one(of: \.wallets, where: { $0.available > .zero }) else { return nil }
      return .points(
        .hold(
          HoldPoints(
            member: id, points: min(points, wallet.available),
            deadline: now.adding(milliseconds: Int64(random.number(12...90)) * 3_600_000))))
    case 22...29:
      guard let (id, wallet) = one(of: \.wallets, where: { !$0.holds.isEmpty }) else { return nil }
      let hold = random.one(of: wallet.holds)
      if random.chance(50) { return .points(.release(ReleasePoints(member: id, hold: hold.hold))) }
      return .points(
        .capture(
          CapturePoints(
            member: id, hold: hold.hold, points: random.chance(50) ? min(points, hold.points) : nil)))
    case 30...32:
      guard let spending = accepted.spendings.suffix(10).randomElement(using: &random) else { return nil }
      return .points(
        .refund(
          RefundPoints(
            member: owner(spending.member), spending: spending.id,
            points: Points(count: Int64(random.number(1...3))))))
    case 33...34:
      guard let (id, wallet) = one(of: \.wallets, where: { !$0.pending.isEmpty }) else { return nil }
      return .points(.cancel(CancelPoints(member: id, earning: random.one(of: wallet.pending).earning)))
    case 35...36:
      guard let earning = accepted.earnings.suffix(10).randomElement(using: &random) else { return nil }
      return .points(
        .clawBack(
          ClawBackPoints(
            member: owner(earning.member), earning: earning.id, points: random.chance(50) ? points : nil,
            reason: .named("revoked"))))
    case 37: return .points(.adjust(adjustment(of: member, 1...5)))
    case 38:
      guard let earning = accepted.earnings.suffix(10).randomElement(using: &random) else { return nil }
      return .points(
        .reverse(
          ReversePoints(member: owner(earning.member), event: earning.id, reason: .named("entered-twice"))))
    default:
      guard let (id, rule) = one(of: \.rules), rule.versions.count < 5 else { return nil }
      return .points(.defineRule(definition(of: id, Int64(rule.versions.count) + 1, from: today)))
    }
  }

  private mutating func adjustment(of member: MemberID, _ range: ClosedRange<Int>) -> AdjustPoints {
    let points = Int64(random.number(range))
    return AdjustPoints(
      member: member, points: Points(count: random.chance(70) ? points : -points),
      rule: random.one(of: Self.rules), reason: .named("counted-wrong"))
  }

  /// A correction of points that needs a second actor.
  mutating func correction() -> CommandBody? {
    switch random.number(0...2) {
    case 0: return .points(.adjust(adjustment(of: someMember(), 6...15)))
    case 1:
      guard let spending = accepted.spendings.suffix(10).randomElement(using: &random) else { return nil }
      return .points(
        .reverse(
          ReversePoints(member: owner(spending.member), event: spending.id, reason: .named("entered-twice"))))
    default:
      guard let (id, wallet) = one(of: \.wallets, where: { $0.lots.contains { $0.expires != nil } }),
        let expires = wallet.lots.compactMap(\.expires).randomElement(using: &random)
      else { return nil }
      return .points(
        .extend(
          ExtendPoints(
            member: id, expires: expires, until: expires.adding(days: random.number(1...20)),
            reason: .named("shops-closed"))))
    }
  }

  /// The ledger's own commands. What was missed, and what late commands make due again, falls due in a closed period then.
  mutating func ledger() -> CommandBody? {
    if random.chance(30) {
      let points = Points(count: Int64(random.number(3...8)))
      return .ledger(.setLimits(SetLimits(adjustment: points, reversal: points)))
    }
    guard let closed = book.ledger?.daysClosedThrough else { return nil }
    return .ledger(.closePeriod(ClosePeriod(through: closed.adding(days: -random.number(0...4)))))
  }

  /// A job that is run to its end, the rest of one that was only opened, or an ending of it by hand.
  mutating func job() -> Command? {
    let open = one(of: \.jobs, where: { $0.status == .open })
    if let open, let opening = jobs[open.id], random.chance(50) { return opening }
    let body: CommandBody
    if random.chance(45) {
      body = .job(.closeDay(CloseDay(day: today.adding(days: -random.number(1...2)))))
    } else {
      guard let push = push() else { return nil }
      body = push
    }
    let job = command(body, by: actor(for: body))
    jobs[job.id] = job
    return job
  }
}

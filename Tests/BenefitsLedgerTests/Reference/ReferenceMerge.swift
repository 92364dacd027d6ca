// What the naive model makes of a merge of two members: everything of the one is the other's, taken from the lists of the
// event, and checked against what the one had. The rest of the fold is in ReferenceLedger.

import Foundation

extension ReferenceLedger {
  /// Whether what an event says of `earlier` is this member's by now.
  func isSame(_ earlier: String?, _ member: String) -> Bool {
    guard let earlier else { return false }
    return earlier == member || members[earlier]?["merged"] as? String == member
  }

  mutating func redecideMerge(_ data: JSON) {
    let guest = members[data["member"] as? String ?? "?"] ?? [:]
    let real = members[data["into"] as? String ?? "?"] ?? [:]
    expect(guest["provisional"] as? Bool == true, "merged a member who is registered")
    expect(!real.isEmpty && real["provisional"] as? Bool != true, "merged into no real member")
    for person in [guest, real] {
      expect(person["left"] == nil && person["merged"] == nil, "merged with one who is gone")
    }
    expect(data["from"] as? String == guest["organisation"] as? String, "merged from another organisation")
    expect(data["to"] as? String == real["organisation"] as? String, "merged into another organisation")
  }

  mutating func mergePoints(_ data: JSON, at instant: Int) {
    let (member, into) = (data["member"] as? String ?? "?", data["into"] as? String ?? "?")
    var given = wallets[member] ?? ReferenceWallet()
    var taken = wallets[into] ?? ReferenceWallet()
    func move(_ account: String, _ singles: [String]) {
      for single in singles {
        post(data["from"], account, single, -1)
        post(data["to"], account, single, 1)
      }
    }
    let lots = Self.singles(data["lots"])
    given.add(lots, -1, at: instant)
    taken.add(lots, 1, at: instant)
    move("available", lots)
    for hold in data["holds"] as? [JSON] ?? [] {
      let (id, points) = (hold["hold"] as? String ?? "?", Self.singles(hold["shares"]))
      let deadline = ReferenceCalendar.milliseconds(hold["deadline"] as? String ?? "")
      expect(
        given.holds.contains { $0.id == id && $0.deadline == deadline && $0.points == points },
        "another hold was merged than \(id)")
      given.holds.removeAll { $0.id == id }
      taken.holds.append((id, deadline, instant, points))
      move("held", points)
    }
    for earning in data["pendingEarnings"] as? [JSON] ?? [] {
      let id = earning["earning"] as? String ?? "?"
      let (day, points) = (earning["activeOn"] as? String ?? "?", Self.singles([earning["share"] ?? ""]))
      expect(
        given.pending.contains { $0.id == id && $0.activeOn == day && $0.points == points },
        "another pending earning was merged than \(id)")
      given.pending.removeAll { $0.id == id }
      taken.pending.append((id, instant, day, points))
      move("pending", points)
    }
    for debt in data["debts"] as? [JSON] ?? [] {
      let (id, points) = (debt["clawback"] as? String ?? "?", debt["points"] as? Int ?? 0)
      expect(
        given.debts.contains { $0.id == id && $0.points == points }, "another debt was merged than \(id)")
      given.debts.removeAll { $0.id == id }
      let place = taken.debts.lastIndex { $0.since <= instant }.map { $0 + 1 } ?? 0
      taken.debts.insert((id, instant, points), at: place)
      post(data["from"], "debt", nil, -points)
      post(data["to"], "debt", nil, points)
    }
    for earning in data["takenBack"] as? [JSON] ?? [] {
      let (id, points) = (earning["earning"] as? String ?? "?", earning["points"] as? Int ?? 0)
      expect(given.takenBack[id] == points, "another sum was taken back of \(id)")
      given.takenBack[id] = nil
      taken.takenBack[id] = points
    }
    for refund in data["refunds"] as? [JSON] ?? [] {
      let id = refund["spending"] as? String ?? "?"
      expect(refund["points"] as? Int == refunded[id], "another sum was refunded of \(id)")
    }
    for counter in data["counters"] as? [JSON] ?? [] { count(counter, member, into) }
    (wallets[member], wallets[into]) = (given, taken)
    for (name, sum) in [
      ("available", taken.available), ("held", taken.held), ("pending", taken.pendingPoints),
      ("debt", taken.debt),
    ] { expect(data[name] as? Int == sum, "\(name) is \(sum), the event says \(data[name] ?? "")") }
  }

  /// The granted points of a counter, day by day, as earnings that the one never had and the other had.
  private mutating func count(_ counter: JSON, _ member: String, _ into: String) {
    let rule = counter["rule"] as? String ?? "?"
    let had = earnings
    func granted(_ prefix: String) -> Int {
      had.filter {
        $0["member"] as? String == member && $0["rule"] as? String == rule
          && ($0["day"] as? String ?? "").hasPrefix(prefix)
      }.reduce(0) { $0 + ($1["credited"] as? Int ?? 0) }
    }
    expect(granted("") == counter["lifetime"] as? Int, "the lifetime counter of \(rule) is \(granted(""))")
    for month in counter["months"] as? [JSON] ?? [] {
      let name = month["month"] as? String ?? "?"
      expect(granted(name) == month["granted"] as? Int, "the counter of \(name) is \(granted(name))")
    }
    for day in counter["days"] as? [JSON] ?? [] {
      let (name, points) = (day["day"] as? String ?? "?", day["granted"] as? Int ?? 0)
      expect(granted(name) == points, "the counter of \(name) is \(granted(name))")
      earnings.append(["member": member, "rule": rule, "day": name, "credited": -points])
      earnings.append(["member": into, "rule": rule, "day": name, "credited": points])
    }
  }

  /// Merged members who still have something: in the recorded view there is none.
  var leftBehind: [String] {
    members.filter { $0.value["merged"] != nil }.map(\.key).filter { member in
      guard let wallet = wallets[member] else { return false }
      return [wallet.available, wallet.held, wallet.pendingPoints, wallet.debt] != [0, 0, 0, 0]
    }
  }
}

extension ReferenceWallet {
  fileprivate mutating func add(_ singles: [String], _ sign: Int, at instant: Int) {
    for (key, notice) in singles.map(ReferenceLedger.parts) {
      lots[key, default: 0] += sign
      if sign > 0 {
        since[key] = min(since[key] ?? instant, instant)
        if let notice { notices[key] = min(notices[key] ?? notice, notice) }
      }
      if lots[key] == 0 {
        since[key] = nil
        notices[key] = nil
      }
    }
  }
}

// A naive second opinion: recomputes wallets and accounts from the exported records, as JSON, in the most simple-minded
// way. It knows nothing of Book or Wallet. What it re-decides on its own is in ReferenceDecisions.

import Foundation

/// A member's points as the events say.
struct ReferenceWallet {
  /// What is left, by `expiry|earning day|rule|version`; sorted by that text, it is the spending order.
  var lots: [String: Int] = [:]
  /// Since when each lot has something in it.
  var since: [String: Int] = [:]
  /// The day on which each lot is told of, while that is due.
  var notices: [String: String] = [:]
  /// The open holds: id, deadline, and each single point's lot in the order they were set aside.
  var holds: [(id: String, deadline: Int, since: Int, points: [String])] = []
  /// What cannot be spent yet: the earning, its first day, and each single point's lot.
  var pending: [(id: String, since: Int, activeOn: String, points: [String])] = []
  /// What is owed, in the order it was left.
  var debts: [(id: String, since: Int, points: Int)] = []
  /// How much of each earning was cancelled or clawed back.
  var takenBack: [String: Int] = [:]

  var available: Int { lots.values.reduce(0, +) }
  var held: Int { holds.reduce(0) { $0 + $1.points.count } }
  var pendingPoints: Int { pending.reduce(0) { $0 + $1.points.count } }
  var debt: Int { debts.reduce(0) { $0 + $1.points } }
}

/// The whole ledger, folded naively. A value: a copy is what was known at that position.
struct ReferenceLedger {
  typealias JSON = [String: Any]

  /// Whether events are also decided anew and compared; off for the effective view, which re-decides nothing.
  var isChecking = true
  /// What disagreed.
  var problems: [String] = []

  var calendar = ReferenceCalendar()
  var organisations: [String: JSON] = [:]
  var members: [String: JSON] = [:]
  var wallets: [String: ReferenceWallet] = [:]
  /// Every version of every rule, with `published`.
  var rules: [JSON] = []
  /// Every earning, by its command, with the key of its lot.
  var earningsByCommand: [String: (member: String, at: Int, credited: Int, key: String)] = [:]
  /// Every earning, and what was cancelled of it as a negative one, with `member`, `rule`, `ruleVersion`, `day`, `credited`.
  var earnings: [JSON] = []
  /// Every spending's single points' lots, in order, by command.
  var spendings: [String: (member: String, organisation: String, points: [String])] = [:]
  /// Every adjustment that gave points, with the key of its lot, and every one that took some.
  var gifts: [String: (member: String, at: Int, credited: Int, key: String)] = [:]
  var takings: [String: (member: String, organisation: String, points: [String])] = [:]
  /// What the extension that is being read is still to change: single points as they will be.
  var extending: [String] = []
  /// How much of each spending came back.
  var refunded: [String: Int] = [:]
  /// What was declared of two members, in the order it was.
  var pairs: [JSON] = []
  /// Visits by station and month as `station|month`, and what each count says, by command.
  var visits: [String: Int] = [:]
  var counts: [String: (month: String, visits: Int)] = [:]
  /// Amounts by `organisation|account|month`.
  var accounts: [String: Int] = [:]
  /// The last closed day.
  var closedThrough: String?
  /// The record being read, for messages.
  var position = 0

  /// The key of a lot; sorts as lots are spent.
  static func key(_ lot: JSON, expires: String? = nil) -> String {
    let version = String(1_000_000 + (lot["ruleVersion"] as? Int ?? 0))
    let expiry = expires ?? lot["expires"] as? String ?? "never"
    return "\(expiry)|\(lot["day"] as? String ?? "?")|\(lot["rule"] as? String ?? "?")|\(version)"
  }

  /// The expiry in a key; nil never expires.
  static func expires(_ key: String) -> String? {
    let text = key.prefix { $0 != "|" }
    return text == "never" ? nil : String(text)
  }

  static func month(_ key: String) -> String { String(key.prefix { $0 != "|" }.prefix(7)) }

  /// One entry for each single point of a list of lots: the lot's key, with `#` and the day of a notice that is due.
  static func singles(_ lots: Any?) -> [String] {
    (lots as? [JSON] ?? []).flatMap { lot in
      let notice = (lot["noticeOn"] as? String).map { "#" + $0 } ?? ""
      return Array(repeating: key(lot) + notice, count: lot["points"] as? Int ?? 0)
    }
  }

  /// The lot's key of a single point, and the day of its notice.
  static func parts(_ single: String) -> (key: String, notice: String?) {
    let parts = single.split(separator: "#").map(String.init)
    return (parts[0], parts.count > 1 ? parts[1] : nil)
  }

  /// One entry for each single point that was pending, of a list of `earning` and `lot`.
  static func pendingSingles(_ shares: Any?) -> [(earning: String, points: [String])] {
    (shares as? [JSON] ?? []).map { share in
      (share["earning"] as? String ?? "?", singles([share["lot"] as? JSON ?? [:]]))
    }
  }

  mutating func expect(_ condition: Bool, _ message: @autoclosure () -> String) {
    if !condition, isChecking { problems.append("position \(position): \(message())") }
  }

  mutating func post(_ organisation: Any?, _ account: String, _ key: String? = nil, _ amount: Int) {
    let month = key.map { Self.month($0) } ?? ""
    accounts["\(organisation as? String ?? "?")|\(account)|\(month)", default: 0] += amount
  }

  /// Folds one record.
  mutating func read(_ record: JSON) {
    guard let type = record["type"] as? String, let data = record["data"] as? JSON,
      let at = record["at"] as? String
    else { return problems.append("a record without type, data or at") }
    position = record["position"] as? Int ?? 0
    let instant = ReferenceCalendar.milliseconds(at)
    let command = record["command"] as? String ?? "?"
    if isChecking { redecide(type, data, record, at: instant) }
    let member = data["member"] as? String ?? ""
    switch type {
    case "ledger.opened": calendar = ReferenceCalendar(zone: data["zone"] as? String ?? "")
    case "organisation.registered": organisations[data["organisation"] as? String ?? "?"] = data
    case "organisation.closed": organisations[data["organisation"] as? String ?? "?"]?["closed"] = true
    case "member.enrolled": members[member] = data.merging(["since": instant, "facts": [JSON]()]) { $1 }
    case "member.verified":
      members[member, default: [:]]["verified"] = true
      members[member]?["provisional"] = nil
    case "member.merged": members[member, default: [:]]["merged"] = data["into"]
    case "member.transferred": members[member, default: [:]]["organisation"] = data["organisation"]
    case "member.left": members[member, default: [:]]["left"] = data["points"]
    case "member.rejoined":
      members[member, default: [:]]["organisation"] = data["organisation"]
      members[member]?["left"] = nil
    case "fact.started":
      let facts = members[member]?["facts"] as? [JSON] ?? []
      members[member, default: [:]]["facts"] = facts + [data]
    case "fact.ended":
      let facts = members[member]?["facts"] as? [JSON] ?? []
      members[member, default: [:]]["facts"] = facts.map { fact -> JSON in
        fact["fact"] as? String == data["fact"] as? String
          ? fact.merging(["until": data["until"] ?? ""]) { $1 } : fact
      }
    case "relative.declared": pairs.append(data)
    case "relative.ended":
      for index in pairs.indices
      where Set(Self.two(pairs[index])) == Set(Self.two(data))
        && pairs[index]["from"] as? String == data["from"] as? String
      {
        pairs[index]["until"] = data["until"]
      }
    case "station.visits-recorded", "station.visits-corrected": count(data, command)
    case "points.rule-defined": rules.append(data.merging(["published": instant]) { $1 })
    case "points.moved": move(data)
    case "points.merged": mergePoints(data, at: instant)
    default:
      if type.hasPrefix("points.") { readPoints(type, data, member, command, instant) }
    }
  }

  private mutating func readPoints(
    _ type: String, _ data: JSON, _ member: String, _ command: String, _ instant: Int
  ) {
    var wallet = wallets[member] ?? ReferenceWallet()
    let organisation = data["organisation"]
    func singles(_ name: String) -> [String] { Self.singles(data[name]) }
    func forget(_ key: String) {
      let left = wallet.lots[key] ?? 0
      if left == 0 { wallet.since[key] = nil }
      if left <= 0 { wallet.notices[key] = nil }
    }
    func put(_ singles: [String]) {
      for (key, notice) in singles.map(Self.parts) {
        wallet.lots[key, default: 0] += 1
        wallet.since[key] = min(wallet.since[key] ?? instant, instant)
        if let notice { wallet.notices[key] = min(wallet.notices[key] ?? notice, notice) }
        forget(key)
      }
    }
    func take(_ singles: [String]) {
      for (key, _) in singles.map(Self.parts) {
        wallet.lots[key, default: 0] -= 1
        forget(key)
      }
    }
    /// Takes points that are pending, and says which account they go to.
    func endPending(_ shares: [(earning: String, points: [String])], _ account: String) {
      for (earning, points) in shares {
        for single in points {
          if let index = wallet.pending.firstIndex(where: { $0.id == earning }) {
            wallet.pending[index].points.removeLast()
            if wallet.pending[index].points.isEmpty { wallet.pending.remove(at: index) }
          }
          post(organisation, "pending", single, -1)
          post(organisation, account, nil, 1)
        }
      }
    }
    func owe(_ shortfall: Int) {
      guard shortfall > 0 else { return }
      let place = wallet.debts.lastIndex { $0.since <= instant }.map { $0 + 1 } ?? 0
      wallet.debts.insert((command, instant, shortfall), at: place)
      post(organisation, "debt", nil, shortfall)
      post(organisation, "clawedBack", nil, shortfall)
    }
    func payDebts() {
      for share in data["debtPaid"] as? [JSON] ?? [] {
        let points = share["points"] as? Int ?? 0
        let id = share["clawback"] as? String ?? "?"
        post(organisation, "debt", nil, -points)
        if let index = wallet.debts.firstIndex(where: { $0.id == id }) {
          wallet.debts[index].points -= points
          if wallet.debts[index].points == 0 { wallet.debts.remove(at: index) }
        } else {
          wallet.debts.append((id, Int.min, -points))
        }
      }
    }
    /// What a hold gives back, and where the rest of it goes.
    func free(_ hold: String) {
      wallet.holds.removeAll { $0.id == hold }
      put(singles("released"))
      for key in singles("released") {
        post(organisation, "held", key, -1)
        post(organisation, "available", key, 1)
      }
      for key in singles("expired") {
        post(organisation, "held", key, -1)
        post(organisation, "expired", nil, 1)
      }
    }
    func end(_ keys: [String], _ account: String) {
      take(keys)
      for key in keys {
        post(organisation, "available", key, -1)
        post(organisation, account, nil, 1)
      }
    }
    switch type {
    case "points.earned":
      let credited = data["credited"] as? Int ?? 0
      earnings.append(data)
      let key = Self.key(data)
      earningsByCommand[command] = (member, instant, credited, key)
      var lot = data
      post(organisation, "issued", nil, credited)
      if let activeOn = data["activeOn"] as? String {
        lot["points"] = credited
        wallet.pending.append((command, instant, activeOn, Self.singles([lot])))
        post(organisation, "pending", key, credited)
      } else {
        lot["points"] = credited - Self.total(data["debtPaid"])
        put(Self.singles([lot]))
        post(organisation, "available", key, credited - Self.total(data["debtPaid"]))
        payDebts()
      }
    case "points.activated":
      let earnings = data["earnings"] as? [String] ?? []
      wallet.pending.removeAll { earnings.contains($0.id) }
      put(singles("lots"))
      for key in singles("lots") { post(organisation, "available", key, 1) }
      for key in singles("lots") + singles("repaid") { post(organisation, "pending", key, -1) }
      payDebts()
    case "points.cancelled":
      let earning = data["earning"] as? String ?? "?"
      let lot = data["lot"] as? JSON ?? [:]
      let points = lot["points"] as? Int ?? 0
      endPending([(earning, Self.singles([lot]))], "clawedBack")
      wallet.takenBack[earning, default: 0] += points
      earnings.append(lot.merging(["member": member, "credited": -points]) { $1 })
    case "points.adjusted":
      let points = data["points"] as? Int ?? 0
      guard points > 0 else {
        end(singles("lots"), "clawedBack")
        takings[command] = (member, organisation as? String ?? "?", singles("lots"))
        break
      }
      gifts[command] = (member, instant, points, singles("lots").first.map { Self.parts($0).key } ?? "?")
      let rest = Array(singles("lots").dropFirst(Self.total(data["debtPaid"])))
      post(organisation, "issued", nil, points)
      put(rest)
      for key in rest { post(organisation, "available", key, 1) }
      payDebts()
    case "points.grant-reversed":
      let event = data["event"] as? String ?? "?"
      end(singles("lots"), "clawedBack")
      endPending(Self.pendingSingles(data["whilePending"]), "clawedBack")
      wallet.takenBack[event, default: 0] += data["reversed"] as? Int ?? 0
      owe(data["shortfall"] as? Int ?? 0)
      if let lot = data["uncounted"] as? JSON {
        earnings.append(lot.merging(["member": member, "credited": -(lot["points"] as? Int ?? 0)]) { $1 })
      }
    case "points.spending-reversed":
      let back = singles("restored") + singles("graced")
      put(back)
      for key in back { post(organisation, "available", key, 1) }
      let forfeited = singles("forfeited").count
      post(organisation, "forfeited", nil, forfeited)
      let from = data["kind"] as? String == "adjustment" ? "clawedBack" : "spent"
      post(data["spentOrganisation"], from, nil, -back.count - forfeited)
      refunded[data["event"] as? String ?? "?", default: 0] += back.count + forfeited
    case "points.extension-granted": break
    case "points.extended":
      extend(&wallet, data)
    case "points.clawed-back":
      let earning = data["earning"] as? String ?? "?"
      end(singles("lots"), "clawedBack")
      endPending(Self.pendingSingles(data["whilePending"]), "clawedBack")
      wallet.takenBack[earning, default: 0] += data["clawedBack"] as? Int ?? 0
      owe(data["shortfall"] as? Int ?? 0)
    case "points.expiry-noticed":
      for key in singles("lots") { wallet.notices[Self.parts(key).key] = nil }
    case "points.spent":
      end(singles("lots"), "spent")
      spendings[command] = (member, organisation as? String ?? "?", singles("lots"))
    case "points.held":
      take(singles("lots"))
      let deadline = ReferenceCalendar.milliseconds(data["deadline"] as? String ?? "")
      wallet.holds.append((command, deadline, instant, singles("lots")))
      for key in singles("lots") {
        post(organisation, "available", key, -1)
        post(organisation, "held", key, 1)
      }
    case "points.captured":
      free(data["hold"] as? String ?? "?")
      for key in singles("lots") {
        post(organisation, "held", key, -1)
        post(organisation, "spent", nil, 1)
      }
      spendings[command] = (member, organisation as? String ?? "?", singles("lots"))
    case "points.released", "points.lapsed": free(data["hold"] as? String ?? "?")
    case "points.refunded":
      let back = singles("restored") + singles("graced")
      put(back)
      for key in back { post(organisation, "available", key, 1) }
      post(organisation, "forfeited", nil, singles("forfeited").count)
      post(data["spentOrganisation"], "spent", nil, -back.count - singles("forfeited").count)
      refunded[data["spending"] as? String ?? "?", default: 0] += data["points"] as? Int ?? 0
    case "points.expired":
      end(singles("lots"), "expired")
      endPending(Self.pendingSingles(data["whilePending"]), "expired")
    case "points.forfeited":
      end(singles("lots"), "forfeited")
      endPending(Self.pendingSingles(data["whilePending"]), "forfeited")
    default: problems.append("position \(position): the reference does not know \(type)")
    }
    wallets[member] = wallet
    expect(wallet.lots.values.allSatisfy { $0 >= 0 }, "a lot of \(member) is below zero")
    if let told = data["available"] as? Int {
      expect(told == wallet.available, "available is \(wallet.available), the event says \(told)")
    }
    if let told = data["held"] as? Int {
      expect(told == wallet.held, "held is \(wallet.held), the event says \(told)")
    }
    if let told = data["pending"] as? Int {
      expect(told == wallet.pendingPoints, "pending is \(wallet.pendingPoints), the event says \(told)")
    }
    if let told = data["debt"] as? Int {
      expect(told == wallet.debt, "the debt is \(wallet.debt), the event says \(told)")
    }
  }

  /// The sum of the points of a list.
  static func total(_ shares: Any?) -> Int {
    (shares as? [JSON] ?? []).reduce(0) { $0 + ($1["points"] as? Int ?? 0) }
  }

  /// The two that a pair is about.
  static func two(_ pair: JSON) -> [String] {
    [pair["member"] as? String ?? "?", pair["relative"] as? String ?? "?"]
  }

  /// The relatives of a member as `relative kind dependant from until`, whoever declared them.
  func relatives(of member: String) -> [String] {
    pairs.compactMap { pair in
      let two = Self.two(pair)
      guard two.contains(member), let kind = pair["kind"] as? String else { return nil }
      let inverse = ["parent": "child", "child": "parent"][kind] ?? kind
      let words = [
        two[0] == member ? two[1] : two[0], two[0] == member ? kind : inverse,
        pair["dependant"] as? Bool == true ? two[1] : "-", pair["from"] as? String ?? "?",
        pair["until"] as? String ?? "-",
      ]
      return words.joined(separator: " ")
    }
  }

  /// Visits of a station; a correction takes the count away that it names.
  private mutating func count(_ data: JSON, _ command: String) {
    let station = data["station"] as? String ?? "?"
    let stated = data["visits"] as? Int ?? 0
    var month = String((data["day"] as? String ?? "").prefix(7))
    if let recording = data["recording"] as? String {
      if let wrong = counts[recording] {
        month = wrong.month
        expect(data["before"] as? Int == wrong.visits, "another count was wrong: \(wrong.visits)")
      }
      visits["\(station)|\(month)", default: 0] -= data["before"] as? Int ?? 0
    }
    counts[command] = (month, stated)
    visits["\(station)|\(month)", default: 0] += stated
    let sum = visits.filter { $0.key.hasPrefix("\(station)|") }.values.reduce(0, +)
    expect(data["total"] as? Int == sum, "the station had \(sum) visits")
  }

  private mutating func move(_ data: JSON) {
    for share in data["months"] as? [JSON] ?? [] {
      let month = share["month"] as? String ?? "never"
      for account in ["available", "held", "pending"] {
        post(data["from"], account, month, -(share[account] as? Int ?? 0))
        post(data["to"], account, month, share[account] as? Int ?? 0)
      }
    }
    post(data["from"], "debt", nil, -(data["debt"] as? Int ?? 0))
    post(data["to"], "debt", nil, data["debt"] as? Int ?? 0)
  }

  /// Outstanding points by organisation and month, added up anew from what each member has: the liability; and what
  /// each owes.
  var liability: [String: Int] {
    var sums: [String: Int] = [:]
    for (member, wallet) in wallets {
      let organisation = members[member]?["organisation"] as? String ?? "?"
      for (key, left) in wallet.lots {
        sums["\(organisation)|available|\(Self.month(key))", default: 0] += left
      }
      for key in wallet.holds.flatMap(\.points) {
        sums["\(organisation)|held|\(Self.month(key))", default: 0] += 1
      }
      for key in wallet.pending.flatMap(\.points) {
        sums["\(organisation)|pending|\(Self.month(key))", default: 0] += 1
      }
      sums["\(organisation)|debt|", default: 0] += wallet.debt
    }
    return sums.filter { $0.value != 0 }
  }

  /// The same from the events' own organisations and months.
  var outstandingAccounts: [String: Int] {
    let names = ["|available|", "|held|", "|pending|", "|debt|"]
    return openAccounts.filter { account in names.contains { account.key.contains($0) } }
  }

  /// The accounts that have something in them.
  var openAccounts: [String: Int] { accounts.filter { $0.value != 0 } }
}

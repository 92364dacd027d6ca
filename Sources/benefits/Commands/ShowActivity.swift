// benefits show LEDGER activity ID: its terms, who took part, what was chosen, and what is left in the pool. The moment
// and the ids are Show's; sums are yuan for people and fen for machines.

import BenefitsLedger

enum ShowActivity {
  static func run(
    _ id: ActivityID, _ reader: LedgerReader, _ view: ShowView, _ invocation: Invocation
  ) throws {
    let found = view.isNow ? try reader.activity(id) : try reader.activityAsOf(id, position: view.position)
    guard let activity = found else { throw view.absence(id) }
    if invocation.wantsJSON { return try invocation.output.json(json(id, activity, view)) }
    let output = invocation.output
    try output.line("activity \(id), \(view.phrase)".displayable)
    try output.line()
    try output.table(about(activity, view))
    if !activity.choices.isEmpty {
      try output.line()
      var table = Table([.text("choice"), .number("joins")])
      for choice in activity.choices { table.add([choice.choice.text, choice.joins.grouped]) }
      try output.table(table)
    }
    guard let draw = activity.terms.draw else { return }
    try output.line()
    try output.table(about(draw, activity, view))
    try output.line()
    try output.table(pool(draw, activity))
    if draw.prizes.contains(where: { $0.memo != nil }) {
      try output.line("what was donated is a memo: it is in no total of money")
    }
    try output.line("Fixtures/verify_draw.py recomputes the winners from an export")
  }

  private static func about(_ activity: Activity, _ view: ShowView) -> Table {
    let terms = activity.terms
    var table = Table([.text(""), .text("")])
    table.add(["organisation", terms.organisation.text])
    if let name = terms.name { table.add(["name", name.text]) }
    table.add(["mode", terms.mode.rawValue])
    table.add(["window", "from \(view.zone.local(terms.from)) until \(view.zone.local(terms.until))"])
    table.add(["closed", activity.isClosed ? "yes" : "no"])
    table.add(["audience", (terms.audience ?? ActivityAudience()).words(of: terms.organisation)])
    table.add(["a member may join", terms.joinsPerDay.map { "\($0.grouped) times a day" } ?? "once"])
    if let reward = terms.reward { table.add(["each join earns", reward.words]) }
    table.add(["joins", activity.joins.grouped])
    table.add(["persons", activity.persons.grouped])
    return table
  }

  private static func about(_ draw: ActivityDraw, _ activity: Activity, _ view: ShowView) -> Table {
    var table = Table([.text(""), .text("")])
    table.add(["draws", draw.kind == .instant ? "for each join by itself" : "among all, when it is over"])
    table.add(["commitment", draw.commitment.text])
    table.add(["holder of the secrets", draw.holder.text])
    if let named = draw.publicValue {
      table.add(["public value", "\(named.what), of \(named.day), as \(named.form)"])
      let published = activity.published.map { ", published \(view.zone.local($0))" } ?? ""
      table.add(["", (activity.publicValue?.text ?? "not published yet") + published])
    }
    if let winners = draw.winnersPerDraw { table.add(["winners of a draw", winners.grouped]) }
    if let chance = draw.chancePerMillion { table.add(["wins of a million", chance.grouped]) }
    table.add(["draws made", activity.draws.grouped + (draw.draws.map { " of \($0.grouped)" } ?? "")])
    if activity.draws > 0, let secret = activity.secret { table.add(["last secret", secret.text]) }
    table.add(["entries", activity.entries.grouped])
    table.add(["their digest", activity.digest.text])
    if draw.kind == .instant { table.add(["to be drawn yet", activity.waiting.grouped]) }
    return table
  }

  private static func pool(_ draw: ActivityDraw, _ activity: Activity) -> Table {
    var table = Table([
      .text("prize"), .number("stocked"), .number("awarded"), .number("left"), .text("is"),
    ])
    for stock in activity.prizes {
      table.add([
        stock.prize.text, stock.stocked.grouped, stock.awarded.grouped, stock.left.grouped,
        draw.prizes.first { $0.prize == stock.prize }?.words ?? "",
      ])
    }
    return table
  }

  private static func json(_ id: ActivityID, _ activity: Activity, _ view: ShowView) -> JSONAnswer {
    let terms = activity.terms
    return [
      "kind": "activity", "id": .string(id.text), "asOf": view.json,
      "organisation": .string(terms.organisation.text), "name": .string(terms.name?.text),
      "mode": .string(terms.mode.rawValue), "opened": .string(activity.since.description),
      "from": .string(terms.from.description), "until": .string(terms.until.description),
      "closed": .boolean(activity.isClosed),
      "audience": [
        "organisation": .string((terms.audience?.organisation ?? terms.organisation).text),
        "occupations": terms.audience?.occupations.map { .array($0.map { .string($0.text) }) } ?? .null,
        "verifiedOnly": .boolean(terms.audience?.verifiedOnly ?? false),
      ],
      "joinsPerDay": .integer(terms.joinsPerDay), "reward": terms.reward?.json ?? .null,
      "joins": .integer(activity.joins), "persons": .integer(activity.persons),
      "choices": .array(
        activity.choices.map { ["choice": .string($0.choice.text), "joins": .integer($0.joins)] }),
      "draw": terms.draw.map { json($0, activity) } ?? .null,
    ]
  }

  private static func json(_ draw: ActivityDraw, _ activity: Activity) -> JSONAnswer {
    [
      "kind": .string(draw.kind.rawValue), "commitment": .string(draw.commitment.text),
      "holder": .string(draw.holder.text),
      "publicValue": draw.publicValue.map { named in
        [
          "what": .string(named.what.text), "day": .string(named.day.description),
          "form": .string(named.form.text), "value": .string(activity.publicValue?.text),
          "published": .string(activity.published?.description),
        ]
      } ?? .null,
      "winnersPerDraw": .integer(draw.winnersPerDraw),
      "chancePerMillion": .integer(draw.chancePerMillion), "most": .integer(draw.draws),
      "made": .integer(activity.draws), "lastSecret": .string(activity.secret?.text),
      "entries": .integer(activity.entries), "digest": .string(activity.digest.text),
      "waiting": .integer(activity.waiting),
      "left": .integer(activity.left), "awarded": .integer(activity.awarded),
      "prizes": .array(
        activity.prizes.map { stock in
          let prize = draw.prizes.first { $0.prize == stock.prize }
          return [
            "prize": .string(stock.prize.text), "stocked": .integer(stock.stocked),
            "left": .integer(stock.left), "awarded": .integer(stock.awarded),
            "reward": prize?.reward?.json ?? .null, "memoFen": .integer(prize?.memo?.count),
            "contributor": .string(prize?.contributor?.text),
          ]
        }),
    ]
  }
}

extension ActivityAudience {
  fileprivate func words(of organisation: OrganisationID) -> String {
    var words = "members of \((self.organisation ?? organisation).text) and of all below it"
    if let occupations {
      words += " who are " + occupations.map(\.text).joined(separator: " or ")
    }
    return verifiedOnly ? words + ", verified only" : words
  }
}

extension ActivityReward {
  fileprivate var words: String {
    if let campaign { return "a coupon of \(campaign)" }
    guard let rule, let quantity else { return "" }
    return "points under \(rule) for \(quantity.grouped)"
  }

  fileprivate var json: JSONAnswer {
    [
      "rule": .string(rule?.text), "quantity": .integer(quantity), "campaign": .string(campaign?.text),
    ]
  }
}

extension Prize {
  fileprivate var words: String {
    if let reward { return reward.words }
    guard let memo, let contributor else { return "counted only" }
    return "worth \(memo.yuan) yuan each, from \(contributor)"
  }
}

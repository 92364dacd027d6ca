// What is allowed with draws of activities (A2): the public value, and telling a secret. How a draw comes out is in Draw;
// whether an entry can be made is in ActivityDecide.

extension PublishValue {
  func decide(_ asking: Asking, _ view: View) throws(Undecided) -> ActivityEvent {
    let activity = try view.knownActivity(activity)
    try view.require("the activity", since: activity.since, at: asking.at)
    guard let draw = activity.terms.draw, let named = draw.publicValue else {
      throw .refused(Refusal(.activityNothingToDraw))
    }
    try asking.requireOther(than: draw.holder)
    if let published = activity.published {
      throw .refused(Refusal(.activityValuePublished, "since", published.description))
    }
    let from = view.zone.start(of: named.day)
    guard from <= asking.at else {
      throw .refused(Refusal(.activityValueTooEarly, "from", from.description))
    }
    guard named.form.fits(value) else {
      throw .refused(Refusal(.activityValueNotOfForm, "form", named.form.text))
    }
    return .valuePublished(ActivityValuePublished(request: self))
  }
}

extension DrawActivity {
  func decide(_ asking: Asking, _ view: View) throws(Undecided) -> ActivityEvent {
    let drawn = try view.knownActivity(activity)
    guard let terms = drawn.terms.draw else { throw .refused(Refusal(.activityNothingToDraw)) }
    guard asking.actor == terms.holder else {
      throw .refused(Refusal(.activityNotHolder, "holder", terms.holder.text))
    }
    switch terms.kind {
    case .instant: return try drawNext(drawn, terms, asking, view)
    case .closing: return try drawAmongAll(drawn, terms, asking, view)
    }
  }

  /// The draw of one entry: the first that has not been drawn.
  private func drawNext(
    _ drawn: Activity, _ terms: ActivityDraw, _ asking: Asking, _ view: View
  ) throws(Undecided) -> ActivityEvent {
    try requireNext(drawn, terms)
    guard drawn.waiting > 0 else { throw .refused(Refusal(.activityTooFewEntries, "entries", 0)) }
    let entry = try view.activityEntries([ActivityEntryID(activity, draw)])[0]
    try view.require("the entry", since: entry.since, at: asking.at)
    let digest = ContentHash.noEntries.adding(entry.command)
    let outcome = Draw(secret: try requireSecret(drawn, view), digest: digest, publicValue: nil)
    let (who, what) = outcome.numbers(1)
    var winners: [Winner] = []
    if terms.chancePerMillion.map({ who % 1_000_000 < UInt64($0) }) ?? true,
      let prize = Draw.prize(what, of: drawn.prizes)
    {
      winners = [Winner(entry: draw, member: entry.member, award: terms.award(prize))]
    }
    return .drawn(
      ActivityDrawn(
        request: self, entries: 1, digest: digest, outcome: outcome.outcome,
        winners: try view.settled(winners), left: drawn.left - Int64(winners.count)))
  }

  private func drawAmongAll(
    _ drawn: Activity, _ terms: ActivityDraw, _ asking: Asking, _ view: View
  ) throws(Undecided) -> ActivityEvent {
    guard let value = drawn.publicValue else {
      let day = terms.publicValue?.day.description ?? ""
      throw .refused(Refusal(.activityValueMissing, "day", day))
    }
    if let latest = drawn.latest {
      try view.require("the activity's last entry, draw, value or end", since: latest, at: asking.at)
    }
    try requireNext(drawn, terms)
    let left = drawn.left
    guard left > 0 else { throw .refused(Refusal(.activityPoolEmpty, "left", left)) }
    let open = drawn.entries - drawn.awarded
    guard open > 0 else { throw .refused(Refusal(.activityTooFewEntries, "entries", open)) }
    let wanted = min(terms.winnersPerDraw ?? ActivityDraw.mostWinners, left, open)
    let outcome = Draw(secret: try requireSecret(drawn, view), digest: drawn.digest, publicValue: value)
    let picked = try pick(wanted, outcome, drawn, terms, view)
    return .drawn(
      ActivityDrawn(
        request: self, entries: drawn.entries, digest: drawn.digest, outcome: outcome.outcome,
        winners: try view.settled(picked), left: left - wanted))
  }

  /// First recorded, first drawn: no draw is left out.
  private func requireNext(_ drawn: Activity, _ terms: ActivityDraw) throws(Undecided) {
    guard draw == drawn.draws + 1 else {
      throw .refused(Refusal(.activityDrawOutOfOrder, "expected", drawn.draws + 1))
    }
    if let length = terms.draws, draw > length {
      throw .refused(Refusal(.activityChainEnded, "draws", length))
    }
  }

  /// The secret, which the last one or the commitment proves. Asked last: nothing can refuse the draw once it is right,
  /// but that another activity has the same chain and told it before.
  private func requireSecret(_ drawn: Activity, _ view: View) throws(Undecided) -> ContentHash {
    guard let secret = secret.opened, let last = drawn.secret, secret.opens(last) else {
      throw .refused(
        Refusal(
          .activitySecretWrong,
          [
            Refusal.Detail(name: "draw", value: .number(draw)),
            Refusal.Detail(name: "hash", value: .word(drawn.secret?.text ?? "")),
          ]))
    }
    if let other = try view.activityCommitment(secret) {
      throw .refused(Refusal(.activityCommitmentUsed, "activity", other.activity.text))
    }
    return secret
  }

  /// The winners by the mapping that `Draw` states. There are entries enough that have not won.
  ///
  /// - Complexity: while few entries have won, one hash and one entry a winner; more when many have.
  private func pick(
    _ wanted: Int64, _ outcome: Draw, _ drawn: Activity, _ terms: ActivityDraw, _ view: View
  ) throws(Undecided) -> [Winner] {
    var winners: [Winner] = []
    var taken: Set<Int64> = []
    var stocks = drawn.prizes
    var counter: UInt64 = 0
    while true {
      let batch = (1...UInt64(wanted)).map { outcome.numbers(counter + $0) }
      counter += UInt64(wanted)
      let ordinals = batch.map { Int64($0.who % UInt64(drawn.entries)) + 1 }
      let entries = try view.activityEntries(ordinals.map { ActivityEntryID(activity, $0) })
      for (index, entry) in entries.enumerated() {
        guard entry.won == nil, !taken.contains(ordinals[index]),
          let prize = Draw.prize(batch[index].what, of: stocks)
        else { continue }
        taken.insert(ordinals[index])
        stocks.take(prize)
        winners.append(Winner(entry: ordinals[index], member: entry.member, award: terms.award(prize)))
        if winners.count == wanted { return winners }
      }
    }
  }
}

extension ActivityCommand {
  /// As a refusal keeps it: without the secret of a draw that was not made.
  var withSealedSecret: ActivityCommand {
    guard case .draw(var data) = self else { return self }
    data.secret = data.secret.sealed
    return .draw(data)
  }

  /// Whether it can wait for a second actor. A secret must not stand in the log before the draw does; and whoever holds
  /// the secrets could have another join somebody, or state the value, in the holder's words.
  var canWait: Bool {
    switch self {
    case .draw, .join, .publishValue: false
    case .open, .close: true
    }
  }
}

extension Asking {
  /// Whoever holds the secrets takes no other part in the activity: neither ids nor the value are the holder's choice.
  func requireOther(than holder: ActorID?) throws(Undecided) {
    if actor == holder { throw .refused(Refusal(.activityByHolder, "actor", actor.text)) }
  }
}

extension ActivityDraw {
  fileprivate func award(_ id: PrizeID) -> Award {
    guard let prize = prize(id) else { return Award(prize: id) }
    return Award(prize: id, reward: prize.reward, memo: prize.memo, contributor: prize.contributor)
  }
}

extension [PrizeStock] {
  fileprivate mutating func take(_ prize: PrizeID) {
    if let index = firstIndex(where: { $0.prize == prize }) { self[index].left -= 1 }
  }
}

extension View {
  /// Entries that are there, all of them loaded at once.
  fileprivate func activityEntries(_ ids: [ActivityEntryID]) throws(Undecided) -> [ActivityEntry] {
    try requireLoaded(ids.map { .activityEntry($0) })
    var entries: [ActivityEntry] = []
    for id in ids { entries.append(try activityEntry(id) ?? ActivityEntry()) }
    return entries
  }

  /// The winners with what has become of them since they entered, where a reward depends on it.
  fileprivate func settled(_ winners: [Winner]) throws(Undecided) -> [Winner] {
    try requireLoaded(winners.filter { $0.award.reward != nil }.map { .member($0.member) })
    var settled = winners
    var withCoupon: Set<MemberID> = []
    for index in settled.indices where settled[index].award.reward != nil {
      settled[index].mergedInto = try member(settled[index].member)?.merged
      if try member(settled[index].mergedInto ?? settled[index].member)?.left != nil {
        settled[index].award.reward = nil
      }
      // A coupon is known by the command that granted it, so a member gets one by one draw.
      if settled[index].award.reward?.campaign != nil,
        !withCoupon.insert(settled[index].mergedInto ?? settled[index].member).inserted
      {
        settled[index].award.reward = nil
      }
    }
    return settled
  }
}

// What is allowed with activities (A1, A2). How states change is in Activity and Participation; how a draw comes out is
// in Draw.

extension ActivityCommand {
  func decide(_ asking: Asking, _ view: View) throws(Undecided) -> [ActivityEvent] {
    switch self {
    case .open(let data): [try data.decide(asking, view)]
    case .join(let data): [try data.decide(asking, view)]
    case .draw(let data): [try data.decide(asking, view)]
    case .close(let data): [try data.decide(asking, view)]
    }
  }

  /// Where the actor's role must reach: the activity's organisation.
  func scope(_ view: View) throws(Undecided) -> [OrganisationID] {
    switch self {
    case .open(let data): return [data.organisation]
    case .join, .draw, .close: return [try view.knownActivity(activity).terms.organisation]
    }
  }
}

extension OpenActivity {
  fileprivate func decide(_ asking: Asking, _ view: View) throws(Undecided) -> ActivityEvent {
    guard try view.activity(activity) == nil else { throw .refused(Refusal(.activityExists)) }
    _ = try view.openOrganisation(organisation, at: asking.at)
    if let audience = audience?.organisation { _ = try view.openOrganisation(audience, at: asking.at) }
    guard from < until else {
      throw .refused(Refusal(.activityEmptyWindow, "from", from.description))
    }
    for contributor in draw?.prizes.compactMap(\.contributor) ?? [] {
      _ = try view.party(contributor, at: asking.at)
    }
    return .opened(ActivityOpened(request: self))
  }
}

extension JoinActivity {
  fileprivate func decide(_ asking: Asking, _ view: View) throws(Undecided) -> ActivityEvent {
    let joined = try view.openActivity(activity, at: asking.at)
    let terms = joined.terms
    if terms.draw?.kind == .closing, joined.draws > 0 {
      throw .refused(Refusal(.activityDrawn, "draws", joined.draws))
    }
    guard terms.from <= asking.at, asking.at < terms.until else { throw .refused(terms.outsideWindow) }
    let joiner = try view.activeMember(member, at: asking.at)
    let occupation = try view.requireAudience(terms, joiner, on: asking.day)
    let parts = try view.participations(in: activity, of: member)
    try require(room: terms, parts, on: asking.day)
    guard choice.map({ terms.choices?.contains($0) ?? false }) ?? (terms.choices == nil) else {
      throw .refused(Refusal(.activityChoiceUnknown, "choices", Int64(terms.choices?.count ?? 0)))
    }
    let isPerson = parts.allSatisfy { $0.joins == 0 }
    return .joined(
      ActivityJoined(
        request: self, organisation: joiner.organisation, occupation: occupation, day: asking.day,
        isPerson: isPerson, joins: joined.joins + 1, persons: joined.persons + (isPerson ? 1 : 0),
        reward: terms.reward, entry: joined.enter(asking.command), draw: try drawAtOnce(joined, asking)))
  }

  private func require(
    room terms: OpenActivity, _ parts: [Participation], on day: CivilDay
  ) throws(Undecided) {
    let joins = parts.reduce(0) { $0 + (terms.joinsPerDay == nil ? $1.joins : $1.joins(on: day)) }
    guard joins < terms.joinsPerDay ?? 1 else {
      throw .refused(
        Refusal(
          .activityLimitReached,
          [
            Refusal.Detail(name: "limit", value: .number(terms.joinsPerDay ?? 1)),
            Refusal.Detail(name: "period", value: .word(terms.joinsPerDay == nil ? "in all" : "a day")),
          ]))
    }
  }

  /// A draw over this one entry; nil when the activity draws nothing at once.
  private func drawAtOnce(_ joined: Activity, _ asking: Asking) throws(Undecided) -> InstantDraw? {
    guard let draw = joined.terms.draw, draw.kind == .instant else {
      if secret != nil { throw .refused(Refusal(.activityNothingToDraw)) }
      return nil
    }
    guard joined.left > 0 else { throw .refused(Refusal(.activityPoolEmpty, "left", 0)) }
    let number = joined.draws + 1
    let secret = try joined.require(secret, opening: number)
    let outcome = Draw(
      secret: secret, digest: ContentHash.noEntries.adding(asking.command), publicValue: nil)
    let (who, what) = outcome.numbers(1)
    var drawn = InstantDraw(draw: number, outcome: outcome.outcome, award: nil, left: joined.left)
    if draw.chancePerMillion.map({ who % 1_000_000 < UInt64($0) }) ?? true,
      let prize = Draw.prize(what, of: joined.prizes)
    {
      drawn.award = draw.award(prize)
      drawn.left -= 1
    }
    return drawn
  }
}

extension DrawActivity {
  fileprivate func decide(_ asking: Asking, _ view: View) throws(Undecided) -> ActivityEvent {
    let drawn = try view.knownActivity(activity)
    try view.require("the activity", since: drawn.since, at: asking.at)
    guard let terms = drawn.terms.draw, terms.kind == .closing else {
      throw .refused(Refusal(.activityNothingToDraw))
    }
    guard drawn.isClosed || drawn.terms.until <= asking.at else {
      throw .refused(Refusal(.activityNotOver, "until", drawn.terms.until.description))
    }
    if let latest = drawn.latest {
      try view.require("the activity's last entry, draw or end", since: latest, at: asking.at)
    }
    guard draw == drawn.draws + 1 else {
      throw .refused(Refusal(.activityDrawOutOfOrder, "expected", drawn.draws + 1))
    }
    let secret = try drawn.require(secret, opening: draw)
    let left = drawn.left
    guard left >= winners ?? 1 else { throw .refused(Refusal(.activityPoolEmpty, "left", left)) }
    let open = drawn.entries - drawn.awarded
    guard open >= winners ?? 1 else { throw .refused(Refusal(.activityTooFewEntries, "entries", open)) }
    let wanted = winners ?? min(left, open, Self.mostWinners)
    let outcome = Draw(secret: secret, digest: drawn.digest, publicValue: publicValue)
    let picked = try pick(wanted, outcome, drawn, terms, view)
    return .drawn(
      ActivityDrawn(
        request: self, entries: drawn.entries, digest: drawn.digest, outcome: outcome.outcome,
        winners: try view.settled(picked), left: left - wanted))
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

extension CloseActivity {
  fileprivate func decide(_ asking: Asking, _ view: View) throws(Undecided) -> ActivityEvent {
    let closing = try view.openActivity(activity, at: asking.at)
    if let latest = closing.latest {
      try view.require("the activity's last entry", since: latest, at: asking.at)
    }
    return .closed(ActivityClosed(request: self))
  }
}

extension OpenActivity {
  fileprivate var outsideWindow: Refusal {
    Refusal(
      .activityOutsideWindow,
      [
        Refusal.Detail(name: "from", value: .word(from.description)),
        Refusal.Detail(name: "until", value: .word(until.description)),
      ])
  }
}

extension ActivityDraw {
  fileprivate func award(_ id: PrizeID) -> Award {
    guard let prize = prize(id) else { return Award(prize: id) }
    return Award(prize: id, reward: prize.reward, memo: prize.memo, contributor: prize.contributor)
  }
}

extension Activity {
  /// The next entry; nil when there is no closing draw.
  fileprivate func enter(_ command: CommandID) -> EntryMade? {
    guard terms.draw?.kind == .closing else { return nil }
    return EntryMade(ordinal: entries + 1, digest: digest.adding(command))
  }

  /// The secret of a draw, which the last one or the commitment proves.
  fileprivate func require(_ secret: ContentHash?, opening draw: Int64) throws(Undecided) -> ContentHash {
    if let length = terms.draw?.draws, draw > length {
      throw .refused(Refusal(.activityChainEnded, "draws", length))
    }
    guard let secret, let last = self.secret, secret.opens(last) else {
      throw .refused(
        Refusal(
          .activitySecretWrong,
          [
            Refusal.Detail(name: "draw", value: .number(draw)),
            Refusal.Detail(name: "hash", value: .word(self.secret?.text ?? "")),
          ]))
    }
    return secret
  }
}

extension [PrizeStock] {
  fileprivate mutating func take(_ prize: PrizeID) {
    if let index = firstIndex(where: { $0.prize == prize }) { self[index].left -= 1 }
  }
}

extension View {
  /// The activity, open or closed.
  fileprivate func knownActivity(_ id: ActivityID) throws(Undecided) -> Activity {
    guard let activity = try activity(id) else {
      throw .refused(Refusal(.activityUnknown, "activity", id.text))
    }
    return activity
  }

  /// The activity, which must be opened by `instant` and not be closed.
  fileprivate func openActivity(_ id: ActivityID, at instant: Instant) throws(Undecided) -> Activity {
    let activity = try knownActivity(id)
    try require("the activity", since: activity.since, at: instant)
    guard !activity.isClosed else { throw .refused(Refusal(.activityClosed, "activity", id.text)) }
    return activity
  }

  /// What the member and those who were merged into it did in an activity.
  fileprivate func participations(
    in activity: ActivityID, of member: MemberID
  ) throws(Undecided) -> [Participation] {
    var parts: [Participation] = []
    for identity in try identities(of: member) {
      if let part = try participation(ActivityMember(activity, identity)) { parts.append(part) }
    }
    return parts
  }

  /// The occupation that lets the member in, where one is needed.
  fileprivate func requireAudience(
    _ terms: OpenActivity, _ joiner: Member, on day: CivilDay
  ) throws(Undecided) -> FreeText? {
    func outside(_ needs: String) -> Undecided { .refused(Refusal(.activityOutsideAudience, "needs", needs)) }
    let audience = terms.audience ?? ActivityAudience()
    if audience.verifiedOnly, !joiner.isVerified { throw outside("real-name verification") }
    let root = audience.organisation ?? terms.organisation
    guard try lineage(of: joiner.organisation).contains(root) else {
      throw outside("organisation " + root.text)
    }
    guard let occupations = audience.occupations else { return nil }
    guard let occupation = joiner.occupation(in: occupations, on: day) else {
      throw outside("occupation " + occupations.map(\.text).joined(separator: ", "))
    }
    return occupation
  }

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

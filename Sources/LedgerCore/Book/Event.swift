// The sum of all events: one case a benefit, and what every event tells: its entities, its legs, the command it
// answers. The envelope around an event is in Wire/EventRecord.

/// What happened.
///
/// What each case holds is boxed, here or in the sum of its benefit, because records are moved and copied more often
/// than they are looked into.
enum Event: Equatable, Sendable {
  case ledger(LedgerEvent)
  indirect case commandRefused(CommandRefused)
  case actor(ActorEvent)
  case organisation(OrganisationEvent)
  case station(StationEvent)
  case member(MemberEvent)
  case points(PointsEvent)
  case fund(FundEvent)
  case party(PartyEvent)
  case merchant(MerchantEvent)
  case payable(PayableEvent)
  case campaign(CampaignEvent)
  case coupon(CouponEvent)
  case activity(ActivityEvent)
  case gift(GiftEvent)
  case grant(GrantEvent)
  case approval(ApprovalEvent)
  case job(JobEvent)

  /// Every event type, in the order of the documentation.
  static let types: [any EventData.Type] =
    LedgerEvent.types + [CommandRefused.self] + ActorEvent.types + OrganisationEvent.types
    + StationEvent.types + MemberEvent.types + PointsEvent.types + FundEvent.types + PartyEvent.types
    + MerchantEvent.types + PayableEvent.types + CampaignEvent.types + CouponEvent.types + ActivityEvent.types
    + GiftEvent.types + GrantEvent.types + ApprovalEvent.types + JobEvent.types
  /// One blank of every event type, in the same order.
  static var blanks: [Event] { types.map { $0.init().asEvent() } }

  var type: EventType { dataType.type }

  /// What it holds.
  var dataType: any EventData.Type {
    switch self {
    case .ledger(let event): event.dataType
    case .commandRefused: CommandRefused.self
    case .actor(let event): event.dataType
    case .organisation(let event): event.dataType
    case .station(let event): event.dataType
    case .member(let event): event.dataType
    case .points(let event): event.dataType
    case .fund(let event): event.dataType
    case .party(let event): event.dataType
    case .merchant(let event): event.dataType
    case .payable(let event): event.dataType
    case .campaign(let event): event.dataType
    case .coupon(let event): event.dataType
    case .activity(let event): event.dataType
    case .gift(let event): event.dataType
    case .grant(let event): event.dataType
    case .approval(let event): event.dataType
    case .job(let event): event.dataType
    }
  }

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    switch self {
    case .ledger(let event): try io.walk(event) { self = .ledger($0) }
    case .commandRefused(let event): try io.walk(event) { self = .commandRefused($0) }
    case .actor(let event): try io.walk(event) { self = .actor($0) }
    case .organisation(let event): try io.walk(event) { self = .organisation($0) }
    case .station(let event): try io.walk(event) { self = .station($0) }
    case .member(let event): try io.walk(event) { self = .member($0) }
    case .points(let event): try io.walk(event) { self = .points($0) }
    case .fund(let event): try io.walk(event) { self = .fund($0) }
    case .party(let event): try io.walk(event) { self = .party($0) }
    case .merchant(let event): try io.walk(event) { self = .merchant($0) }
    case .payable(let event): try io.walk(event) { self = .payable($0) }
    case .campaign(let event): try io.walk(event) { self = .campaign($0) }
    case .coupon(let event): try io.walk(event) { self = .coupon($0) }
    case .activity(let event): try io.walk(event) { self = .activity($0) }
    case .gift(let event): try io.walk(event) { self = .gift($0) }
    case .grant(let event): try io.walk(event) { self = .grant($0) }
    case .approval(let event): try io.walk(event) { self = .approval($0) }
    case .job(let event): try io.walk(event) { self = .job($0) }
    }
  }

  /// The command whose first event this is, rebuilt; nil for what was merely due and for what follows.
  var request: CommandBody? {
    switch self {
    case .ledger(let event): .ledger(event.request)
    case .commandRefused(let event): event.request
    case .actor(let event): .actor(event.request)
    case .organisation(let event): .organisation(event.request)
    case .station(let event): .station(event.request)
    case .member(let event): .member(event.request)
    case .points(let event): event.request.map(CommandBody.points)
    case .fund(let event): event.request.map(CommandBody.fund)
    case .party(let event): event.request.map(CommandBody.party)
    case .merchant(let event): event.request.map(CommandBody.merchant)
    case .payable(let event): event.request.map(CommandBody.payable)
    case .campaign(let event): event.request.map(CommandBody.campaign)
    case .coupon(let event): event.request.map(CommandBody.coupon)
    case .activity(let event): .activity(event.request)
    case .gift(let event): event.request.map(CommandBody.gift)
    case .grant(let event): event.request.map(CommandBody.grant)
    case .approval(let event): .approval(event.request)
    case .job(let event): event.request
    }
  }

  /// The entities whose history this event belongs to: the record points to the previous event of each.
  var subjects: [EntityKey] {
    switch self {
    case .ledger(let event):
      if case .opened(let event) = event { [.ledger, .actor(event.request.owner)] } else { [.ledger] }
    case .commandRefused: []
    case .actor(let event): [.actor(event.actor)]
    case .organisation(let event): [.organisation(event.organisation)]
    case .station(let event): [.station(event.station)]
    case .member(let event): [.member(event.member)] + (event.other.map { [.member($0)] } ?? [])
    case .points(let event):
      if case .ruleDefined(let event) = event {
        [.rule(event.request.rule)]
      } else if case .merged(let event) = event {
        [.wallet(event.member), .wallet(event.into)]
      } else {
        event.member.map { [.wallet($0)] } ?? []
      }
    case .fund(let event): event.subjects
    case .party(let event): event.subjects
    case .merchant(let event): event.subjects
    case .payable(let event): event.subjects
    case .campaign(let event): event.subjects
    case .coupon(let event): event.subjects
    case .activity(let event): event.subjects
    case .gift(let event): event.subjects
    case .grant(let event): event.subjects
    case .approval(let event): [.approval(event.approval)]
    case .job(let event): [.job(event.job)]
    }
  }

  /// Every entity that this event changes, each once.
  func touches(_ legs: [Leg], _ visit: (EntityKey) -> Void) {
    switch self {
    case .ledger(let event):
      visit(.ledger)
      if case .opened(let event) = event { visit(.actor(event.request.owner)) }
    case .commandRefused: break
    case .actor(let event): visit(.actor(event.actor))
    case .organisation(let event):
      visit(.organisation(event.organisation))
      event.parent.map { visit(.organisation($0)) }
    case .station(let event):
      visit(.station(event.station))
      event.organisationOpenedIn.map { visit(.openStations($0)) }
    case .member(let event):
      visit(.member(event.member))
      event.other.map { visit(.member($0)) }
      event.organisationJoined.map { visit(.organisation($0)) }
      event.organisationLeft.map { visit(.organisation($0)) }
    case .points(let event):
      event.member.map { visit(.wallet($0)) }
      event.other.map { visit(.wallet($0)) }
      event.rule.map { visit(.rule($0)) }
    case .fund(let event): visitOwn(event.entities, legs, visit)
    case .party(let event): visitOwn(event.entities, legs, visit)
    case .merchant(let event): visitOwn(event.entities, legs, visit)
    case .payable(let event): visitOwn(event.entities, legs, visit)
    case .campaign(let event): visitOwn(event.entities, legs, visit)
    case .coupon(let event): visitOwn(event.entities, legs, visit)
    case .activity(let event): visitOwn(event.entities, legs, visit)
    case .gift(let event): visitOwn(event.entities, legs, visit)
    case .grant(let event): visitOwn(event.entities, legs, visit)
    case .approval(let event): visit(.approval(event.approval))
    case .job(let event):
      visit(.job(event.job))
      if event.dayClosed != nil { visit(.ledger) }
    }
    for index in legs.indices {
      let entity = legs[index].account.entity
      if !legs[..<index].contains(where: { $0.account.entity == entity }) { visit(entity) }
    }
  }

  /// Entities that an event changes by itself; those that its legs change too are visited with these.
  private func visitOwn(_ entities: [EntityKey], _ legs: [Leg], _ visit: (EntityKey) -> Void) {
    for entity in entities where !legs.contains(where: { $0.account.entity == entity }) { visit(entity) }
  }

  /// Every entity that this event changes, each once.
  var touched: [EntityKey] {
    var keys: [EntityKey] = []
    touches(legs) { keys.append($0) }
    return keys
  }

  /// Which of `count` parts of a replay fold this event.
  ///
  /// Members and wallets are spread over the parts. Actors, organisations, rules, approvals and jobs are few and their
  /// own events rare, so every part knows them; what members do to them only adds (`Book.merge`). What is about money,
  /// coupons, activities and stations only the first part knows.
  func parts(of count: Int) -> ReplayParts {
    switch self {
    case .ledger, .actor, .organisation, .approval, .job: .every
    case .commandRefused, .station: .one(0)
    case .fund, .party, .merchant, .payable, .campaign, .coupon, .activity, .gift, .grant: .one(0)
    case .member(let event): ReplayParts(event.member, event.other, of: count)
    case .points(let event): event.member.map { ReplayParts($0, event.other, of: count) } ?? .every
    }
  }

  /// Its double entry (L5): amounts by account that sum to zero.
  var legs: [Leg] {
    switch self {
    case .points(let event): event.legs
    case .fund(let event): event.legs
    case .party(let event): event.legs
    case .merchant(let event): event.legs
    case .payable(let event): event.legs
    case .campaign(let event): event.legs
    case .coupon(let event): event.legs
    case .activity(let event): event.legs
    case .gift(let event): event.legs
    case .grant(let event): event.legs
    case .ledger, .commandRefused, .actor, .organisation, .station, .member, .approval, .job: []
    }
  }

  /// What a receipt tells of it.
  var answer: [Answer] {
    switch self {
    case .points(let event): event.answer
    case .fund(let event): event.answer
    case .party(let event): event.answer
    case .merchant(let event): event.answer
    case .payable(let event): event.answer
    case .campaign(let event): event.answer
    case .coupon(let event): event.answer
    case .activity(let event): event.answer
    case .gift(let event): event.answer
    case .grant(let event): event.answer
    case .job(let event): event.answer
    case .station(let event): event.answer
    case .ledger, .commandRefused, .actor, .organisation, .member, .approval: []
    }
  }

  /// The refusal it records, if it is one.
  var refusal: Refusal? {
    if case .commandRefused(let event) = self { event.refusal } else { nil }
  }

  /// The opening it records, if it is one.
  var opening: OpenLedger? {
    if case .ledger(.opened(let event)) = self { event.request } else { nil }
  }
}

/// Which parts of a replay fold an event.
package enum ReplayParts: Equatable, Sendable {
  /// An event about what every part knows.
  case every
  case one(Int8)
  /// An event about two members that different parts keep: each part folds what it keeps.
  case two(Int8, Int8)

  init(_ member: MemberID, _ other: MemberID?, of count: Int) {
    let first = Int8(member.spread % count)
    let second = other.map { Int8($0.spread % count) } ?? first
    self = first == second ? .one(first) : .two(first, second)
  }

  package func include(_ part: Int) -> Bool {
    switch self {
    case .every: true
    case .one(let only): only == part
    case .two(let first, let second): first == part || second == part
    }
  }

  /// The one of these parts that counts what is to be counted once.
  package var counting: Int {
    switch self {
    case .every: 0
    case .one(let only): Int(only)
    case .two(let first, _): Int(first)
    }
  }
}

/// A balance or figure that a receipt tells, after the command.
public struct Answer: Equatable, Sendable {
  public let name: String
  public let value: Int64

  init(_ name: String, _ points: Points) { self.init(name, count: points.count) }
  init(_ name: String, _ sum: Fen) { self.init(name, count: sum.count) }
  init(_ name: String, count: Int64) {
    self.name = name
    value = count
  }
}

// Members, organisations, stations and actors of a mixed history, and how it begins. What members own is in the benefits'
// own files.

@testable import LedgerCore

extension MixedGenerator {
  /// What everything needs: actors, organisations, members, rules, stations, merchants, and funds with money.
  mutating func opening() -> [Command] {
    let day = today.adding(days: -30)
    var bodies: [CommandBody] = []
    for (actor, roles) in Self.roles {
      bodies.append(.actor(.register(RegisterActor(actor: actor))))
      for role in roles {
        bodies.append(
          .actor(
            .grantRole(
              GrantRole(
                actor: actor, role: role, organisation: actor == .named("local") ? .named("c1") : nil,
                from: day))))
      }
    }
    // The actors' own organisation comes before the role over it.
    let tree: [(OrganisationID, OrganisationID?)] = [
      (.named("p"), nil), (.named("c1"), .named("p")), (.named("c2"), .named("p")),
      (.named("c1b"), .named("c1")),
    ]
    bodies.insert(
      contentsOf: tree.map { .organisation(.register(RegisterOrganisation(organisation: $0, parent: $1))) },
      at: 0)
    bodies.append(.ledger(.setLimits(SetLimits(adjustment: Points(count: 5), reversal: Points(count: 5)))))
    for (index, organisation) in Self.organisations.enumerated() {
      for person in 0..<2 {
        bodies.append(
          .member(.enrol(EnrolMember(member: .named("m-\(index)\(person)"), organisation: organisation))))
      }
      bodies.append(
        .station(
          .open(
            OpenStation(
              station: .named("s-\(index).named("), organisation: organisation, number: .named(")1")))))
      bodies.append(
        .merchant(.register(RegisterMerchant(merchant: .named("k-\(index)"), organisation: organisation))))
      bodies.append(
        .fund(
          .open(
            OpenFund(
              fund: .named("f-\(index)"), organisation: organisation,
              purposes: index == 2 ? [.named("heat"), .named("visit")] : nil, from: day,
              alarmBelow: Fen(count: 20_000)))))
      bodies.append(.fund(.receive(ReceiveFund(fund: .named("f-\(index)"), amount: Fen(count: 60_000)))))
    }
    bodies.append(.party(.register(RegisterParty(party: .named("donor"), kind: .donor))))
    for rule in Self.rules { bodies.append(.points(.defineRule(definition(of: rule, 1, from: day)))) }
    return bodies.map { body in
      let first = body.type.roles.contains(.owner) ? Self.owner : .named("clerk")
      let actor =
        body.type.roles.contains(.owner) || body.type.roles.contains(.operator) ? first : .named("treasurer")
      var command = command(body, by: actor)
      command.at = now
      return command
    }
  }

  private static let roles: [(ActorID, [Role])] = [
    (.named("app"), [.service]), (keeper, [.service]), (.named("clerk"), [.operator]),
    (.named("treasurer"), [.finance]),
    (.named("chief"), [.approver]),
    (.named("local"), [.operator, .finance]),
  ]

  mutating func people() -> CommandBody? {
    let member = someMember()
    switch random.number(0...29) {
    case 0...3:
      guard count(of: \.members) < 24 else { return nil }
      return .member(
        .enrol(EnrolMember(member: .named(fresh("m")), organisation: someOrganisation())))
    case 4...6:
      guard count(of: \.members) < 24 else { return nil }
      return .member(
        .enrol(
          EnrolMember(
            member: .named(fresh("g")), organisation: someOrganisation(),
            credential: Credential(kind: .named("permit.named("), seenBy: .named(")booth")))))
    case 7...8: return .member(.verify(VerifyMember(member: member)))
    case 9...12:
      return .member(
        .startFact(
          StartFact(
            member: member, fact: .named(fresh("fact")), kind: .occupation,
            value: random.one(of: Self.occupations), from: today.adding(days: -random.number(0...3)),
            until: random.chance(40) ? today.adding(days: random.number(1...20)) : nil)))
    case 13:
      guard let (id, state) = one(of: \.members, where: { !$0.facts.isEmpty }) else { return nil }
      return .member(.endFact(EndFact(member: id, fact: random.one(of: state.facts).fact, until: today)))
    case 14...15:
      return .member(
        .declareRelative(
          DeclareRelative(
            member: member, relative: someMember(), kind: random.one(of: RelativeKind.allCases),
            dependant: random.chance(50), from: today, until: nil)))
    case 16...17:
      guard let (id, state) = one(of: \.members, where: { !$0.relatives.isEmpty }) else { return nil }
      return .member(
        .endRelative(
          EndRelative(
            member: id, relative: random.one(of: state.relatives).relative, until: today.adding(days: 1))))
    case 18...21:
      return .member(.transfer(TransferMember(member: member, organisation: someOrganisation())))
    case 22...23:
      return .member(.leave(LeaveMember(member: member, points: random.chance(60) ? .keep : .forfeit)))
    case 24...26:
      guard let (id, _) = one(of: \.members, where: { $0.left != nil }) else { return nil }
      return .member(.rejoin(RejoinMember(member: id, organisation: someOrganisation())))
    default:
      guard let (id, _) = one(of: \.members, where: { $0.isProvisional && $0.merged == nil }) else {
        return nil
      }
      return .member(.merge(MergeMember(member: id, into: member)))
    }
  }

  mutating func places() -> CommandBody? {
    switch random.number(0...19) {
    case 0...1:
      guard count(of: \.organisations, where: { !$0.isClosed }) < 9 else { return nil }
      return .organisation(
        .register(RegisterOrganisation(organisation: .named(fresh("o")), parent: someOrganisation())))
    case 2:
      return .organisation(.rename(RenameOrganisation(organisation: someOrganisation(), name: .named("工会"))))
    case 3:
      let isEmpty = { (state: Organisation) in !state.isClosed && state.members == 0 && state.children == 0 }
      return .organisation(
        .close(CloseOrganisation(organisation: one(of: \.organisations, where: isEmpty)?.id ?? .named("p"))))
    case 4...5:
      guard count(of: \.stations, where: { !$0.isClosed }) < 9 else { return nil }
      return .station(
        .open(
          OpenStation(
            station: .named(fresh("s")), organisation: someOrganisation(),
            number: .named("\(random.number(1...5))"))))
    case 6:
      guard count(of: \.stations, where: { !$0.isClosed }) > 3,
        let (id, _) = one(of: \.stations, where: { !$0.isClosed })
      else { return nil }
      return .station(.close(CloseStation(station: id)))
    case 7...9:
      guard let (id, _) = one(of: \.stations, where: { !$0.isClosed }) else { return nil }
      return .station(
        .recordVisits(
          RecordVisits(
            station: id, day: today.adding(days: -random.number(0...2)), visits: Int64(random.number(1...9))))
      )
    case 10...11:
      guard let count = accepted.counts.suffix(6).randomElement(using: &random) else { return nil }
      return .station(
        .correctVisits(
          CorrectVisits(
            station: count.station, recording: count.id, visits: Int64(random.number(0...9)),
            reason: .named("counted wrongly"))))
    case 12: return .actor(.register(RegisterActor(actor: .named(fresh("a")))))
    case 13...15:
      guard let (id, _) = one(of: \.actors, where: { $0.roles.allSatisfy { $0.until != nil } }) else {
        return nil
      }
      return .actor(
        .grantRole(
          GrantRole(actor: id, role: .auditor, organisation: someOrganisation(), from: today)))
    default:
      guard
        let (id, state) = one(
          of: \.actors, where: { $0.roles.contains { $0.role == .auditor && $0.until == nil } }),
        let role = state.roles.first(where: { $0.until == nil })
      else { return nil }
      return .actor(
        .revokeRole(
          RevokeRole(
            actor: id, role: .auditor, organisation: role.organisation, until: today.adding(days: 1))))
    }
  }
}

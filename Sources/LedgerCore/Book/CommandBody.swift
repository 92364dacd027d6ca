// The sum of all commands: one case a benefit. A command with its envelope is in Wire/Command.

/// What a command asks for.
public enum CommandBody: Equatable, Fielded {
  case ledger(LedgerCommand)
  case actor(ActorCommand)
  case organisation(OrganisationCommand)
  case station(StationCommand)
  case member(MemberCommand)
  case points(PointsCommand)
  case fund(FundCommand)
  case party(PartyCommand)
  case merchant(MerchantCommand)
  case payable(PayableCommand)
  case campaign(CampaignCommand)
  case coupon(CouponCommand)
  case activity(ActivityCommand)
  case gift(GiftCommand)
  case grant(GrantCommand)
  case approval(ApprovalCommand)
  case job(JobCommand)

  /// One blank of every command type, in the order of the documentation.
  static let blanks: [CommandBody] =
    LedgerCommand.blanks.map(CommandBody.ledger) + ActorCommand.blanks.map(CommandBody.actor)
    + OrganisationCommand.blanks.map(CommandBody.organisation)
    + StationCommand.blanks.map(CommandBody.station) + MemberCommand.blanks.map(CommandBody.member)
    + PointsCommand.blanks.map(CommandBody.points)
    + FundCommand.blanks.map(CommandBody.fund)
    + PartyCommand.blanks.map(CommandBody.party)
    + MerchantCommand.blanks.map(CommandBody.merchant)
    + PayableCommand.blanks.map(CommandBody.payable)
    + CampaignCommand.blanks.map(CommandBody.campaign)
    + CouponCommand.blanks.map(CommandBody.coupon)
    + ActivityCommand.blanks.map(CommandBody.activity)
    + GiftCommand.blanks.map(CommandBody.gift)
    + GrantCommand.blanks.map(CommandBody.grant) + ApprovalCommand.blanks.map(CommandBody.approval)
    + JobCommand.blanks.map(CommandBody.job)

  private static let blanksByName: [String: CommandBody] = Dictionary(
    uniqueKeysWithValues: blanks.map { ($0.type.name, $0) })

  /// The blank of a type; nil when there is no such type.
  static func blank(_ type: String) -> CommandBody? { blanksByName[type] }

  public var type: CommandType {
    switch self {
    case .ledger(let command): command.type
    case .actor(let command): command.type
    case .organisation(let command): command.type
    case .station(let command): command.type
    case .member(let command): command.type
    case .points(let command): command.type
    case .fund(let command): command.type
    case .party(let command): command.type
    case .merchant(let command): command.type
    case .payable(let command): command.type
    case .campaign(let command): command.type
    case .coupon(let command): command.type
    case .activity(let command): command.type
    case .gift(let command): command.type
    case .grant(let command): command.type
    case .approval(let command): command.type
    case .job(let command): command.type
    }
  }

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    switch self {
    case .ledger(let command): try io.walk(command) { self = .ledger($0) }
    case .actor(let command): try io.walk(command) { self = .actor($0) }
    case .organisation(let command): try io.walk(command) { self = .organisation($0) }
    case .station(let command): try io.walk(command) { self = .station($0) }
    case .member(let command): try io.walk(command) { self = .member($0) }
    case .points(let command): try io.walk(command) { self = .points($0) }
    case .fund(let command): try io.walk(command) { self = .fund($0) }
    case .party(let command): try io.walk(command) { self = .party($0) }
    case .merchant(let command): try io.walk(command) { self = .merchant($0) }
    case .payable(let command): try io.walk(command) { self = .payable($0) }
    case .campaign(let command): try io.walk(command) { self = .campaign($0) }
    case .coupon(let command): try io.walk(command) { self = .coupon($0) }
    case .activity(let command): try io.walk(command) { self = .activity($0) }
    case .gift(let command): try io.walk(command) { self = .gift($0) }
    case .grant(let command): try io.walk(command) { self = .grant($0) }
    case .approval(let command): try io.walk(command) { self = .approval($0) }
    case .job(let command): try io.walk(command) { self = .job($0) }
    }
  }

  /// As a refusal keeps it, and as a repeat of a refused command is compared: without the secret of a draw that was not
  /// made, also of one that somebody wanted to wait.
  package var withSealedSecret: CommandBody {
    if case .activity(let command) = self { return .activity(command.withSealedSecret) }
    guard case .approval(.open(var data)) = self else { return self }
    data.request = data.request.withSealedSecret
    return .approval(.open(data))
  }

  /// The wallets it touches: what is due on them is applied before it.
  func wallets(_ view: View) throws(Undecided) -> [MemberID] {
    switch self {
    case .approval(.grant(let data)): try view.knownApproval(data.approval).request.wallets(view)
    case .approval, .job(.closeDay), .job(.finish): []
    case .job(.advance(let data)):
      try view.job(data.job)?.request.campaignToGrant == nil ? data.members : []
    case .ledger, .actor, .organisation, .station: []
    case .fund, .party, .merchant, .payable, .campaign, .coupon, .activity, .gift, .grant: []
    case .member(let command):
      switch command {
      case .transfer(let data): [data.member]
      case .leave(let data): [data.member]
      case .rejoin(let data): [data.member]
      case .merge(let data): [data.member, data.into]
      case .enrol, .verify, .startFact, .endFact, .declareRelative, .endRelative: []
      }
    case .points(let command): command.member.map { [$0] } ?? []
    }
  }

  /// The coupons it touches: what is due on them is applied before it.
  func couponHoldings(_ view: View) throws(Undecided) -> [CampaignMember] {
    switch self {
    case .coupon(let command): try command.holdings(view)
    case .job(.advance(let data)):
      if let campaign = try view.job(data.job)?.request.campaignToGrant {
        data.members.map { CampaignMember(campaign, $0) }
      } else {
        data.holdings?.map(\.holding) ?? []
      }
    case .approval(.grant(let data)): try view.knownApproval(data.approval).request.couponHoldings(view)
    case .member(.merge(let data)):
      try view.couponHoldings(of: data.member).flatMap { [$0, CampaignMember($0.first, data.into)] }
    case .ledger, .actor, .organisation, .station, .member, .points, .fund, .party, .merchant, .payable,
      .campaign, .activity, .gift, .grant, .approval, .job:
      []
    }
  }
}

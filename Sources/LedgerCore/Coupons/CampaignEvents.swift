// What happened to campaigns of coupons. State and evolve are in Campaign.

struct CampaignDrafted: EventData {
  var request = DraftCampaign()
  /// Who may not approve it.
  var author: ActorID = .blank
  static let type = EventType("campaign.drafted", "A version of a campaign's terms is written down.")
  consuming func asEvent() -> Event { .campaign(.drafted(self)) }
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try request.fields(&io)
    try io.field("author", &author, "who may not approve it")
  }
}

struct CampaignSubmitted: EventData {
  var request = SubmitCampaign()
  static let type = EventType("campaign.submitted", "A version of a campaign waits for an approver.")
  consuming func asEvent() -> Event { .campaign(.submitted(self)) }
  mutating func fields(_ io: inout some RecordIO) throws(WireError) { try request.fields(&io) }
}

struct CampaignApproved: EventData {
  var request = ApproveCampaign()
  var approver: ActorID = .blank
  static let type = EventType("campaign.approved", "Somebody else than its author approves a version.")
  consuming func asEvent() -> Event { .campaign(.approved(self)) }
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try request.fields(&io)
    try io.field("approver", &approver)
  }
}

struct CampaignPublished: EventData {
  var request = PublishCampaign()
  /// Whose funds pay, in the order of the terms.
  var organisations: [OrganisationID] = []
  /// What the payers set aside more than before.
  var committed: [FundShare] = []
  /// What the payers need not set aside any more.
  var released: [FundShare] = []
  /// What can be granted on, after this event.
  var free: Fen = .zero
  /// Whether that is too little for a coupon, or the total is taken.
  var exhausted = false
  static let type = EventType(
    "campaign.published",
    "A version grants from now on; its budget, or the difference to the last, is committed.")
  consuming func asEvent() -> Event { .campaign(.published(self)) }
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try request.fields(&io)
    try io.field("organisations", &organisations, "whose funds pay, in the order of the terms")
    try io.field("committed", &committed, "what the payers set aside more than before")
    try io.field("released", &released, "what the payers need not set aside any more")
    try io.field("freeFen", &free, "neither reserved nor spent, after this event")
    try io.field("exhausted", &exhausted, "whether nothing can be granted all the same")
  }
}

struct CampaignPaused: EventData {
  var request = PauseCampaign()
  static let type = EventType("campaign.paused", "No coupon of a campaign is granted or used for a time.")
  consuming func asEvent() -> Event { .campaign(.paused(self)) }
  mutating func fields(_ io: inout some RecordIO) throws(WireError) { try request.fields(&io) }
}

struct CampaignResumed: EventData {
  var request = ResumeCampaign()
  static let type = EventType("campaign.resumed", "A paused campaign goes on.")
  consuming func asEvent() -> Event { .campaign(.resumed(self)) }
  mutating func fields(_ io: inout some RecordIO) throws(WireError) { try request.fields(&io) }
}

struct CampaignClosed: EventData {
  var request = CloseCampaign()
  /// What was free, and is its funds' again.
  var released: [FundShare] = []
  /// What open coupons keep.
  var reserved: Fen = .zero
  static let type = EventType(
    "campaign.closed", "A campaign grants nothing any more, and what was free is its funds' again.")
  consuming func asEvent() -> Event { .campaign(.closed(self)) }
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try request.fields(&io)
    try io.field("released", &released, "what was free, and is its funds' again")
    try io.field("reservedFen", &reserved, "what open coupons keep until they end")
  }
}

struct CodesImported: EventData {
  var request = ImportCodes()
  static let type = EventType("campaign.codes-imported", "Codes of a third party can be claimed with.")
  consuming func asEvent() -> Event { .campaign(.codesImported(self)) }
  mutating func fields(_ io: inout some RecordIO) throws(WireError) { try request.fields(&io) }
}

/// The sum of the above.
indirect enum CampaignEvent: Equatable, Fielded {
  case drafted(CampaignDrafted)
  case submitted(CampaignSubmitted)
  case approved(CampaignApproved)
  case published(CampaignPublished)
  case paused(CampaignPaused)
  case resumed(CampaignResumed)
  case closed(CampaignClosed)
  case codesImported(CodesImported)

  static var types: [any EventData.Type] {
    [
      CampaignDrafted.self, CampaignSubmitted.self, CampaignApproved.self, CampaignPublished.self,
      CampaignPaused.self, CampaignResumed.self, CampaignClosed.self, CodesImported.self,
    ]
  }

  var dataType: any EventData.Type {
    switch self {
    case .drafted: CampaignDrafted.self
    case .submitted: CampaignSubmitted.self
    case .approved: CampaignApproved.self
    case .published: CampaignPublished.self
    case .paused: CampaignPaused.self
    case .resumed: CampaignResumed.self
    case .closed: CampaignClosed.self
    case .codesImported: CodesImported.self
    }
  }

  /// The command that this event answers.
  var command: CampaignCommand {
    switch self {
    case .drafted(let event): .draft(event.request)
    case .submitted(let event): .submit(event.request)
    case .approved(let event): .approve(event.request)
    case .published(let event): .publish(event.request)
    case .paused(let event): .pause(event.request)
    case .resumed(let event): .resume(event.request)
    case .closed(let event): .close(event.request)
    case .codesImported(let event): .importCodes(event.request)
    }
  }

  /// The command that this event answers: none of these is merely due.
  var request: CampaignCommand? { command }

  /// The entities of this benefit that it changes, each once, beside those that its legs change.
  var entities: [EntityKey] {
    var keys: [EntityKey] = [.campaign(command.campaign)]
    if case .codesImported(let event) = self { keys += event.request.codeHashes.map(EntityKey.couponCode) }
    return keys
  }

  /// The entities whose history it belongs to.
  var subjects: [EntityKey] { [.campaign(command.campaign)] }

  /// The entry of this event: money is set aside for the campaign, or no longer.
  var legs: [Leg] {
    switch self {
    case .published(let event):
      event.committed.legs(from: .available, to: .committed)
        + event.released.legs(from: .committed, to: .available)
    case .closed(let event): event.released.legs(from: .committed, to: .available)
    case .drafted, .submitted, .approved, .paused, .resumed, .codesImported: []
    }
  }

  /// What a receipt tells of it.
  var answer: [Answer] {
    switch self {
    case .published(let event): [Answer("freeFen", event.free)]
    case .closed(let event):
      [Answer("releasedFen", event.released.total), Answer("reservedFen", event.reserved)]
    case .codesImported(let event): [Answer("codes", count: Int64(event.request.codeHashes.count))]
    case .drafted, .submitted, .approved, .paused, .resumed: []
    }
  }

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    switch self {
    case .drafted(let event): try io.walk(event) { self = .drafted($0) }
    case .submitted(let event): try io.walk(event) { self = .submitted($0) }
    case .approved(let event): try io.walk(event) { self = .approved($0) }
    case .published(let event): try io.walk(event) { self = .published($0) }
    case .paused(let event): try io.walk(event) { self = .paused($0) }
    case .resumed(let event): try io.walk(event) { self = .resumed($0) }
    case .closed(let event): try io.walk(event) { self = .closed($0) }
    case .codesImported(let event): try io.walk(event) { self = .codesImported($0) }
    }
  }
}

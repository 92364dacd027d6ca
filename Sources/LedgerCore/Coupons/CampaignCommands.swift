// What can be asked about campaigns of coupons (C1, C4, C12). Decisions are in CampaignDecide.

/// Drafts a version of a campaign.
public struct DraftCampaign: CommandData {
  public var campaign: CampaignID = .blank
  /// 1 for a new campaign, then one more each time.
  public var version: Int64 = 1
  public var terms = CampaignTerms()

  init() {}
  public init(campaign: CampaignID, version: Int64 = 1, terms: CampaignTerms) {
    self.campaign = campaign
    self.version = version
    self.terms = terms
  }

  static let type = CommandType(
    "campaign.draft", by: [.operator],
    refusals: [
      .organisationClosed, .campaignClosed, .timeBeforeCause, .campaignVersionOutOfOrder,
      .campaignVersionDiffers, .campaignEmptyWindow, .campaignAudienceOutside, .campaignUnknown,
      .campaignNotAPart,
    ],
    "Drafts a version of a campaign; a later draft replaces one that is not published yet.")

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("campaign", &campaign)
    try io.field("version", &version, in: 1...1_000, "1 for a new campaign, then one more each time")
    try io.field("terms", &terms)
  }
}

/// Names a version of a campaign, to move it one stage on.
public struct SubmitCampaign: CommandData {
  public var campaign: CampaignID = .blank
  public var version: Int64 = 1

  init() {}
  public init(campaign: CampaignID, version: Int64 = 1) {
    self.campaign = campaign
    self.version = version
  }

  static let type = CommandType(
    "campaign.submit", by: [.operator], refusals: CampaignStep.refusals,
    "Puts a drafted version before an approver.")

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("campaign", &campaign)
    try io.field("version", &version, in: 1...1_000, "the newest")
  }
}

/// Approves a version of a campaign.
public struct ApproveCampaign: CommandData {
  public var campaign: CampaignID = .blank
  public var version: Int64 = 1

  init() {}
  public init(campaign: CampaignID, version: Int64 = 1) {
    self.campaign = campaign
    self.version = version
  }

  static let type = CommandType(
    "campaign.approve", by: [.approver], refusals: CampaignStep.refusals + [.campaignOwnApproval],
    "Approves a submitted version; not by its author.")

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("campaign", &campaign)
    try io.field("version", &version, in: 1...1_000, "the newest")
  }
}

/// Makes an approved version the one that grants.
public struct PublishCampaign: CommandData {
  public var campaign: CampaignID = .blank
  public var version: Int64 = 1

  init() {}
  public init(campaign: CampaignID, version: Int64 = 1) {
    self.campaign = campaign
    self.version = version
  }

  static let type = CommandType(
    "campaign.publish", by: [.operator, .finance],
    refusals: CampaignStep.refusals + [
      .campaignBudgetBelowUsed, .fundUnknown, .fundClosed, .fundOutsideWindow, .fundPurposeNotCovered,
      .fundBalanceTooLow, .fundTooManyReceipts,
    ],
    "Makes an approved version the one that grants, and commits its budget on the payers' funds, or the difference."
  )

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("campaign", &campaign)
    try io.field("version", &version, in: 1...1_000, "the newest")
  }
}

/// Stops a campaign for a time.
public struct PauseCampaign: CommandData {
  public var campaign: CampaignID = .blank
  public var reason: FreeText?

  init() {}
  public init(campaign: CampaignID, reason: FreeText? = nil) {
    self.campaign = campaign
    self.reason = reason
  }

  static let type = CommandType(
    "campaign.pause", by: [.operator],
    refusals: [.campaignUnknown, .timeBeforeCause, .campaignNotPublished],
    "Stops a campaign for a time: none of its coupons is granted or used.")

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("campaign", &campaign)
    try io.field("reason", &reason)
  }
}

/// Lets a paused campaign go on.
public struct ResumeCampaign: CommandData {
  public var campaign: CampaignID = .blank

  init() {}
  public init(campaign: CampaignID) { self.campaign = campaign }

  static let type = CommandType(
    "campaign.resume", by: [.operator],
    refusals: [.campaignUnknown, .timeBeforeCause, .campaignNotPaused],
    "Lets a paused campaign go on.")

  mutating func fields(_ io: inout some RecordIO) throws(WireError) { try io.field("campaign", &campaign) }
}

/// Ends a campaign.
public struct CloseCampaign: CommandData {
  public var campaign: CampaignID = .blank
  public var reason: FreeText?

  init() {}
  public init(campaign: CampaignID, reason: FreeText? = nil) {
    self.campaign = campaign
    self.reason = reason
  }

  static let type = CommandType(
    "campaign.close", by: [.operator],
    refusals: [.campaignUnknown, .timeBeforeCause, .campaignClosed],
    "Ends a campaign and releases what is free; open coupons keep what they reserved, standing ones end.")

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("campaign", &campaign)
    try io.field("reason", &reason)
  }
}

/// Puts codes of a third party into a campaign's pool.
public struct ImportCodes: CommandData {
  public var campaign: CampaignID = .blank
  /// The SHA-256 of the file they came in.
  public var fileHash: ContentHash = .blank
  /// The SHA-256 of each code.
  public var codeHashes: [ContentHash] = []

  init() {}
  public init(campaign: CampaignID, fileHash: ContentHash, codeHashes: [ContentHash]) {
    self.campaign = campaign
    self.fileHash = fileHash
    self.codeHashes = codeHashes
  }

  static let type = CommandType(
    "campaign.import-codes", by: [.operator],
    refusals: [
      .campaignUnknown, .timeBeforeCause, .campaignClosed, .campaignWithoutPool, .couponCodesRepeated,
      .couponCodesKnown,
    ],
    "Puts codes of a third party into a campaign's pool, by their hashes; all or none.")

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("campaign", &campaign)
    try io.field("fileHash", &fileHash, "of the file they came in")
    try io.field("codeHashes", &codeHashes, "1 to 500")
    try io.expect(!codeHashes.isEmpty, "codeHashes", "at least one code")
  }
}

/// What moving a version of a campaign one stage on has in common.
private enum CampaignStep {
  static let refusals: [Refusal.Code] = [
    .campaignUnknown, .campaignClosed, .campaignVersionOutOfOrder, .timeBeforeCause, .campaignWrongStage,
  ]
}

/// The sum of the above.
public enum CampaignCommand: Equatable, Fielded {
  case draft(DraftCampaign)
  case submit(SubmitCampaign)
  case approve(ApproveCampaign)
  case publish(PublishCampaign)
  case pause(PauseCampaign)
  case resume(ResumeCampaign)
  case close(CloseCampaign)
  case importCodes(ImportCodes)

  static var blanks: [CampaignCommand] {
    [
      .draft(.blank), .submit(.blank), .approve(.blank), .publish(.blank), .pause(.blank), .resume(.blank),
      .close(.blank), .importCodes(.blank),
    ]
  }

  var type: CommandType {
    switch self {
    case .draft: DraftCampaign.type
    case .submit: SubmitCampaign.type
    case .approve: ApproveCampaign.type
    case .publish: PublishCampaign.type
    case .pause: PauseCampaign.type
    case .resume: ResumeCampaign.type
    case .close: CloseCampaign.type
    case .importCodes: ImportCodes.type
    }
  }

  /// Which one it is about.
  var campaign: CampaignID {
    switch self {
    case .draft(let data): data.campaign
    case .submit(let data): data.campaign
    case .approve(let data): data.campaign
    case .publish(let data): data.campaign
    case .pause(let data): data.campaign
    case .resume(let data): data.campaign
    case .close(let data): data.campaign
    case .importCodes(let data): data.campaign
    }
  }

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    switch self {
    case .draft(let data): try io.walk(data) { self = .draft($0) }
    case .submit(let data): try io.walk(data) { self = .submit($0) }
    case .approve(let data): try io.walk(data) { self = .approve($0) }
    case .publish(let data): try io.walk(data) { self = .publish($0) }
    case .pause(let data): try io.walk(data) { self = .pause($0) }
    case .resume(let data): try io.walk(data) { self = .resume($0) }
    case .close(let data): try io.walk(data) { self = .close($0) }
    case .importCodes(let data): try io.walk(data) { self = .importCodes($0) }
    }
  }
}

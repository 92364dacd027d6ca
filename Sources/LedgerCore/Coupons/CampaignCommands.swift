// What can be asked about campaigns. Decisions are in CampaignDecide.

/// The sum of all commands about campaigns.
public enum CampaignCommand: Equatable, Fielded {
  static var blanks: [CampaignCommand] { [] }

  var type: CommandType { switch self {} }

  mutating func fields(_ io: inout some RecordIO) throws(WireError) { switch self {} }
}

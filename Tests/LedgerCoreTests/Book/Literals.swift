// Ids, days, instants and points written as literals in tests. A literal that is none of ours stops the test.

@testable import LedgerCore

extension Identifier {
  public init(stringLiteral text: String) { self = Scene.text(text, Self.init) }
}

extension MemberID: ExpressibleByStringLiteral {}
extension OrganisationID: ExpressibleByStringLiteral {}
extension ActorID: ExpressibleByStringLiteral {}
extension RuleID: ExpressibleByStringLiteral {}
extension StationID: ExpressibleByStringLiteral {}
extension FactID: ExpressibleByStringLiteral {}
extension CommandID: ExpressibleByStringLiteral {}
extension FundID: ExpressibleByStringLiteral {}
extension ReceiptID: ExpressibleByStringLiteral {}
extension PartyID: ExpressibleByStringLiteral {}
extension MerchantID: ExpressibleByStringLiteral {}
extension SettlementID: ExpressibleByStringLiteral {}
extension CampaignID: ExpressibleByStringLiteral {}
extension GiftID: ExpressibleByStringLiteral {}
extension ProgrammeID: ExpressibleByStringLiteral {}

extension ActivityID: ExpressibleByStringLiteral {}
extension PrizeID: ExpressibleByStringLiteral {}
extension ChoiceID: ExpressibleByStringLiteral {}

extension FreeText: ExpressibleByStringLiteral {
  public init(stringLiteral text: String) { self = Scene.text(text, FreeText.init) }
}

extension ReasonCode: ExpressibleByStringLiteral {
  public init(stringLiteral text: String) { self = Scene.text(text, ReasonCode.init) }
}
extension Reference: ExpressibleByStringLiteral {
  public init(stringLiteral text: String) { self = Scene.text(text, Reference.init) }
}

extension PublicValue: ExpressibleByStringLiteral {
  public init(stringLiteral text: String) { self = Scene.text(text, PublicValue.init) }
}

extension PublicValueForm: ExpressibleByStringLiteral {
  public init(stringLiteral text: String) { self = Scene.text(text, PublicValueForm.init) }
}

extension CivilDay: ExpressibleByStringLiteral {
  public init(stringLiteral text: String) { self = Scene.text(text) { CivilDay($0) } }
}

extension Instant: ExpressibleByStringLiteral {
  public init(stringLiteral text: String) { self = Scene.text(text) { Instant($0) } }
}

extension Points: ExpressibleByIntegerLiteral {
  public init(integerLiteral count: Int64) { self.init(count: count) }
}

extension Fen: ExpressibleByIntegerLiteral {
  public init(integerLiteral count: Int64) { self.init(count: count) }
}

extension Purpose: ExpressibleByStringLiteral {
  public init(stringLiteral text: String) { self = Scene.text(text) { Purpose($0) } }
}

// What can be asked of a fund's money where no benefit hands it out: purchases and payments, and what comes back of them.
// Decisions are in FundSpendDecide; funds themselves are in FundCommands.

/// Pays for something directly out of a fund: a purchase, or a payment.
public struct SpendFund: CommandData {
  public var fund: FundID = .blank
  public var amount: Fen = .zero
  public var purpose: Purpose = .blank
  /// Of the invoice or payment.
  public var reference: Reference = .blank
  public var documentHash: ContentHash?
  /// Who supplied it and is paid by a settlement; nil: it is paid.
  public var merchant: MerchantID?

  init() {}
  public init(
    fund: FundID, amount: Fen, purpose: Purpose, reference: Reference, documentHash: ContentHash? = nil,
    merchant: MerchantID? = nil
  ) {
    self.fund = fund
    self.amount = amount
    self.purpose = purpose
    self.reference = reference
    self.documentHash = documentHash
    self.merchant = merchant
  }

  static let type = CommandType(
    "fund.spend", by: [.finance],
    refusals: [
      .fundUnknown, .timeBeforeCause, .fundClosed, .fundOutsideWindow, .fundPurposeNotCovered,
      .fundBalanceTooLow, .fundTooManyReceipts, .merchantUnknown, .merchantClosed,
    ],
    "Pays for something directly out of a fund: the oldest receipts that cover the purpose.")

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("fund", &fund)
    try io.field("amountFen", &amount, in: 1...Fen.limit, "")
    try io.field("purpose", &purpose)
    try io.field("reference", &reference, "of the invoice or payment")
    try io.field("documentHash", &documentHash)
    try io.field("merchant", &merchant, "who supplied it and is paid by a settlement; it is paid when absent")
  }
}

/// Money that was spent directly comes back to the receipts it came from.
public struct ReturnSpend: CommandData {
  public var fund: FundID = .blank
  /// The id of the command that spent it.
  public var spending: CommandID = .blank
  public var amount: Fen = .zero
  public var reference: Reference?

  init() {}
  public init(fund: FundID, spending: CommandID, amount: Fen, reference: Reference? = nil) {
    self.fund = fund
    self.spending = spending
    self.amount = amount
    self.reference = reference
  }

  static let type = CommandType(
    "fund.return-spend", by: [.finance],
    refusals: [
      .fundUnknown, .timeBeforeCause, .fundNotASpend, .fundReturnAboveSpend,
    ],
    "Money that was spent comes back to its receipts, the last taken first, and goes on if the fund is closed."
  )

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("fund", &fund)
    try io.field("spending", &spending, "the id of the command that spent it")
    try io.field("amountFen", &amount, in: 1...Fen.limit, "")
    try io.field("reference", &reference, "of the payment that came back")
  }
}

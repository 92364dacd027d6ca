// What an audit can find, as values. How it is looked for is in BenefitsLedger/Replay.

/// Something in a ledger that is not as the log says it should be.
public struct Finding: Equatable, Sendable {
  /// What kind of thing it is; stable for ever.
  public enum Code: String, CaseIterable, Sendable {
    /// SQLite cannot read a page.
    case storageDamaged = "storage.damaged"
    /// The tables, triggers or views are not those that the migrations make.
    case schemaDiffers = "schema.differs"
    /// A position has no record.
    case recordMissing = "record.missing"
    /// There are records after the head's last position.
    case recordBeyondHead = "record.beyond-head"
    /// A record's bytes are no event, or not in canonical form.
    case recordMalformed = "record.malformed"
    /// A record says another position than the one it stands at.
    case recordMisplaced = "record.misplaced"
    /// A record's bytes do not give the hash that was stored when it was appended.
    case recordAltered = "record.altered"
    /// Recorded time runs backwards, or `at` lies in its future.
    case clockWrong = "record.clock-wrong"
    /// A record does not point to the previous events of its subjects.
    case chainBroken = "record.chain-broken"
    /// A command's events do not hold exactly one that carries its inputs.
    case commandIncomplete = "record.command-incomplete"
    /// An event's double entry does not sum to zero.
    case entryUnbalanced = "entry.unbalanced"
    /// An approval was opened and granted by two actors behind one `via`.
    case approvalSameVia = "approval.same-via"
    /// An event takes back more than there was, or names no earlier event of the same member.
    case reversalWrong = "reversal.wrong"
    /// A command, decided anew from what stands before it, has other events.
    case decisionDiffers = "decision.differs"
    /// A balance is below zero after an event.
    case balanceNegative = "balance.negative"
    /// All accounts together do not sum to zero.
    case trialBalanceWrong = "balance.trial-wrong"
    /// The stored tree is not the tree over the records.
    case treeDiffers = "tree.differs"
    /// An outside checkpoint has another root, or a size that the log does not reach.
    case checkpointDiffers = "checkpoint.differs"
    /// The index of command ids is not what the log says.
    case requestDiffers = "request.differs"
    /// A derived row is not what the fold renders.
    case rowDiffers = "row.differs"
    case rowMissing = "row.missing"
    case rowExtra = "row.extra"
  }

  public let code: Code
  /// The position in the log, when it is about one.
  public let position: Int64?
  /// The table, key and column, when it is about a row.
  public let table: String?
  public let key: String?
  public let column: String?
  /// What is not as it was decided anew, when it is about that.
  public let difference: Difference?
  /// What was expected and what is there, for people.
  public let message: String

  /// A field of a command's event that is recorded otherwise than it is decided anew.
  public struct Difference: Equatable, Sendable {
    public let command: CommandID
    /// The event's type; where both are there and differ, the recorded one's.
    public let type: String
    /// The field's path, such as `data.availableFen`; `type` when there is another event, one too many, or none.
    public let field: String
    /// Its JSON in the log; nil when it has none there.
    public let recorded: String?
    /// Its JSON, decided anew; likewise.
    public let decided: String?
  }

  package init(
    _ code: Code, position: Int64? = nil, table: String? = nil, key: String? = nil, column: String? = nil,
    difference: Difference? = nil, _ message: String
  ) {
    self.code = code
    self.position = position
    self.table = table
    self.key = key
    self.column = column
    self.difference = difference
    self.message = message
  }
}

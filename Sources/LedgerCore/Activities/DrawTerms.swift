// How an activity draws prizes (A2), as its opening states it once and for ever: the kind, the commitment, who holds the
// secrets, the public value. How a draw comes out is in Draw; the other terms of an activity are in ActivityTerms.

/// When prizes are drawn (A2).
public enum DrawKind: String, CaseIterable, Sendable {
  /// For each who joins, by a draw of its own that follows.
  case instant
  /// When the activity is over, among all who joined.
  case closing
}

extension DrawKind: WireWord {}

/// What closing draws mix in beside the secret: something that everybody will know and nobody can steer.
public struct PublicValueNamed: Equatable, Sendable {
  /// What it is and where everybody reads it.
  public internal(set) var what: FreeText = .blank
  /// The day on which it comes to be known; nobody joins on it any more.
  public internal(set) var day: CivilDay = .blank
  public internal(set) var form: PublicValueForm = .blank

  init() {}
  public init(_ what: FreeText, day: CivilDay, form: PublicValueForm) {
    self.what = what
    self.day = day
    self.form = form
  }
}

extension PublicValueNamed: WireObject {
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("what", &what, "what it is and where everybody reads it, such as an index's close")
    try io.field("day", &day, "on which it comes to be known; it begins when the window is over, or later")
    try io.field("form", &form, "how it is spelled: # is a digit, x a hexadecimal one, all else itself")
  }
}

/// How an activity draws prizes (A2). How a draw comes out is in Draw.
public struct ActivityDraw: Equatable, Sendable {
  public internal(set) var kind: DrawKind = .blank
  /// The end of the hash chain: the SHA-256 of the first draw's secret.
  public internal(set) var commitment: ContentHash = .blank
  /// Who keeps the secrets and makes the draws; takes no other part in the activity.
  public internal(set) var holder: ActorID = .blank
  /// How many secrets the chain has; nil is not told.
  public internal(set) var draws: Int64?
  /// Of closing draws.
  public internal(set) var publicValue: PublicValueNamed?
  /// How many win in each closing draw, while there are prizes and entries for as many.
  public internal(set) var winnersPerDraw: Int64?
  /// How often of a million an instant draw wins; nil: always.
  public internal(set) var chancePerMillion: Int64?
  /// In the order in which draws go over them.
  public internal(set) var prizes: [Prize] = []

  init() {}
  public static func instant(
    _ commitment: ContentHash, holder: ActorID, draws: Int64? = nil, chancePerMillion: Int64? = nil,
    _ prizes: [Prize]
  ) -> ActivityDraw {
    var draw = ActivityDraw()
    draw.commitment = commitment
    draw.holder = holder
    draw.draws = draws
    draw.chancePerMillion = chancePerMillion
    draw.prizes = prizes
    return draw
  }
  public static func closing(
    _ commitment: ContentHash, holder: ActorID, draws: Int64? = nil, publicValue: PublicValueNamed,
    winnersPerDraw: Int64, _ prizes: [Prize]
  ) -> ActivityDraw {
    var draw = ActivityDraw()
    draw.kind = .closing
    draw.commitment = commitment
    draw.holder = holder
    draw.draws = draws
    draw.publicValue = publicValue
    draw.winnersPerDraw = winnersPerDraw
    draw.prizes = prizes
    return draw
  }

  func prize(_ id: PrizeID) -> Prize? { prizes.first { $0.prize == id } }

  /// The most kinds of prizes.
  static let mostPrizes = 50
  /// The most winners of one draw: its record names each. More prizes take more draws.
  static let mostWinners: Int64 = 50
}

extension ActivityDraw: WireObject {
  static func sample(_ ordinal: Int) -> ActivityDraw {
    let prizes = [Prize.sample(ordinal), .sample(ordinal + 1)]
    return ordinal % 2 == 0
      ? .instant(
        .sample(ordinal), holder: .sample(ordinal), draws: 1_000, chancePerMillion: 250_000, prizes)
      : .closing(
        .sample(ordinal), holder: .sample(ordinal), draws: 3, publicValue: .sample(ordinal),
        winnersPerDraw: 2, prizes)
  }
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("kind", &kind, "for each who joins by itself, or among all when the activity is over")
    try io.field("commitment", &commitment, "the SHA-256 of the first draw's secret")
    try io.field("holder", &holder, "the actor who keeps the secrets and draws, and takes no other part")
    try io.field("draws", &draws, in: 1...1_000_000_000, "how many secrets the chain has")
    try io.field("publicValue", &publicValue, "what a closing draw mixes in")
    try io.field(
      "winnersPerDraw", &winnersPerDraw, in: 1...Self.mostWinners,
      "in a closing draw, while there are prizes and entries for as many")
    try io.field(
      "chancePerMillion", &chancePerMillion, in: 1...1_000_000,
      "of an instant draw; it always wins when absent")
    try io.field("prizes", &prizes, "in the order in which draws go over them")
    try io.expect(
      (kind == .closing) == (publicValue != nil), "publicValue",
      "a public value for a closing draw, and for no other")
    try io.expect(
      (kind == .closing) == (winnersPerDraw != nil), "winnersPerDraw",
      "how many win in each closing draw, and for no other")
    try io.expect(
      kind == .instant || chancePerMillion == nil, "chancePerMillion", "no chance for a closing draw")
    try io.expect(
      (1...Self.mostPrizes).contains(prizes.count) && Set(prizes.map(\.prize)).count == prizes.count,
      "prizes",
      "1 to 50 prizes, each with a name of its own")
  }
}

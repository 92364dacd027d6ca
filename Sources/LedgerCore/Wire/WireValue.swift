// How each scalar of the ledger looks in JSON: identifiers, days, instants, integers, free text, closed sets of words.
// The types themselves are in Values; objects describe themselves by `fields`.

extension WireInteger {
  static var blank: Self { Self(wireInteger: range.lowerBound > 0 ? range.lowerBound : 0) }
  static var shape: Shape { .integer(range, unit: unit) }
  static func sample(_ ordinal: Int) -> Self {
    Self(wireInteger: min(range.upperBound, max(range.lowerBound, 1) + Int64(ordinal)))
  }
  static func read(_ reader: inout some ValueReader) throws(WireError) -> Self {
    Self(wireInteger: try reader.integer(in: range))
  }
  func write(_ writer: inout some ValueWriter) { writer.integer(wireInteger) }
}

extension WireText {
  static var pattern: String? { nil }
  static var shape: Shape { .text(expectation, pattern: pattern) }
  static func read(_ reader: inout some ValueReader) throws(WireError) -> Self {
    try reader.text(expectation) { Self(wireText: $0) }
  }
  func write(_ writer: inout some ValueWriter) { writer.text(of: self) }
}

extension Int64: WireInteger {
  static var range: ClosedRange<Int64> { Int64.min...Int64.max }
  static var unit: String { "count" }
  init(wireInteger: Int64) { self = wireInteger }
  var wireInteger: Int64 { self }
}

extension Points: WireInteger {
  static var range: ClosedRange<Int64> { 0...Int64.max }
  static var unit: String { "points" }
  init(wireInteger: Int64) { self.init(count: wireInteger) }
  var wireInteger: Int64 { count }
}

extension Fen: WireInteger {
  static var range: ClosedRange<Int64> { 0...Int64.max }
  static var unit: String { "fen" }
  init(wireInteger: Int64) { self.init(count: wireInteger) }
  var wireInteger: Int64 { count }
}

extension Bool: WireValue {
  static var blank: Bool { false }
  static var shape: Shape { .boolean }
  static func sample(_ ordinal: Int) -> Bool { true }
  static func read(_ reader: inout some ValueReader) throws(WireError) -> Bool { try reader.boolean() }
  func write(_ writer: inout some ValueWriter) { writer.boolean(self) }
}

extension Array: WireValue where Element: WireValue {
  static var blank: [Element] { [] }
  static var shape: Shape { .list(Element.shape) }
  static func sample(_ ordinal: Int) -> [Element] { [Element.sample(ordinal), Element.sample(ordinal + 1)] }
  static func read(_ reader: inout some ValueReader) throws(WireError) -> [Element] {
    try reader.list(atMost: reader.longestNestedList)
  }
  func write(_ writer: inout some ValueWriter) { writer.list(self) }
}

extension Instant: WireText {
  static var blank: Instant { Instant(milliseconds: 0) }
  static let guarding = Guarding.nothing
  static var expectation: String { "an instant with a zone such as 2022-10-01T09:00:00+08:00" }
  static var pattern: String? {
    #"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,3})?(Z|[+-]\d{2}:\d{2})$"#
  }
  static func sample(_ ordinal: Int) -> Instant {
    Instant(milliseconds: 1_664_586_000_000 + Int64(ordinal) * 60_000)
  }
  init?(wireText bytes: UnsafeBufferPointer<UInt8>) {
    guard let instant = try? Instant(rfc3339: bytes) else { return nil }
    self = instant
  }
  /// Records hold the 24 bytes only; commands any spelling with a zone.
  static func read<Reader: ValueReader>(_ reader: inout Reader) throws(WireError) -> Instant {
    if Reader.isCanonical {
      return try reader.text(width: 24, "an instant such as \(Instant.blank)") { Instant(record: $0) }
    }
    let outcome: Result<Instant, InstantProblem> = try reader.text(expectation) { bytes in
      do throws(InstantProblem) { return .success(try Instant(rfc3339: bytes)) } catch {
        return .failure(error)
      }
    }
    switch outcome {
    case .success(let instant): return instant
    case .failure(let problem): throw WireError("", "expected \(expectation): \(problem.sentence)")
    }
  }
  func writeText(_ writer: inout some ValueWriter) { writer.plain(count: 24) { write(to: $0) } }
}

extension CivilDay: WireText {
  static var blank: CivilDay { CivilDay(number: 0) }
  static let guarding = Guarding.nothing
  static var expectation: String { "a day such as 2022-12-31" }
  static var pattern: String? { #"^\d{4}-\d{2}-\d{2}$"# }
  static func sample(_ ordinal: Int) -> CivilDay { CivilDay(number: 19_266 + Int32(ordinal)) }
  init?(wireText bytes: UnsafeBufferPointer<UInt8>) {
    guard bytes.count == Self.isoWidth, let start = bytes.baseAddress else { return nil }
    self.init(iso: start)
  }
  static func read(_ reader: inout some ValueReader) throws(WireError) -> CivilDay {
    try reader.text(width: isoWidth, expectation) { CivilDay(iso: $0) }
  }
  func writeText(_ writer: inout some ValueWriter) { writer.plain(count: 10) { write(to: $0) } }
}

extension CivilMonth: WireText {
  static var blank: CivilMonth { CivilDay.blank.civilMonth }
  static let guarding = Guarding.nothing
  static var expectation: String { "a month such as 2022-12" }
  static var pattern: String? { #"^\d{4}-\d{2}$"# }
  static func sample(_ ordinal: Int) -> CivilMonth { CivilDay.sample(ordinal * 31).civilMonth }
  init?(wireText bytes: UnsafeBufferPointer<UInt8>) {
    guard bytes.count == Self.isoWidth, let start = bytes.baseAddress else { return nil }
    self.init(iso: start)
  }
  static func read(_ reader: inout some ValueReader) throws(WireError) -> CivilMonth {
    try reader.text(width: isoWidth, expectation) { CivilMonth(iso: $0) }
  }
  func writeText(_ writer: inout some ValueWriter) { writer.plain(count: 7) { write(to: $0) } }
}

extension Zone: WireText {
  static var blank: Zone { Zone(offsetMinutes: 480) }
  static let guarding = Guarding.nothing
  static var expectation: String { "a fixed zone such as +08:00" }
  static var pattern: String? { #"^(Z|[+-]\d{2}:\d{2})$"# }
  static func sample(_ ordinal: Int) -> Zone { blank }
  init?(wireText bytes: UnsafeBufferPointer<UInt8>) { self.init(String(decoding: bytes, as: UTF8.self)) }
  /// Records hold `+00:00`; commands may also say `Z` or `-00:00`.
  static func read<Reader: ValueReader>(_ reader: inout Reader) throws(WireError) -> Zone {
    try reader.text(expectation) { bytes in
      guard let zone = Zone(wireText: bytes) else { return nil }
      return Reader.isCanonical && !zone.description.utf8.elementsEqual(bytes) ? nil : zone
    }
  }
  func writeText(_ writer: inout some ValueWriter) { writer.text(description) }
}

/// An identifier that can be blank while a reader fills in its owner.
protocol WireIdentifier: Identifier, WireText {
  init(unchecked text: String)
  init?(utf8: UnsafeBufferPointer<UInt8>)
}

extension WireIdentifier {
  static var blank: Self { Self(unchecked: "") }
  static var expectation: String {
    let article = noun.first.map("aeiou".contains) == true ? "an" : "a"
    return "\(article) \(noun) id of 1 to \(longest) characters without spaces"
  }
  static var pattern: String? { #"^[^\u0000-\u0020\u007f-\u00a0]{1,"# + "\(longest)}$" }
  static func sample(_ ordinal: Int) -> Self { Self(unchecked: "\(noun)-\(ordinal)") }
  init?(wireText bytes: UnsafeBufferPointer<UInt8>) { self.init(utf8: bytes) }
  func writeText(_ writer: inout some ValueWriter) { writer.text(text) }
}

// L8 names the ids of members and commands. Actors and facts have ids that a client makes for one person too: the
// number of the credential that was seen is the nearest thing to call the fact by. Organisations, rules and stations
// are things; an organisation's natural key, its unified social credit code, has 18 characters and can pass for an
// identity card.

extension MemberID: WireIdentifier { static let guarding = Guarding.identityCards }
extension OrganisationID: WireIdentifier { static let guarding = Guarding.nothing }
extension ActorID: WireIdentifier { static let guarding = Guarding.identityCards }
extension RuleID: WireIdentifier { static let guarding = Guarding.nothing }
extension FactID: WireIdentifier { static let guarding = Guarding.identityCards }
extension StationID: WireIdentifier { static let guarding = Guarding.nothing }
extension CommandID: WireIdentifier { static let guarding = Guarding.identityCards }
// Merchants, parties and what is chosen for money and goods are things; a party's natural key is a code as an
// organisation's is. A receipt is known by a command's id.
extension FundID: WireIdentifier { static let guarding = Guarding.nothing }
extension PartyID: WireIdentifier { static let guarding = Guarding.nothing }
extension MerchantID: WireIdentifier { static let guarding = Guarding.nothing }
extension SettlementID: WireIdentifier { static let guarding = Guarding.nothing }
extension CampaignID: WireIdentifier { static let guarding = Guarding.nothing }
extension ActivityID: WireIdentifier { static let guarding = Guarding.nothing }
extension PrizeID: WireIdentifier { static let guarding = Guarding.everyNumber }
extension ChoiceID: WireIdentifier { static let guarding = Guarding.everyNumber }
extension GiftID: WireIdentifier { static let guarding = Guarding.nothing }
extension ProgrammeID: WireIdentifier { static let guarding = Guarding.nothing }
extension ReceiptID: WireIdentifier { static let guarding = Guarding.identityCards }

extension ReasonCode: WireText {
  static var blank: ReasonCode { ReasonCode(unchecked: "") }
  static let guarding = Guarding.everyNumber
  static var expectation: String { "a reason code of 1 to \(longest) characters a-z, 0-9 and -" }
  static var pattern: String? { "^[a-z0-9-]{1,\(longest)}$" }
  static func sample(_ ordinal: Int) -> ReasonCode { ReasonCode(unchecked: "reason-\(ordinal)") }
  init?(wireText bytes: UnsafeBufferPointer<UInt8>) {
    guard (1...Self.longest).contains(bytes.count), bytes.allSatisfy(Self.mayHold) else { return nil }
    self.init(unchecked: String(decoding: bytes, as: UTF8.self))
  }
  func writeText(_ writer: inout some ValueWriter) { writer.text(text) }
}

/// Free text of 1 to 200 characters without control characters, such as the name of an organisation. It is guarded
/// against personal numbers (L8); what other books call an order or payment is a `Reference`.
public struct FreeText: Hashable, Sendable, CustomStringConvertible {
  public let text: String
  /// Unicode scalars.
  public static let longest = 200
  public init?(_ text: String) {
    guard (1...Self.longest).contains(text.unicodeScalars.count),
      text.unicodeScalars.allSatisfy({ $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) })
    else { return nil }
    self.text = text
  }
  fileprivate init(unchecked text: String) { self.text = text }
  public var description: String { text }

  /// Whether the texts are the same bytes, as for ids: é as one scalar and as two are different texts, and which
  /// strings Swift calls equal changes with its version of Unicode.
  public static func == (left: FreeText, right: FreeText) -> Bool {
    left.text.utf8.elementsEqual(right.text.utf8)
  }

  /// Feeds the bytes, and a byte that UTF-8 never has, so that two texts in a row hash apart wherever they meet.
  public func hash(into hasher: inout Hasher) {
    for byte in text.utf8 { hasher.combine(byte) }
    hasher.combine(0xFF as UInt8)
  }
}

extension FreeText: WireText {
  static var blank: FreeText { FreeText(unchecked: "") }
  static let guarding = Guarding.everyNumber
  static var expectation: String { "a text of 1 to \(longest) characters without control characters" }
  static var pattern: String? { #"^[^\u0000-\u001f\u007f-\u009f]{1,"# + "\(longest)}$" }
  static func sample(_ ordinal: Int) -> FreeText { FreeText(unchecked: "text \(ordinal) 工会") }
  init?(wireText bytes: UnsafeBufferPointer<UInt8>) {
    if (1...Self.longest).contains(bytes.count), bytes.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) {
      self.init(unchecked: String(decoding: bytes, as: UTF8.self))
      return
    }
    guard let text = String(validating: bytes, as: UTF8.self) else { return nil }
    self.init(text)
  }
  func writeText(_ writer: inout some ValueWriter) { writer.text(text) }
}

extension Reference: WireText {
  static var blank: Reference { Reference(.blank) }
  static let guarding = Guarding.nothing
  static var expectation: String { "a reference of 1 to \(longest) characters without control characters" }
  static var pattern: String? { FreeText.pattern }
  static func sample(_ ordinal: Int) -> Reference { Reference(.sample(ordinal)) }
  init?(wireText bytes: UnsafeBufferPointer<UInt8>) {
    guard let words = FreeText(wireText: bytes) else { return nil }
    self.init(words)
  }
  func writeText(_ writer: inout some ValueWriter) { writer.text(text) }
}

/// A closed set of words.
protocol WireWord: WireText, CaseIterable, RawRepresentable<String>, Sendable {}

extension WireWord {
  static var guarding: Guarding { .nothing }
  static var blank: Self { firstWord }
  static var shape: Shape { .words(allCases.map(\.rawValue)) }
  static var expectation: String { "one of " + allCases.map(\.rawValue).joined(separator: ", ") }
  static func sample(_ ordinal: Int) -> Self {
    let words = Array(allCases)
    return words[ordinal % words.count]
  }
  init?(wireText bytes: UnsafeBufferPointer<UInt8>) {
    self.init(rawValue: String(decoding: bytes, as: UTF8.self))
  }
  func writeText(_ writer: inout some ValueWriter) { writer.text(rawValue) }
  private static var firstWord: Self {
    guard let word = allCases.first else { preconditionFailure("\(Self.self) has no words") }
    return word
  }
}

// What everybody knows on a day and nobody could have steered: it goes into closing draws of activities.
// The form in which it will be spelled is fixed before; how it goes in is in Activities/Draw.

/// A public value as everybody knows it, such as an index's close on a day: 1 to 200 characters without control
/// characters, spelled as it was published.
///
/// The guard against personal data passes it over (`domain.md` L8): it is the opposite of personal, and a row of drawn
/// numbers or the hash of a block may hold what looks like a bank card and cannot be spelled in another way. Equality is
/// by bytes, as for `FreeText`.
public struct PublicValue: Hashable, Sendable, CustomStringConvertible {
  private let words: FreeText
  /// The text, exactly as it was given.
  public var text: String { words.text }

  /// The value with this text; nil when it is empty, too long or holds a control character. O(length).
  public init?(_ text: String) {
    guard let words = FreeText(text) else { return nil }
    self.init(words)
  }

  init(_ words: FreeText) { self.words = words }

  /// The text, exactly as it was given.
  public var description: String { text }
}

extension PublicValue: WireText {
  static var blank: PublicValue { PublicValue(.blank) }
  static let guarding = Guarding.nothing
  static var expectation: String { FreeText.expectation }
  static var pattern: String? { FreeText.pattern }
  static func sample(_ ordinal: Int) -> PublicValue { PublicValue(.sample(ordinal)) }
  init?(wireText bytes: UnsafeBufferPointer<UInt8>) {
    guard let words = FreeText(wireText: bytes) else { return nil }
    self.init(words)
  }
  func writeText(_ writer: inout some ValueWriter) { writer.text(text) }
}

/// How a public value will be spelled, fixed before anybody knows it: `#` stands for a digit, `x` for a lower-case
/// hexadecimal one, and a space or one of `,.:/+-` for itself. At least 4 are digits, so that nobody can choose among few.
///
/// Example: `#,###.##` is the form of `3,252.20`, and of neither `12,252.20` nor `3252.20`.
public struct PublicValueForm: Hashable, Sendable, CustomStringConvertible {
  /// The form, exactly as it was given.
  public let text: String

  /// The longest form.
  public static let longest = 200
  /// How many digits it has at least.
  public static let fewestDigits = 4

  /// The form with this text; nil when it holds anything else, or too few digits.
  public init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard bytes.count <= Self.longest, bytes.allSatisfy({ Self.isDigit($0) || Self.marks.contains($0) }),
      bytes.count(where: Self.isDigit) >= Self.fewestDigits
    else { return nil }
    self.init(unchecked: text)
  }

  private init(unchecked text: String) { self.text = text }

  /// Whether a value is spelled so. O(length).
  func fits(_ value: PublicValue) -> Bool {
    let (form, value) = (Array(text.utf8), Array(value.text.utf8))
    return form.count == value.count && zip(form, value).allSatisfy(Self.fits)
  }

  private static let marks = Array(" ,.:/+-".utf8)
  private static func isDigit(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "#") || byte == UInt8(ascii: "x")
  }

  private static func fits(_ form: UInt8, _ byte: UInt8) -> Bool {
    switch form {
    case UInt8(ascii: "#"): (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    case UInt8(ascii: "x"): ContentHash.mayHold(byte)
    default: form == byte
    }
  }

  public var description: String { text }
}

extension PublicValueForm: WireText {
  static var blank: PublicValueForm { PublicValueForm(unchecked: "") }
  static let guarding = Guarding.nothing
  static var expectation: String {
    "1 to \(longest) of # (a digit), x (a hexadecimal one), space and ,.:/+- with \(fewestDigits) digits or more"
  }
  static var pattern: String? { "^(?=(.*[#x]){\(fewestDigits)})[#x ,.:/+-]{1,\(longest)}$" }
  static func sample(_ ordinal: Int) -> PublicValueForm { PublicValueForm(unchecked: "#,###.##") }
  init?(wireText bytes: UnsafeBufferPointer<UInt8>) {
    self.init(String(decoding: bytes, as: UTF8.self))
  }
  func writeText(_ writer: inout some ValueWriter) { writer.text(text) }
}

// What everybody knows on a day and nobody could have steered: it goes into closing draws of activities.
// How it goes in is in Activities/Draw.

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

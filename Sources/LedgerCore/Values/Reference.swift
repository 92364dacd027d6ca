// What other books call the thing that a command is about: an order, a payment. Text that people write is FreeText.

/// The number of an order or payment in another system's books, 1 to 200 characters without control characters.
///
/// The guard against personal data passes it over (`domain.md` L8): order numbers of 16 to 19 digits pass a bank card's
/// check one time in ten, and one that was given cannot be changed. So it must be a number of an order, and never one of
/// a person. Equality is by bytes, as for `FreeText`.
public struct Reference: Hashable, Sendable, CustomStringConvertible {
  private let words: FreeText
  /// The text, exactly as it was given.
  public var text: String { words.text }
  /// The most Unicode scalars.
  public static let longest = FreeText.longest

  /// The reference with this text; nil when it is empty, too long or holds a control character. O(length).
  public init?(_ text: String) {
    guard let words = FreeText(text) else { return nil }
    self.init(words)
  }

  init(_ words: FreeText) { self.words = words }

  /// The text, exactly as it was given.
  public var description: String { text }
}

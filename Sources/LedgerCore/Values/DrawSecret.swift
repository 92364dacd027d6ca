// A secret of a draw as a command tells it, and as a refusal keeps it: sealed, so that a refusal tells nobody what is to
// be drawn. The chain of secrets is in Activities/Draw.

/// A secret of a hash chain: 32 bytes as 64 lower-case hexadecimal digits, or a seal over one, `sealed:` and 64 digits.
///
/// A draw that is refused has not used its secret, so its record must not tell it: whoever knew the secret of a draw to
/// come could choose the ids of entries until the draw suited. It keeps a seal instead, SHA-256("sealed:" ‖ the 32
/// bytes), by which the same command is known again, and from which neither the secret nor another of the chain follows
/// (a plain hash would be the secret before it). A seal opens nothing: a draw that brings one is refused.
public struct DrawSecret: Hashable, Sendable, CustomStringConvertible {
  private let digits: ContentHash
  private let isSealed: Bool
  private static let mark = "sealed:"

  /// A secret as it is.
  public init(_ secret: ContentHash) { self.init(secret, isSealed: false) }

  private init(_ digits: ContentHash, isSealed: Bool) {
    self.digits = digits
    self.isSealed = isSealed
  }

  /// The secret; nil for a seal.
  var opened: ContentHash? { isSealed ? nil : digits }

  /// The seal over it; a seal is its own.
  var sealed: DrawSecret {
    isSealed
      ? self : DrawSecret(ContentHash(of: Array(Self.mark.utf8) + digits.bytes), isSealed: true)
  }

  /// The digits, after `sealed:` for a seal.
  public var text: String { (isSealed ? Self.mark : "") + digits.text }
  public var description: String { text }
}

extension DrawSecret: WireText {
  static var blank: DrawSecret { DrawSecret(.blank) }
  static let guarding = Guarding.nothing
  static var expectation: String { "a secret as \(ContentHash.width) lower-case hexadecimal digits" }
  static var pattern: String? { "^(\(mark))?[0-9a-f]{\(ContentHash.width)}$" }
  static func sample(_ ordinal: Int) -> DrawSecret { DrawSecret(.sample(ordinal)) }
  init?(wireText bytes: UnsafeBufferPointer<UInt8>) {
    let isSealed = bytes.starts(with: Self.mark.utf8)
    let rest = UnsafeBufferPointer(rebasing: bytes.dropFirst(isSealed ? Self.mark.utf8.count : 0))
    guard let digits = ContentHash(wireText: rest) else { return nil }
    self.init(digits, isSealed: isSealed)
  }
  func writeText(_ writer: inout some ValueWriter) { writer.text(text) }
}

// What money is for, and the fingerprint of a document: two small texts of a fixed form.
// Which purposes a fund has, and what is checked against them, is in Funds.

/// What money may be used for (`domain.md` F4): a word of the caller's own list, of at most 40 characters `a-z`, `0-9`
/// and `-`, such as `heat-relief`.
public struct Purpose: Hashable, Sendable, CustomStringConvertible {
  /// The text, exactly as it was given.
  public let text: String

  /// The most characters.
  public static let longest = 40

  /// The purpose with this text; nil when it breaks the rule.
  public init?(_ text: String) {
    guard (1...Self.longest).contains(text.utf8.count), text.utf8.allSatisfy(ReasonCode.mayHold) else {
      return nil
    }
    self.init(unchecked: text)
  }

  /// Trusts LedgerCore that the text follows the rule, or stands for "none yet".
  init(unchecked text: String) { self.text = text }

  public var description: String { text }
}

/// The SHA-256 of a document or a code, as 64 lower-case hexadecimal digits. The thing itself stays outside the ledger.
public struct ContentHash: Hashable, Sendable, CustomStringConvertible {
  /// The digits.
  public let text: String

  /// How many digits there are.
  public static let width = 64

  /// The hash with these digits; nil for any other text.
  public init?(_ text: String) {
    guard text.utf8.count == Self.width, text.utf8.allSatisfy(Self.mayHold) else { return nil }
    self.init(unchecked: text)
  }

  /// The hash of these bytes.
  init(of bytes: [UInt8]) { self.init(digest: SHA256Digest.of(bytes)) }

  /// The hash with these 32 bytes.
  init(digest: [UInt8]) {
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    for byte in digest {
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
    }
    self.init(unchecked: String(decoding: text, as: UTF8.self))
  }

  /// Trusts LedgerCore that the text follows the rule, or stands for "none yet".
  init(unchecked text: String) { self.text = text }

  /// The 32 bytes that the digits spell.
  var bytes: [UInt8] {
    var bytes: [UInt8] = []
    var high: UInt8?
    for digit in text.utf8 {
      let value = digit <= UInt8(ascii: "9") ? digit - UInt8(ascii: "0") : digit - UInt8(ascii: "a") + 10
      if let first = high {
        bytes.append(first << 4 | value)
        high = nil
      } else {
        high = value
      }
    }
    return bytes
  }

  public var description: String { text }

  static func mayHold(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"): true
    default: false
    }
  }
}

extension Purpose: WireText {
  static var blank: Purpose { Purpose(unchecked: "") }
  static let guarding = Guarding.everyNumber
  static var expectation: String { "a purpose of 1 to \(longest) characters a-z, 0-9 and -" }
  static var pattern: String? { "^[a-z0-9-]{1,\(longest)}$" }
  static func sample(_ ordinal: Int) -> Purpose { Purpose(unchecked: "purpose-\(ordinal)") }
  init?(wireText bytes: UnsafeBufferPointer<UInt8>) {
    guard (1...Self.longest).contains(bytes.count), bytes.allSatisfy(ReasonCode.mayHold) else { return nil }
    self.init(unchecked: String(decoding: bytes, as: UTF8.self))
  }
  func writeText(_ writer: inout some ValueWriter) { writer.text(text) }
}

extension ContentHash: WireText {
  static var blank: ContentHash { ContentHash(unchecked: "") }
  static let guarding = Guarding.nothing
  static var expectation: String { "a SHA-256 as \(width) lower-case hexadecimal digits" }
  static var pattern: String? { "^[0-9a-f]{\(width)}$" }
  static func sample(_ ordinal: Int) -> ContentHash {
    ContentHash(of: [UInt8(truncatingIfNeeded: ordinal)])
  }
  init?(wireText bytes: UnsafeBufferPointer<UInt8>) {
    guard bytes.count == Self.width, bytes.allSatisfy(Self.mayHold) else { return nil }
    self.init(unchecked: String(decoding: bytes, as: UTF8.self))
  }
  func writeText(_ writer: inout some ValueWriter) { writer.text(text) }
}

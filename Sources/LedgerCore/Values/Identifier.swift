// The ids that name things in the ledger: one type each, one rule for their text.
// No meaning is read out of an id, and personal data is not looked for here: that is Guard's (domain.md L8).

/// The id of one kind of thing, an opaque text chosen outside the ledger.
///
/// The text has 1...`longest` Unicode scalars. None is a control character, white space, or an invisible or
/// direction-changing format character: two ids that look alike in a report should not differ in what cannot
/// be seen. Ids are equal, and ordered, by their UTF-8 bytes, as SQLite compares them; `é` as one scalar and
/// as two are different ids, though Swift calls the strings equal.
public protocol Identifier: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// What messages call the thing, such as "member"; they say "member id" for the id.
  static var noun: String { get }

  /// The most Unicode scalars the text may have.
  static var longest: Int { get }

  /// The text, proven to follow the rule.
  var checked: IdentifierText<Self> { get }

  /// The id with this text.
  init(checked: IdentifierText<Self>)

  /// The id with this text; nil when the text breaks the rule. O(length).
  init?(_ text: String)

  /// The text, exactly as it was given.
  var text: String { get }
}

/// The id of a member (会员), at most 64 scalars; opaque, never a name, phone, identity-card or bank number.
public struct MemberID: Identifier {
  public static let noun = "member"
  public static let longest = 64
  public let checked: IdentifierText<MemberID>
  public init(checked: IdentifierText<MemberID>) { self.checked = checked }
}

/// The id of an organisation (工会组织), at most 64 scalars.
public struct OrganisationID: Identifier {
  public static let noun = "organisation"
  public static let longest = 64
  public let checked: IdentifierText<OrganisationID>
  public init(checked: IdentifierText<OrganisationID>) { self.checked = checked }
}

/// The id of an actor (操作人), at most 64 scalars.
public struct ActorID: Identifier {
  public static let noun = "actor"
  public static let longest = 64
  public let checked: IdentifierText<ActorID>
  public init(checked: IdentifierText<ActorID>) { self.checked = checked }
}

/// The id of an earning rule, without its version (`domain.md` P5), at most 64 scalars.
public struct RuleID: Identifier {
  public static let noun = "rule"
  public static let longest = 64
  public let checked: IdentifierText<RuleID>
  public init(checked: IdentifierText<RuleID>) { self.checked = checked }
}

/// The id of a fact (身份事实), at most 64 scalars.
public struct FactID: Identifier {
  public static let noun = "fact"
  public static let longest = 64
  public let checked: IdentifierText<FactID>
  public init(checked: IdentifierText<FactID>) { self.checked = checked }
}

/// The id of a station (服务站点), at most 64 scalars; what stands on its door is its number.
public struct StationID: Identifier {
  public static let noun = "station"
  public static let longest = 64
  public let checked: IdentifierText<StationID>
  public init(checked: IdentifierText<StationID>) { self.checked = checked }
}

/// The id of a fund (资金), at most 64 scalars.
public struct FundID: Identifier {
  public static let noun = "fund"
  public static let longest = 64
  public let checked: IdentifierText<FundID>
  public init(checked: IdentifierText<FundID>) { self.checked = checked }
}

/// The id of a party (往来单位), such as an employer, at most 64 scalars.
public struct PartyID: Identifier {
  public static let noun = "party"
  public static let longest = 64
  public let checked: IdentifierText<PartyID>
  public init(checked: IdentifierText<PartyID>) { self.checked = checked }
}

/// The id of a merchant (商户), at most 64 scalars.
public struct MerchantID: Identifier {
  public static let noun = "merchant"
  public static let longest = 64
  public let checked: IdentifierText<MerchantID>
  public init(checked: IdentifierText<MerchantID>) { self.checked = checked }
}

/// The id of a settlement (结算) with a merchant, at most 64 scalars.
public struct SettlementID: Identifier {
  public static let noun = "settlement"
  public static let longest = 64
  public let checked: IdentifierText<SettlementID>
  public init(checked: IdentifierText<SettlementID>) { self.checked = checked }
}

/// The id of a campaign of coupons (活动批次), at most 64 scalars.
public struct CampaignID: Identifier {
  public static let noun = "campaign"
  public static let longest = 64
  public let checked: IdentifierText<CampaignID>
  public init(checked: IdentifierText<CampaignID>) { self.checked = checked }
}

/// The id of an activity (活动), at most 64 scalars.
public struct ActivityID: Identifier {
  public static let noun = "activity"
  public static let longest = 64
  public let checked: IdentifierText<ActivityID>
  public init(checked: IdentifierText<ActivityID>) { self.checked = checked }
}

/// The name of a prize (奖品) among those of one activity, at most 40 scalars.
public struct PrizeID: Identifier {
  public static let noun = "prize"
  public static let longest = 40
  public let checked: IdentifierText<PrizeID>
  public init(checked: IdentifierText<PrizeID>) { self.checked = checked }
}

/// The name of a choice (选项) of one vote or quiz, at most 40 scalars; never a person's.
public struct ChoiceID: Identifier {
  public static let noun = "choice"
  public static let longest = 40
  public let checked: IdentifierText<ChoiceID>
  public init(checked: IdentifierText<ChoiceID>) { self.checked = checked }
}

/// The id of a gift (慰问品), at most 64 scalars.
public struct GiftID: Identifier {
  public static let noun = "gift"
  public static let longest = 64
  public let checked: IdentifierText<GiftID>
  public init(checked: IdentifierText<GiftID>) { self.checked = checked }
}

/// The id of a programme of grants to stations, at most 64 scalars.
public struct ProgrammeID: Identifier {
  public static let noun = "programme"
  public static let longest = 64
  public let checked: IdentifierText<ProgrammeID>
  public init(checked: IdentifierText<ProgrammeID>) { self.checked = checked }
}

/// The id of a receipt of a fund: the id of the command that brought the money, or, where one command brought several,
/// that id with `#1`, `#2` and so on after it; at most 140 scalars.
public struct ReceiptID: Identifier {
  public static let noun = "receipt"
  public static let longest = 140
  public let checked: IdentifierText<ReceiptID>
  public init(checked: IdentifierText<ReceiptID>) { self.checked = checked }
}

/// The id a client chose for its command (`domain.md` L2), at most 128 scalars.
public struct CommandID: Identifier {
  public static let noun = "command"
  public static let longest = 128
  public let checked: IdentifierText<CommandID>
  public init(checked: IdentifierText<CommandID>) { self.checked = checked }
}

/// Why something was taken back or set right (`domain.md` P10, L6): a word of the caller's own list, of at most 40
/// characters `a-z`, `0-9` and `-`. Never free text, which could name a person.
public struct ReasonCode: Hashable, Sendable, CustomStringConvertible {
  /// The text, exactly as it was given.
  public let text: String

  /// The most characters.
  public static let longest = 40

  /// The code with this text; nil when it breaks the rule.
  public init?(_ text: String) {
    guard (1...Self.longest).contains(text.utf8.count), text.utf8.allSatisfy(Self.mayHold) else { return nil }
    self.init(unchecked: text)
  }

  /// Trusts LedgerCore that the text follows the rule, or stands for "none yet".
  init(unchecked text: String) { self.text = text }

  public var description: String { text }

  static func mayHold(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): true
    default: false
    }
  }
}

extension Identifier {
  /// The id with this text; nil when the text breaks the rule. O(length).
  public init?(_ text: String) {
    guard let checked = withBytes(of: text, { IdentifierText<Self>(utf8: $0) }) else { return nil }
    self.init(checked: checked)
  }

  /// The id with this text; nil when the text breaks the rule or the bytes are not UTF-8. O(length).
  package init?(utf8 bytes: UnsafeBufferPointer<UInt8>) {
    guard let checked = IdentifierText<Self>(utf8: bytes) else { return nil }
    self.init(checked: checked)
  }

  /// Trusts LedgerCore that the text follows the rule, or that it stands for "none yet" and is never
  /// recorded.
  init(unchecked text: String) {
    self.init(checked: IdentifierText(unchecked: text))
  }

  /// The text, exactly as it was given.
  public var text: String { checked.string }

  /// The text, exactly as it was given.
  public var description: String { checked.string }

  /// Whether the left text comes first by its UTF-8 bytes.
  public static func < (left: Self, right: Self) -> Bool {
    left.checked < right.checked
  }
}

/// A text that follows the rule of one kind of id. Outside LedgerCore it can only be made by checking.
/// Equality, hash and order are by UTF-8 bytes.
public struct IdentifierText<Kind: Identifier>: Hashable, Comparable, Sendable {
  /// The text, exactly as it was given.
  public let string: String

  fileprivate init?(utf8 bytes: UnsafeBufferPointer<UInt8>) {
    // A scalar takes at most four bytes: what is longer than that is not read.
    guard !bytes.isEmpty, bytes.count <= 4 * Kind.longest else { return nil }
    if isVisibleASCII(bytes) {
      guard bytes.count <= Kind.longest else { return nil }
      string = String(decoding: bytes, as: UTF8.self)
    } else {
      guard let text = String(validating: bytes, as: UTF8.self),
        text.unicodeScalars.count <= Kind.longest,
        text.unicodeScalars.allSatisfy(mayStandInIdentifier)
      else { return nil }
      string = text
    }
  }

  /// Trusts LedgerCore that the text follows the rule, or that it stands for "none yet" and is never
  /// recorded.
  init(unchecked string: String) {
    self.string = string
  }

  /// Whether the texts are the same bytes.
  public static func == (left: IdentifierText, right: IdentifierText) -> Bool {
    withBytes(of: left.string, right.string) { left, right in
      left.count == right.count && firstDifference(left, right) == nil
    }
  }

  /// Whether the left text comes first by its bytes; a text comes after its own beginning.
  public static func < (left: IdentifierText, right: IdentifierText) -> Bool {
    withBytes(of: left.string, right.string) { left, right in
      guard let index = firstDifference(left, right) else { return left.count < right.count }
      return left[index] < right[index]
    }
  }

  /// Feeds the bytes, and a byte that UTF-8 never has, so that two ids in a row hash apart wherever they
  /// meet.
  public func hash(into hasher: inout Hasher) {
    withBytes(of: string) { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    hasher.combine(0xFF as UInt8)
  }
}

// MARK: - The bytes

/// Lends the UTF-8 bytes of a text, without copying it, as every string on Linux has them at hand.
private func withBytes<Result>(of text: String, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
  if let result = text.utf8.withContiguousStorageIfAvailable(body) { return result }
  var copy = text
  return copy.withUTF8(body)
}

private func withBytes<Result>(
  of left: String, _ right: String,
  _ body: (UnsafeBufferPointer<UInt8>, UnsafeBufferPointer<UInt8>) -> Result
) -> Result {
  withBytes(of: left) { left in withBytes(of: right) { right in body(left, right) } }
}

/// Where two texts first differ within the length of the shorter one; nil when they do not.
private func firstDifference(
  _ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>
) -> Int? {
  let length = min(left.count, right.count)
  let (leftWords, rightWords) = (UnsafeRawBufferPointer(left), UnsafeRawBufferPointer(right))
  var index = 0
  while index + 8 <= length,
    leftWords.loadUnaligned(fromByteOffset: index, as: UInt64.self)
      == rightWords.loadUnaligned(fromByteOffset: index, as: UInt64.self)
  {
    index += 8
  }
  while index < length {
    if left[index] != right[index] { return index }
    index += 1
  }
  return nil
}

// MARK: - The rule

/// Whether every byte is 0x21...0x7E: ASCII without controls and space, which is what nearly all ids are.
///
/// Eight at a time: such a byte has no high bit, and neither has it less 0x21 nor plus one. A byte that breaks the
/// rule may hide its neighbours' faults by a borrow or a carry, never its own.
private func isVisibleASCII(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
  let words = UnsafeRawBufferPointer(bytes)
  var faults: UInt64 = 0
  var index = 0
  while index &+ 8 <= bytes.count {
    let word = words.loadUnaligned(fromByteOffset: index, as: UInt64.self)
    faults |= word | (word &- 0x2121_2121_2121_2121) | (word &+ 0x0101_0101_0101_0101)
    index &+= 8
  }
  guard faults & 0x8080_8080_8080_8080 == 0 else { return false }
  while index < bytes.count {
    guard bytes[index] &- 0x21 <= 0x7E - 0x21 else { return false }
    index &+= 1
  }
  return true
}

/// Whether an id may contain the scalar.
///
/// The list is written out instead of asking for Unicode properties: these change with the toolchain's
/// Unicode version, and an id that is in a log must stay readable for ever.
private func mayStandInIdentifier(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0x00...0x20, 0x7F...0xA0: false  // controls C0, DEL, C1; space, no-break space
  case 0xAD, 0x034F, 0x061C, 0x180E: false  // soft hyphen, grapheme joiner, Arabic mark, Mongolian separator
  case 0x1680, 0x3000: false  // Ogham and ideographic space
  case 0x2000...0x200F: false  // spaces of many widths, zero-width characters, direction marks
  case 0x2028...0x202F: false  // line and paragraph separator, direction embeddings, narrow space
  case 0x205F...0x206F: false  // mathematical space, word joiner, invisible operators, direction isolates
  case 0xFEFF, 0xFFF9...0xFFFB: false  // byte order mark, interlinear annotation
  case 0xE0000...0xE007F: false  // tags
  default: true
  }
}

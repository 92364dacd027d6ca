// What an id may be written with, and that ids are told apart by their bytes.
// Personal data in ids (domain.md L8) is looked for, and tested, elsewhere.

import Testing

@testable import LedgerCore

@Suite("An id")
struct IdentifierTests {
  private func fromBytes(_ bytes: [UInt8]) -> MemberID? {
    bytes.withUnsafeBufferPointer { MemberID(utf8: $0) }
  }

  /// The id with this text, which both ways of making one must agree on.
  private func id(_ text: String) -> MemberID? {
    let id = MemberID(text)
    #expect(id == fromBytes(Array(text.utf8)))
    return id
  }

  @Test(
    "keeps the text it was given",
    arguments: [
      "m", "M0012345678", "order:2022/10#7", "~!\"", "member-0123456789-abcdef-0123456789ab", "会员甲", "Zoë",
      "e\u{301}",
      "𠮷野", "😀",
    ])
  func keepsText(text: String) throws {
    let member = try #require(id(text))
    #expect(Array(member.text.utf8) == Array(text.utf8))
    #expect(member.description == member.text)
  }

  @Test("has 1 to 64 scalars, a command's id 1 to 128, whatever they take in bytes")
  func length() {
    #expect(id("") == nil)
    for scalar in ["a", "é", "会", "😀"] {
      #expect(id(String(repeating: scalar, count: 64)) != nil)
      #expect(id(String(repeating: scalar, count: 65)) == nil)
      #expect(CommandID(String(repeating: scalar, count: 128)) != nil)
      #expect(CommandID(String(repeating: scalar, count: 129)) == nil)
    }
    #expect(id(String(repeating: "a", count: 63) + "é") != nil)
    #expect(id(String(repeating: "a", count: 64) + "é") == nil)
    #expect(id(String(repeating: "e\u{301}", count: 33)) == nil)
  }

  @Test("contains no control, white space or invisible format character, at any place")
  func forbiddenScalars() {
    let ranges: [ClosedRange<UInt32>] = [
      0x00...0x20, 0x7F...0xA0, 0xAD...0xAD, 0x34F...0x34F, 0x61C...0x61C, 0x1680...0x1680, 0x180E...0x180E,
      0x2000...0x200F, 0x2028...0x202F, 0x205F...0x206F, 0x3000...0x3000, 0xFEFF...0xFEFF, 0xFFF9...0xFFFB,
      0xE0000...0xE007F,
    ]
    for value in ranges.joined() {
      guard let scalar = Unicode.Scalar(value) else { continue }
      for text in ["\(scalar)", "a\(scalar)", "\(scalar)a", "abcdefgh\(scalar)ijklmnop", "会\(scalar)员"] {
        #expect(id(text) == nil, "U+\(String(value, radix: 16))")
      }
    }
  }

  @Test("contains nothing that Unicode calls a control, white space or zero-width or direction control")
  func unicodeAgrees() {
    for value in UInt32(0)...0x10FFFF {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let properties = scalar.properties
      let hidden =
        properties.generalCategory == .control || properties.isWhitespace || properties.isBidiControl
        || properties.isJoinControl
      if hidden { #expect(MemberID("\(scalar)") == nil, "U+\(String(value, radix: 16))") }
    }
  }

  @Test(
    "may contain the neighbours of what is forbidden",
    arguments: [
      0x21, 0x7E, 0xA1, 0xAC, 0xAE, 0x1FFF, 0x2010, 0x2027, 0x2030, 0x205E, 0x2070, 0x2FFF, 0x3001, 0xFEFE,
      0xFF00,
      0xFFFC, 0xE0080, 0x10FFFF,
    ] as [UInt32])
  func neighbours(value: UInt32) throws {
    let scalar = try #require(Unicode.Scalar(value))
    #expect(id("\(scalar)") != nil)
  }

  @Test(
    "is refused when its bytes are not UTF-8",
    arguments: [
      [0x80], [0xC3], [0x61, 0xC3], [0xC0, 0xAF], [0xE4, 0xBC], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80],
      [0xFF],
      [0x61, 0x62, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68, 0xFE],
    ] as [[UInt8]])
  func notUTF8(bytes: [UInt8]) {
    #expect(fromBytes(bytes) == nil)
  }

  @Test("differs from the same text composed otherwise, though Swift calls the strings equal")
  func bytesDecide() throws {
    let composed = try #require(id("caf\u{E9}"))
    let decomposed = try #require(id("cafe\u{301}"))
    #expect(composed.text == decomposed.text)
    #expect(composed != decomposed)
    #expect(composed.hashValue != decomposed.hashValue)
    #expect(Set([composed, decomposed]).count == 2)
    #expect(decomposed < composed)
    #expect(!(composed < decomposed))

    // The same marks in another order: canonically equal, and of the same length.
    let dotFirst = try #require(id("q\u{323}\u{307}"))
    let dotLast = try #require(id("q\u{307}\u{323}"))
    #expect(dotFirst.text == dotLast.text)
    #expect(dotFirst != dotLast)
    #expect((dotFirst < dotLast) != (dotLast < dotFirst))
  }

  @Test("equals, hashes and sorts by its bytes, for texts that differ at any place")
  func order() throws {
    var texts = ["a", "b", "ab", "abc", "B", "~", "é", "e\u{301}", "会", "会员", "😀", "\u{FFFD}"]
    let long = "abcdefghijklmnopqrstuvwxyz"
    for index in 0..<26 {
      texts.append(String(long.prefix(index)) + "!" + String(long.suffix(25 - index)))
      texts.append(String(long.prefix(index)) + "é" + String(long.suffix(25 - index)))
      texts.append(String(long.prefix(index + 1)))
    }
    let unique = Array(Set(texts.map { Array($0.utf8) }))
    let ids = try unique.map { try #require(fromBytes($0)) }
    for (left, leftBytes) in zip(ids, unique) {
      for (right, rightBytes) in zip(ids, unique) {
        #expect((left == right) == (leftBytes == rightBytes), "\(left) and \(right)")
        #expect((left < right) == leftBytes.lexicographicallyPrecedes(rightBytes), "\(left) and \(right)")
        if left == right { #expect(left.hashValue == right.hashValue) }
      }
    }
  }

  @Test("is the same whether made from a literal or from a string built at run time")
  func howItWasMade() {
    let built = ["member", "0123456789", "abcdef"].joined(separator: "-")
    #expect(MemberID(String("member-0123456789-abcdef")) == MemberID(built))
    let hash = fromBytes(Array(built.utf8))?.hashValue
    #expect(MemberID(String("member-0123456789-abcdef"))?.hashValue == hash)
  }

  @Test("is called by its noun, and only commands have long ones")
  func nouns() {
    let types: [any Identifier.Type] = [
      MemberID.self, OrganisationID.self, ActorID.self, RuleID.self, FactID.self, StationID.self,
      CommandID.self,
    ]
    #expect(
      types.map { $0.noun } == ["member", "organisation", "actor", "rule", "fact", "station", "command"])
    #expect(types.map { $0.longest } == [64, 64, 64, 64, 64, 64, 128])
  }
}

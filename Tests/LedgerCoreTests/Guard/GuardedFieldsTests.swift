// Every text field of every command, and what the guard does with it (domain.md L8): a field or type that nobody has
// decided about fails here. What a personal number is, is in PersonalNumberTests.

import Foundation
import Testing

@testable import LedgerCore

@Suite("Guarded fields")
struct GuardedFieldsTests {
  /// The types of text that clients choose.
  private static let guarding: [String: Guarding] = [
    "FreeText": .everyNumber, "MemberID": .identityCards, "CommandID": .identityCards,
    "ActorID": .identityCards, "FactID": .identityCards, "OrganisationID": .nothing, "RuleID": .nothing,
    "Reference": .nothing, "StationID": .nothing, "ReasonCode": .everyNumber,
    "FundID": .nothing, "PartyID": .nothing, "CampaignID": .nothing, "Purpose": .everyNumber,
    "GiftID": .nothing, "ProgrammeID": .nothing,
    "MerchantID": .nothing, "SettlementID": .nothing,
    "ActivityID": .nothing, "PrizeID": .everyNumber, "ChoiceID": .everyNumber, "PublicValue": .nothing,
  ]
  /// Types whose form leaves no room for a number.
  private static let forms = [
    "ContentHash", "DrawSecret", "Instant", "CivilDay", "CivilMonth", "Zone", "TypeName", "PublicValueForm",
  ]
  /// The order and payment references: a field that is not an order's or a payment's number is FreeText.
  private static let references = [
    "points.earn data.reference", "points.spend data.reference", "points.hold data.reference",
    "points.refund data.reference", "fund.spend data.reference", "fund.return-spend data.reference",
    "settlement.pay data.reference", "payable.settle data.reference", "coupon.lock data.order",
    "coupon.redeem data.order", "gift.buy data.reference", "grant.pay data.reference",
  ]

  /// Every text field of a command of each type, with every field filled in.
  private static let fields: [(command: Command, fields: [TextLister.Field])] = Command.examples.map {
    ($0, TextLister.fields(of: $0))
  }

  @Test("of every type are guarded as was decided for it")
  func everyTypeIsDecided() {
    var seen: Set<String> = []
    for (command, fields) in Self.fields {
      for field in fields where !field.isWord && !Self.forms.contains(field.type) {
        seen.insert(field.type)
        #expect(
          Self.guarding[field.type] == field.guarding,
          "\(command.body.type.name) \(field.path): \(field.type)")
      }
    }
    #expect(seen == Set(Self.guarding.keys), "every type is met in a command")
  }

  @Test("are exempt as references only where this list says so")
  func references() {
    let found = Self.fields.flatMap { command, fields in
      fields.filter { $0.type == "Reference" }.map { "\(command.body.type.name) \($0.path)" }
    }
    #expect(found == Self.references)
    let named = Self.fields.flatMap { command, fields in
      fields.filter { $0.path.hasSuffix("reference") || $0.path.hasSuffix(".order") }
        .map { "\(command.body.type.name) \($0.path)" }
    }
    #expect(named == Self.references)
  }

  @Test(
    "refuse a personal number or let it pass, in commands of every type", arguments: Command.examples.indices)
  func everyField(index: Int) throws {
    let (command, fields) = Self.fields[index]
    for field in fields {
      guard let guarding = Self.guarding[field.type] else { continue }
      for kind in PersonalNumber.allCases {
        let number = InventedNumbers.number(kind)
        let line = try replacing(field.path, of: command, with: number)
        switch (guarding, kind, parse(line)) {
        case (.everyNumber, _, .invalid(let id, _, let error)),
          (.identityCards, .identityCard, .invalid(let id, _, let error)):
          #expect(error.path == field.path)
          #expect(error.personalNumber == kind)
          #expect(error.code == "command.personal-data")
          #expect(id == (field.path == "id" ? nil : command.id.text))
          let answer = Receipt.invalid(line: 3, id: id, error)
          #expect(!answer.contains(number) && !answer.contains(number.dropFirst(4).dropLast(2)), "\(answer)")
          #expect(answer.contains(#""field":"\#(field.path)","kind":"\#(kind.rawValue)""#))
        case (.identityCards, .mobile, .command), (.identityCards, .bankCard, .command),
          (.nothing, _, .command):
          break
        case (_, _, let outcome):
          Issue.record("\(command.body.type.name) \(field.path) holding a \(kind): \(outcome)")
        }
      }
    }
  }

  @Test("are found in escapes and full width too, and in any place of a list")
  func spellings() throws {
    let number = InventedNumbers.mobile()
    let escaped = number.unicodeScalars.map { "\\u00\(String($0.value, radix: 16))" }.joined()
    let line =
      #"{"id":"c-1","type":"organisation.rename","at":"2022-10-01T09:00:00+08:00","actor":"app","#
      + #""data":{"organisation":"gd","name":"NAME"}}"#
    for name in [number, escaped, InventedNumbers.fullWidth(number)] {
      #expect(parse(line.replacing("NAME", with: name)).error?.path == "data.name")
    }
    #expect(parse(line.replacing("NAME", with: "广东省总工会")).command != nil)
    var rule = DefineRule(
      rule: "read", organisation: "gd", pointsPerUnit: 2, validity: .unlimited, from: "2022-01-01")
    rule.occupations = ["courier", Scene.text(number, FreeText.init)]
    let command = Command(
      id: "c-1", at: "2022-10-01T09:00:00+08:00", actor: "app", .points(.defineRule(rule)))
    #expect(command.problem?.error.path == "data.occupations[1]")
    #expect(command.problem?.id == "c-1")
  }

  @Test("of a command inside another are guarded by the same walk")
  func nestedCommand() throws {
    let inner = CommandBody.organisation(
      .rename(
        RenameOrganisation(organisation: "gd", name: Scene.text(InventedNumbers.mobile(), FreeText.init))))
    var outer = Holder(held: [Holder.Held(command: inner)])
    let finding = PersonalNumberGuard.firstFinding { (io) throws(WireError) in try outer.fields(&io) }
    #expect(finding?.path == "held[0].data.name")
    #expect(finding?.personalNumber == .mobile)
  }

  @Test("name the first of several; a malformed line tells no id that holds a number")
  func several() throws {
    let card = InventedNumbers.identityCard()
    let command = try #require(Command.examples.first)
    let both = try replacing("channel", of: command, with: InventedNumbers.mobile())
      .replacing(command.id.text, with: card)
    #expect(parse(both).error?.path == "id")
    for line in [
      #"{"id":"\#(card)"}"#, #"{"id":"\#(card)","x":1}"#, both.replacing("\"actor\"", with: "\"actr\""),
    ] {
      guard case .invalid(let id, _, let error) = parse(line) else {
        Issue.record("was read")
        continue
      }
      #expect(id == nil)
      #expect(!Receipt.invalid(line: 1, id: id, error).contains(card))
    }
  }

  /// The command's line with another text at a path such as `data.occupations[1]`.
  private func replacing(_ path: String, of command: Command, with text: String) throws -> String {
    var line = try JSONSerialization.jsonObject(with: Data(command.line.utf8))
    let steps = path.split { ".[]".contains($0) }.map(String.init)
    line = Self.replacing(steps[...], in: line, with: text)
    return String(decoding: try JSONSerialization.data(withJSONObject: line), as: UTF8.self)
  }

  private static func replacing(_ steps: ArraySlice<String>, in value: Any, with text: String) -> Any {
    guard let step = steps.first else { return text }
    if var list = value as? [Any], let index = Int(step), list.indices.contains(index) {
      list[index] = replacing(steps.dropFirst(), in: list[index], with: text)
      return list
    }
    guard var object = value as? [String: Any], let inner = object[step] else {
      Issue.record("no \(step)")
      return value
    }
    object[step] = replacing(steps.dropFirst(), in: inner, with: text)
    return object
  }
}

/// A list of objects that each hold a command, as a request for approval does.
private struct Holder: WireObject {
  struct Held: WireObject {
    var command = CommandBody.ledger(.open(.blank))
    mutating func fields(_ io: inout some RecordIO) throws(WireError) { try io.commandBody(&command) }
  }
  var held: [Held] = []
  mutating func fields(_ io: inout some RecordIO) throws(WireError) { try io.field("held", &held) }
}

/// Notes down every text that is walked: where it stands and of what type it is.
private struct TextLister: ValueWriter {
  struct Field {
    let path: String
    let type: String
    let guarding: Guarding
    let isWord: Bool
  }

  var version: Int64 { Int64.max }
  static var isReading: Bool { false }
  static var flow: ValueFlow { .outward }
  private var path = ""
  private var fields: [Field] = []

  static func fields(of command: Command) -> [Field] {
    var lister = TextLister()
    var copy = command
    do throws(WireError) { try copy.fields(&lister) } catch { Issue.record("\(error)") }
    return lister.fields
  }

  private mutating func below(_ step: String, _ walk: (inout TextLister) throws(WireError) -> Void) {
    let outer = path
    path += step
    do throws(WireError) { try walk(&self) } catch { Issue.record("\(error)") }
    path = outer
  }

  private func step(_ key: StaticString) -> String { path.isEmpty ? key.text : "." + key.text }

  mutating func field<Value: WireValue>(_ key: StaticString, _ value: inout Value, _ note: StaticString) {
    let present = value
    below(step(key)) { present.write(&$0) }
  }
  mutating func field<Value: WireValue>(_ key: StaticString, _ value: inout Value?, _ note: StaticString) {
    guard var present = value else { return }
    field(key, &present, note)
  }
  mutating func field<Value: WireInteger>(
    _ key: StaticString, _ value: inout Value, in range: ClosedRange<Int64>, _ note: StaticString
  ) {}
  mutating func field<Value: WireInteger>(
    _ key: StaticString, _ value: inout Value?, in range: ClosedRange<Int64>, _ note: StaticString
  ) {}
  mutating func expect(_ condition: Bool, _ key: StaticString, _ expectation: StaticString) {}
  mutating func nested(_ key: StaticString, _ walk: (inout TextLister) throws(WireError) -> Void) {
    below(step(key), walk)
  }
  mutating func text<Value: WireText>(of value: Value) {
    fields.append(
      Field(
        path: path, type: "\(Value.self)", guarding: Value.guarding, isWord: Value.self is any WireWord.Type))
  }
  mutating func object<Value: WireObject>(_ value: Value) {
    var copy = value
    below("") { (io) throws(WireError) in try copy.fields(&io) }
  }
  mutating func list<Element: WireValue>(_ values: [Element]) {
    for (index, value) in values.enumerated() { below("[\(index)]") { value.write(&$0) } }
  }
  mutating func dictionary(_ body: (inout TextLister) -> Void) { body(&self) }
  mutating func key(_ key: String) {}
  mutating func integer(_ value: Int64) {}
  mutating func boolean(_ value: Bool) {}
  mutating func plain(count: Int, _ fill: (UnsafeMutablePointer<UInt8>) -> Void) {}
  mutating func text(_ value: String) { Issue.record("a text without a type at \(path)") }
}

// The log holds everything: a command is rebuilt from its first event (architecture.md 2), for every type, accepted or
// refused; and when a second command has its id, the field that differs is named.

import Testing

@testable import LedgerCore

@Suite("Commands, rebuilt from the log")
struct RebuiltCommandTests {
  @Test("a refusal of any command holds all that was asked", arguments: Command.examples.indices)
  func fromRefusal(index: Int) throws {
    let command = Command.examples[index]
    var record = EventRecord.example(
      .commandRefused(CommandRefused(request: command.body, code: .memberLeft)))
    record.via = nil
    let read = try readRecord(record.bytes)
    #expect(read.rebuiltCommand == command)
    #expect(read.rebuiltCommand?.line == command.line)
    #expect(read.refusal?.code == .memberLeft)
  }

  @Test("the event that answers a command holds all that was asked, for every type")
  func fromEvents() throws {
    var answered: Set<String> = []
    // The opening of a job answers whatever command opened it.
    let grant = JobOpened(job: "job-1", request: .coupon(.grant(.sample(1))))
    for record in EventRecord.examples + [.example(.job(.opened(grant)))]
    where record.type.name != CommandRefused.type.name {
      guard let command = record.rebuiltCommand else {
        #expect(!record.isFirst)
        continue
      }
      // Every field of the command is in the record under the same name, and stands first.
      let request = command.line.split(separator: #""data":{"#, maxSplits: 1)[1].prefix { $0 != "}" }
      #expect(String(decoding: record.bytes, as: UTF8.self).contains(#""data":{"# + request))
      #expect(try readRecord(record.bytes).rebuiltCommand == command)
      #expect(parse(command.line).command == command)
      #expect(command.id == record.command)
      #expect(command.at == record.at)
      #expect(command.actor == record.actor)
      #expect(command.group == record.group)
      #expect(command.channel == record.channel)
      answered.insert(command.body.type.name)
    }
    #expect(answered == Set(CommandBody.blanks.map(\.type.name)), "a command type that no event answers")
  }

  @Test("the tables name every type once")
  func tables() {
    let commands = CommandBody.blanks.map(\.type.name)
    let events = Event.blanks.map(\.type.name)
    #expect(Set(commands).count == commands.count)
    #expect(Set(events).count == events.count)
    #expect(Set(commands).isDisjoint(with: events))
    for name in commands { #expect(CommandBody.blank(name)?.type.name == name) }
    for name in events { #expect(Event.blank(name)?.type.name == name) }
    #expect(CommandBody.blank("points.earned") == nil)
    #expect(Event.blank("points.earn") == nil)
  }
}

@Suite("Two commands of one id")
struct CommandDifferenceTests {
  @Test("equal commands do not differ", arguments: Command.examples.indices)
  func equal(index: Int) {
    let command = Command.examples[index]
    #expect(command.firstDifference(from: command) == nil)
    #expect(parse(command.line).command?.firstDifference(from: command) == nil)
  }

  @Test("a field of the envelope is named")
  func envelope() {
    let command = Command.examples[0]
    let changes: [(String, (inout Command) -> Void)] = [
      ("at", { $0.at = .sample(99) }), ("actor", { $0.actor = .sample(99) }),
      ("group", { $0.group = .sample(99) }), ("group", { $0.group = nil }),
      ("channel", { $0.channel = .sample(99) }), ("channel", { $0.channel = nil }),
      ("type", { $0.body = Command.examples[1].body }),
    ]
    for (field, change) in changes {
      var other = command
      change(&other)
      #expect(command.firstDifference(from: other) == field)
      #expect(other.firstDifference(from: command) == field)
    }
  }

  @Test("each field of each type's data is named, when it differs and when only one command has it")
  func data() {
    for command in Command.examples {
      var counter = FieldChanger(target: -1)
      var body = command.body
      counter.walk { (io: inout FieldChanger) throws(WireError) in try body.fields(&io) }
      #expect(counter.count > 0)
      for isRemoval in [false, true] {
        for target in 0..<counter.count {
          var changer = FieldChanger(target: target, isRemoval: isRemoval)
          var other = command
          changer.walk { (io: inout FieldChanger) throws(WireError) in try other.body.fields(&io) }
          guard let path = changer.changed else { continue }
          #expect(command.firstDifference(from: other) == "data.\(path)", "\(command.body.type.name)")
          #expect(other.firstDifference(from: command) == "data.\(path)", "\(command.body.type.name)")
        }
      }
    }
  }
}

/// Changes one field, found by its number in the walk, to another value, or takes an optional one away.
private struct FieldChanger: RecordIO {
  var version: Int64 { Int64.max }
  static var isReading: Bool { false }
  static var flow: ValueFlow { .through }
  let target: Int
  var isRemoval = false
  private(set) var count = 0
  private(set) var changed: String?
  private var prefix = ""

  init(target: Int, isRemoval: Bool = false) {
    self.target = target
    self.isRemoval = isRemoval
  }

  mutating func walk(_ body: (inout FieldChanger) throws(WireError) -> Void) {
    do throws(WireError) { try body(&self) } catch { Issue.record("\(error)") }
  }

  private mutating func change<Value: WireValue>(_ key: StaticString, _ value: Value) -> Value {
    // The name of a type says which fields follow; it is not changed without them.
    if value is TypeName { return value }
    // A neighbour's sample; a kind of value that has only one is turned round.
    let others = (200..<210).map { Value.sample($0) }
    guard let other = others.first(where: { written($0) != written(value) }) else {
      if let flag = value as? Bool, let turned = !flag as? Value {
        changed = prefix + key.text
        return turned
      }
      return value
    }
    changed = prefix + key.text
    return other
  }

  mutating func field<Value: WireValue>(
    _ key: StaticString, _ value: inout Value, _ note: StaticString
  ) throws(WireError) {
    defer { count += 1 }
    if count == target, !isRemoval { value = change(key, value) }
  }
  mutating func field<Value: WireValue>(
    _ key: StaticString, _ value: inout Value?, _ note: StaticString
  ) throws(WireError) {
    defer { count += 1 }
    guard count == target, let present = value else { return }
    if isRemoval {
      changed = prefix + key.text
      value = nil
    } else {
      value = change(key, present)
    }
  }
  mutating func field<Value: WireInteger>(
    _ key: StaticString, _ value: inout Value, in range: ClosedRange<Int64>, _ note: StaticString
  ) throws(WireError) {
    try field(key, &value, note)
  }
  mutating func field<Value: WireInteger>(
    _ key: StaticString, _ value: inout Value?, in range: ClosedRange<Int64>, _ note: StaticString
  ) throws(WireError) {
    try field(key, &value, note)
  }
  mutating func expect(_ condition: Bool, _ key: StaticString, _ expectation: StaticString) {}
  mutating func nested(
    _ key: StaticString, _ walk: (inout Self) throws(WireError) -> Void
  ) throws(WireError) {
    let outer = prefix
    prefix += key.text + "."
    try walk(&self)
    prefix = outer
  }
}

// A command in its envelope: what a client asks, on one JSON line or as a Swift value. What each type asks for is in
// the benefits' folders.

/// Something a client asks of the ledger.
///
/// One JSON object on one line of at most 64 KiB (60 KiB without white space), keys in any order, none unknown:
/// `{"id":"read-1","type":"points.earn","at":"2022-10-01T09:00:00+08:00","actor":"app","data":{…}}`.
/// Equality is by content: `at` by instant, not by spelling.
public struct Command: Equatable, Sendable {
  /// Chosen by the client; the same id twice is the same command. Time-ordered ids double the append rate.
  public var id: CommandID
  /// When it happened.
  public var at: Instant
  public var actor: ActorID
  public var body: CommandBody
  /// Commands of one group, sent in a row, happen all or none.
  public var group: FreeText?
  /// The platform or third party it came through.
  public var channel: FreeText?

  /// The most bytes of the canonical line: its record, which adds at most 4 KiB, must fit into 64 KiB.
  static let longest = EventRecord.longest - 4_096

  public init(
    id: CommandID, at: Instant, actor: ActorID, _ body: CommandBody, group: FreeText? = nil,
    channel: FreeText? = nil
  ) {
    self.id = id
    self.at = at
    self.actor = actor
    self.body = body
    self.group = group
    self.channel = channel
  }

  /// The command that makes a ledger: its owner's, and the first.
  package static func opening(_ opening: OpenLedger, at instant: Instant) -> Command {
    Command(
      id: CommandID(unchecked: OpenLedger.type.name), at: instant, actor: opening.owner,
      .ledger(.open(opening)))
  }

  /// The canonical line, without a newline.
  public var line: String {
    var writer = RecordWriter()
    var copy = self
    writer.envelope { (io: inout RecordWriter) throws(WireError) in try copy.fields(&io) }
    return writer.string
  }

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("id", &id, "chosen by the client; the same id twice is the same command")
    try io.commandBody(&body) { io throws(WireError) in
      try io.field("at", &at, "when it happened")
      try io.field("actor", &actor)
    }
    try io.field("group", &group, "commands of one group, in a row, happen all or none")
    try io.field("channel", &channel, "the platform or third party it came through")
  }

  /// What a reader would find wrong with this command: a Swift value can name a quantity or a text that no line may
  /// hold, or a number of a person. nil when it may be performed. The id is nil when it must not be told.
  package var problem: (id: String?, error: WireError)? {
    var parser = CommandParser()
    var line = line
    let outcome = line.withUTF8 { parser.parse($0) }
    switch outcome {
    case .command(let read): return read == self ? nil : (nil, WireError("", "is not what its line says"))
    case .invalid(let id, _, let error): return (id, error)
    }
  }

  /// The first field that holds a personal number (L8); nil when none does.
  fileprivate var personalNumber: WireError? {
    var copy = self
    return PersonalNumberGuard.firstFinding { (io) throws(WireError) in try copy.fields(&io) }
  }

  /// The first field, by its path, in which two commands of one id differ; nil when they are equal.
  package func firstDifference(from other: Command) -> String? {
    if self == other { return nil }
    if at != other.at { return "at" }
    if actor != other.actor { return "actor" }
    if body.type.name != other.body.type.name { return "type" }
    if group != other.group { return "group" }
    if channel != other.channel { return "channel" }
    return body.firstDifferentField(from: other.body).map { "data." + $0 } ?? "data"
  }

  /// The envelope's fields, for the schema.
  package static var schema: [SchemaField] {
    var io = SchemaWriter()
    var blank = Command(id: .blank, at: .blank, actor: .blank, .ledger(.open(.blank)))
    io.collect { (io: inout SchemaWriter) throws(WireError) in try blank.fields(&io) }
    return io.fields
  }
}

/// Reads command lines, keeping its memory from line to line.
package struct CommandParser {
  private var tape = JSONTape()

  package init() {}

  /// What a line asks. When it is malformed or holds personal data, the id and the group are given if that much
  /// could be read; an id that itself holds personal data is not.
  package enum Outcome: Sendable {
    case command(Command)
    case invalid(id: String?, group: FreeText?, WireError)
  }

  /// Reads one line, without its newline.
  package mutating func parse(_ line: UnsafeBufferPointer<UInt8>) -> Outcome {
    guard line.count <= EventRecord.longest else {
      return .invalid(id: nil, group: nil, .tooLong)
    }
    var command = Command(id: .blank, at: .blank, actor: .blank, .ledger(.open(.blank)))
    do throws(WireError) {
      try tape.parse(line)
      try tape.nodes.withUnsafeBufferPointerTyped { (nodes) throws(WireError) in
        var reader = CommandReader(line, nodes)
        try reader.envelope { (io: inout CommandReader) throws(WireError) in try command.fields(&io) }
      }
      // White space and escapes do not count; almost no line is long enough for this to be asked.
      guard line.count <= Command.longest || command.line.utf8.count <= Command.longest else {
        throw WireError(
          "", "is longer than \(Command.longest) bytes without white space; its record would not fit")
      }
      if let finding = command.personalNumber { throw finding }
      return .command(command)
    } catch {
      let (id, group) = glance(line)
      return .invalid(id: id?.text, group: group, error)
    }
  }

  /// The id and group of a line whose tape could be read, whatever else is wrong with it. An id that holds a personal
  /// number is not told.
  private func glance(_ line: UnsafeBufferPointer<UInt8>) -> (CommandID?, FreeText?) {
    guard tape.isWhole else { return (nil, nil) }
    return tape.nodes.withUnsafeBufferPointer { nodes in
      let reader = CommandReader(line, nodes)
      let id: CommandID? = reader.glance("id")
      return (id.flatMap { PersonalNumberGuard.number(in: $0) == nil ? $0 : nil }, reader.glance("group"))
    }
  }
}

extension Array {
  /// `withUnsafeBufferPointer` that keeps the type of the error.
  fileprivate func withUnsafeBufferPointerTyped(
    _ body: (UnsafeBufferPointer<Element>) throws(WireError) -> Void
  ) throws(WireError) {
    try withUnsafeBufferPointer(body)
  }
}

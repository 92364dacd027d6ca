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

  /// The canonical line, without a newline.
  public var line: String {
    var writer = RecordWriter()
    var copy = self
    writer.envelope { (io: inout RecordWriter) throws(WireError) in try copy.fields(&io) }
    return writer.string
  }

  fileprivate mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("id", &id, "chosen by the client; the same id twice is the same command")
    try io.commandBody(&body) { io throws(WireError) in
      try io.field("at", &at, "when it happened")
      try io.field("actor", &actor)
    }
    try io.field("group", &group, "commands of one group, in a row, happen all or none")
    try io.field("channel", &channel, "the platform or third party it came through")
  }

  /// What a reader would find wrong with this command: a Swift value can name a quantity or a text that no line may
  /// hold. nil when it is well formed.
  package var problem: WireError? {
    var parser = CommandParser()
    var line = line
    let outcome = line.withUTF8 { parser.parse($0) }
    switch outcome {
    case .command(let read): return read == self ? nil : WireError("", "is not what its line says")
    case .malformed(_, _, let error): return error
    }
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

  /// What a line asks. When it is malformed, the id and the group are given if that much could be read.
  package enum Outcome: Sendable {
    case command(Command)
    case malformed(id: String?, group: FreeText?, WireError)
  }

  /// Reads one line, without its newline.
  package mutating func parse(_ line: UnsafeBufferPointer<UInt8>) -> Outcome {
    guard line.count <= EventRecord.longest else {
      return .malformed(id: nil, group: nil, .tooLong)
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
      return .command(command)
    } catch {
      let (id, group) = glance(line)
      return .malformed(id: id?.text, group: group, error)
    }
  }

  /// The id and group of a line whose tape could be read, whatever else is wrong with it.
  private func glance(_ line: UnsafeBufferPointer<UInt8>) -> (CommandID?, FreeText?) {
    guard tape.isWhole else { return (nil, nil) }
    return tape.nodes.withUnsafeBufferPointer { nodes in
      let reader = CommandReader(line, nodes)
      return (reader.glance("id"), reader.glance("group"))
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

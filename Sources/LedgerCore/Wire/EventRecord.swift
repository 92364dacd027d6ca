// An event in its envelope: what is stored, hashed and exported, byte for byte. Keys stand in this order always.

/// One line of the log.
package struct EventRecord: Equatable, Sendable {
  /// 1, 2, 3, …
  package var position: Int64 = 0
  /// The ledger's clock at commit; never runs backwards.
  package var recordedAt: Instant = .blank
  /// When it happened.
  package var at: Instant = .blank
  package var command: CommandID = .blank
  package var actor: ActorID = .blank
  /// Who brought the command: a uid or socket principal.
  package var via: FreeText?
  package var channel: FreeText?
  package var group: FreeText?
  /// The position of the event that this one takes back, whole or in part (L6).
  package var reverses: Int64?
  /// The position of the event that this one sets right.
  package var corrects: Int64?
  /// For each of the event's subjects, the position of its previous event; 0 for none.
  package var previous: [Int64] = []
  var event: Event {
    get {
      guard let known else { preconditionFailure("a record without its event") }
      return known
    }
    set { known = newValue }
  }
  /// nil only until a reader has come to it.
  private var known: Event?

  package init() {}

  /// The most bytes of a record or command line.
  package static let longest = 65_536

  /// Where the event stands, for evolve.
  var stamp: Stamp { Stamp(position: position, at: at, command: command) }

  /// Reads the exact bytes of a record; any other spelling of it is an error.
  package init(_ bytes: UnsafeBufferPointer<UInt8>) throws(WireError) {
    guard bytes.count <= Self.longest else { throw .tooLong }
    self.init()
    try Self.fill(&self, from: bytes)
  }

  /// Apart from `init`, whose `self` the compiler copies; and in place, because it copies what is returned too.
  private static func fill(
    _ record: inout EventRecord, from bytes: UnsafeBufferPointer<UInt8>
  ) throws(WireError) {
    var reader = RecordReader(bytes)
    try reader.envelope { (io: inout RecordReader) throws(WireError) in try record.fields(&io) }
    try reader.finish()
  }

  /// Appends the bytes of the record, without a newline.
  package func write(_ writer: inout RecordWriter) {
    var copy = self
    writer.envelope { (io: inout RecordWriter) throws(WireError) in try copy.fields(&io) }
  }

  /// The bytes of the record, without a newline.
  package var bytes: [UInt8] {
    var writer = RecordWriter()
    write(&writer)
    return writer.bytes
  }

  /// The command, rebuilt from its first event; nil when this is not a first event.
  package var rebuiltCommand: Command? {
    guard let body = event.request else { return nil }
    return Command(id: command, at: at, actor: actor, body, group: group, channel: channel)
  }

  package var type: EventType { event.type }
  /// Every entity that this event changes, each once.
  package var touched: [EntityKey] { event.touched }
  /// Which of `count` parts of a replay fold this record.
  package func parts(of count: Int) -> ReplayParts { event.parts(of: count) }
  /// The entities whose history it belongs to, in the order of `previous`.
  package var subjects: [EntityKey] { event.subjects }
  /// Its double entry: amounts that sum to zero.
  package var legs: [Leg] { event.legs }
  /// What a receipt tells of it.
  package var answers: [Answer] { event.answer }
  /// The refusal it records, if it is one.
  package var refusal: Refusal? { event.refusal }
  /// Of a refusal, how many commands of its group were decided before it and rolled back with it; nil for none.
  package var rolledBack: Int64? {
    get { if case .commandRefused(let event) = event { event.rolledBack } else { nil } }
    set {
      guard case .commandRefused(var refused) = event else { return }
      refused.rolledBack = newValue
      event = .commandRefused(refused)
    }
  }
  /// The opening it records, if it is one.
  package var opening: OpenLedger? { event.opening }
  /// Who brought both the opening and the granting of an approval, when that is the same (L6); nil when it is not, or
  /// when it is not known.
  package var viaOfBothActors: FreeText? {
    guard case .approval(.granted(let event)) = event, let via, via == event.openedVia else { return nil }
    return via
  }
  /// How many events carry inputs because of this one, itself included: what a grant decides has its own, and so has
  /// each reward of an activity.
  package var eventsWithInputs: Int {
    switch event {
    case .approval(.granted): 2
    case .activity(let event): 1 + event.rewards.count
    case .ledger, .commandRefused, .actor, .organisation, .station, .member, .points, .fund, .party,
      .merchant,
      .payable, .campaign, .coupon, .gift, .grant, .approval, .job:
      1
    }
  }
  /// Whether it is the event that answers its command, and not one that was due or follows.
  package var isFirst: Bool { event.request != nil }

  mutating func fields<IO: RecordIO>(_ io: inout IO) throws(WireError) {
    try io.field("position", &position, in: 1...Int64.max, "1, 2, 3, …")
    try io.field("recordedAt", &recordedAt, "the ledger's clock; never runs backwards")
    try io.field("at", &at, "when it happened")
    var type = known.map { NamedType($0.dataType) } ?? .blank
    try io.eventType(&type)
    try io.field("command", &command, "the id that the client chose")
    try io.field("actor", &actor)
    try io.field("via", &via, "who brought the command")
    try io.field("channel", &channel)
    try io.field("group", &group, "commands that happened all or none")
    try io.field("reverses", &reverses, in: 1...Int64.max, "the position of the event that it takes back")
    try io.field("corrects", &corrects, in: 1...Int64.max, "the position of the event that it sets right")
    try io.field("previous", &previous, "positions of the previous event of each subject; 0 for none")
    try io.nestedAny("data", "the fields of the event's type") { (io: inout IO) throws(WireError) in
      try io.data(of: type.data, &known)
    }
  }

  /// The envelope's fields, for the schema.
  package static var schema: [SchemaField] {
    var io = SchemaWriter()
    var blank = EventRecord()
    io.collect { (io: inout SchemaWriter) throws(WireError) in try blank.fields(&io) }
    return io.fields
  }
}

/// The places where one field names the type of what is read next.
extension RecordIO {
  /// The fields `type` and `version`; a reader learns from them which type the data is of.
  fileprivate mutating func eventType(_ type: inout NamedType) throws(WireError) {
    try field("type", &type, "benefit.happened")
    var version = type.version
    try field("version", &version, in: 1...1_000_000, "of the type")
    guard Self.isReading else { return }
    guard version <= type.version else {
      throw WireError("version", "is newer than this program, which knows up to \(type.version)")
    }
    read(version: version)
  }

  /// The type and data of a command, as clients send them and as refusals keep them.
  mutating func commandBody(
    _ body: inout CommandBody, between: (inout Self) throws(WireError) -> Void = { _ in }
  ) throws(WireError) {
    var name = TypeName(unchecked: body.type.name)
    try field("type", &name, "benefit.verb")
    if Self.isReading {
      guard let blank = CommandBody.blank(name.text) else {
        throw WireError("type", "is not a command type that this program knows")
      }
      body = blank
    }
    try between(&self)
    try nestedAny("data", "the fields of the command's type") { (io: inout Self) throws(WireError) in
      try body.fields(&io)
    }
  }
}

/// An event type, written as its name.
struct NamedType: WireText {
  let data: any EventData.Type
  /// The newest of the type.
  let version: Int64
  private static let table = NameTable(Event.types.map { ($0.type.name, NamedType($0)) })
  static var blank: NamedType { NamedType(CommandRefused.self) }
  static let guarding = Guarding.nothing
  static var expectation: String { "an event type that this program knows" }
  static func sample(_ ordinal: Int) -> NamedType { blank }
  init(_ data: any EventData.Type) {
    self.data = data
    version = data.type.version
  }
  init?(wireText bytes: UnsafeBufferPointer<UInt8>) {
    guard let named = Self.table[bytes] else { return nil }
    self = named
  }
  func writeText(_ writer: inout some ValueWriter) { writer.text(data.type.name) }
}

/// A small table from names to values, looked up by bytes without making a String.
struct NameTable<Value: Sendable>: Sendable {
  private static var slotCount: Int { 512 }
  /// All names, one after the other, and where each begins and ends.
  private var names: [UInt8] = []
  private var bounds: [Range<Int>] = []
  private var values: [Value] = []
  /// The number of the entry in each slot; -1 is empty. Sparse, so that nearly every name is found at once.
  private var slots = [Int](repeating: -1, count: slotCount)

  init(_ entries: [(String, Value)]) {
    precondition(entries.count < Self.slotCount / 2, "the table must stay sparse")
    for (name, value) in entries {
      let bytes = Array(name.utf8)
      precondition(bytes.count >= 8, "a name is hashed by eight bytes")
      var slot = bytes.withUnsafeBufferPointer(Self.slot)
      while slots[slot] >= 0 { slot = (slot + 1) % Self.slotCount }
      slots[slot] = values.count
      bounds.append(names.count..<names.count + bytes.count)
      names += bytes
      values.append(value)
    }
  }

  subscript(_ name: UnsafeBufferPointer<UInt8>) -> Value? {
    guard name.count >= 8 else { return nil }
    var slot = Self.slot(name)
    while slots[slot] >= 0 {
      let entry = slots[slot]
      if isName(entry, name) { return values[entry] }
      slot = (slot + 1) % Self.slotCount
    }
    return nil
  }

  private func isName(_ entry: Int, _ name: UnsafeBufferPointer<UInt8>) -> Bool {
    let range = bounds[entry]
    guard range.count == name.count else { return false }
    return names.withUnsafeBufferPointer { names in
      guard let known = names.baseAddress, let name = name.baseAddress else { return false }
      return isSame(known + range.lowerBound, name, count: range.count)
    }
  }

  /// From the first and the last eight bytes; every name is longer.
  private static func slot(_ name: UnsafeBufferPointer<UInt8>) -> Int {
    let bytes = UnsafeRawBufferPointer(name)
    let first = bytes.loadUnaligned(as: UInt64.self)
    let last = bytes.loadUnaligned(fromByteOffset: name.count - 8, as: UInt64.self)
    let hash = (first &* 0x9E37_79B9_7F4A_7C15 ^ last) &* 0x9E37_79B9_7F4A_7C15
    return Int(truncatingIfNeeded: hash >> 32) % slotCount
  }
}

/// `benefit.verb` or `benefit.happened`.
struct TypeName: Equatable, WireText {
  let text: String
  static var blank: TypeName { TypeName(unchecked: "") }
  static let guarding = Guarding.nothing
  static var expectation: String { "a type such as points.earn" }
  static var pattern: String? { #"^[a-z-]+\.[a-z-]+$"# }
  static func sample(_ ordinal: Int) -> TypeName { blank }
  init(unchecked text: String) { self.text = text }
  init?(wireText bytes: UnsafeBufferPointer<UInt8>) {
    guard (1...64).contains(bytes.count), bytes.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { return nil }
    text = String(decoding: bytes, as: UTF8.self)
  }
  func writeText(_ writer: inout some ValueWriter) { writer.text(text) }
}

// Every command and event type with its fields, as the code itself describes them: what `benefits schema` prints. How
// it is printed is the tool's affair.

/// One command or event type, for people and machines that write or read its JSON.
package struct SchemaEntry: Sendable {
  package enum Kind: Equatable, Sendable {
    /// Which roles may send it, and how it can be refused: first the refusals of its own, then those of all commands.
    case command(roles: [Role], refusals: [Refusal.Code])
    /// The version written today.
    case event(version: Int64)
  }

  package let name: String
  package let summary: String
  package let kind: Kind
  /// The fields of `data`, in their documented order.
  package let fields: [SchemaField]
}

/// The tables of all types. Cost of each: a walk over all fields; nothing is kept.
package enum SchemaCatalogue {
  /// Every command type, in the order of the documentation.
  package static var commands: [SchemaEntry] {
    CommandBody.blanks.map { blank in
      var body = blank
      return SchemaEntry(
        name: blank.type.name, summary: blank.type.summary,
        kind: .command(
          roles: blank.type.roles,
          refusals: blank.type.refusals + CommandType.always.filter { !blank.type.refusals.contains($0) }),
        fields: collect { (io: inout SchemaWriter) throws(WireError) in try body.fields(&io) })
    }
  }

  /// Every event type, in the order of the documentation.
  package static var events: [SchemaEntry] {
    Event.blanks.map { blank in
      var event = blank
      let fields = collect { (io: inout SchemaWriter) throws(WireError) in try event.fields(&io) }
      return SchemaEntry(
        name: blank.type.name, summary: blank.type.summary, kind: .event(version: blank.type.version),
        fields: fields)
    }
  }

  /// The fields around `data` on a command's line; `data` itself is of any type.
  package static var commandEnvelope: [SchemaField] { Command.schema }

  /// The fields around `data` in an event's record.
  package static var eventEnvelope: [SchemaField] { EventRecord.schema }

  /// What a refusal of this code says; `{name}` stands for a number or word of its `data`.
  package static func message(of code: Refusal.Code) -> String { Refusal(code).message }

  /// The most elements of a list.
  package static var longestList: Int { LedgerCore.longestList }

  private static func collect(_ walk: (inout SchemaWriter) throws(WireError) -> Void) -> [SchemaField] {
    var io = SchemaWriter()
    io.collect(walk)
    return io.fields
  }
}

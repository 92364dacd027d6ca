// benefits schema: every command and event type with its fields, from the tables that read and write them.
// For machines the same as JSON Schema 2020-12, in JSONSchema.swift.

import BenefitsLedger

enum SchemaVerb {
  private static let type = Positional(
    "TYPE", .text, isRequired: false,
    "a command or event type, or `command` or `event` for the fields that all of them have")

  static let verb = Verb(
    name: "schema", summary: "list the command and event types, or the fields of one", positionals: [type],
    options: [.json],
    details: """
      Without TYPE, lists every command and every event type. With a type, prints the
      fields of its `data`, and for a command who may send it and how it may be
      refused; {short} in a message stands for a number of the refusal's `data`.
      The fields around `data` are the same for all: `benefits schema command` and
      `benefits schema event`.

      With --json, prints a JSON Schema 2020-12 document: of the whole line of TYPE,
      or without TYPE an object whose `$defs` has every type. A line that it accepts
      has the right shape; fields that depend on each other are checked when the
      line is read.
      """,
    example: """
      $ benefits schema points.release | head -5
      command points.release: Gives back what a hold set aside, to the same lots with the same expiries.
      sent by service, operator

      data    what it is                                          required  note
      member  a member id of 1 to 64 characters without spaces    yes
      """,
    run: run)

  private static func run(_ invocation: Invocation) throws -> ExitCode {
    let (output, topic) = (invocation.output, try invocation.arguments.optional(type).map(Topic.init))
    switch (topic, invocation.wantsJSON) {
    case (nil, false): try list(on: output)
    case (nil, true): try output.json(JSONSchema.all)
    case (.entry(let entry), false): try explain(entry, on: output)
    case (.entry(let entry), true): try output.json(JSONSchema.document(JSONSchema.line(of: entry)))
    case (.commandEnvelope, false):
      try explain(SchemaCatalogue.commandEnvelope, titled: "command", on: output)
    case (.commandEnvelope, true): try output.json(JSONSchema.document(JSONSchema.anyCommand))
    case (.eventEnvelope, false): try explain(SchemaCatalogue.eventEnvelope, titled: "event", on: output)
    case (.eventEnvelope, true): try output.json(JSONSchema.document(JSONSchema.anyEvent))
    }
    return .fine
  }

  /// What is to be explained.
  private enum Topic {
    case entry(SchemaEntry)
    case commandEnvelope
    case eventEnvelope

    init(_ name: String) throws(Failure) {
      let entries = SchemaCatalogue.commands + SchemaCatalogue.events
      switch name {
      case "command": self = .commandEnvelope
      case "event": self = .eventEnvelope
      default:
        guard let entry = entries.first(where: { $0.name == name }) else {
          let hint = Nearest.suggestion(for: name, among: entries.map(\.name) + ["command", "event"])
          throw Failure(
            .usage, "no type `\(name)`\(hint.isEmpty ? "; `benefits schema` lists them" : hint)")
        }
        self = .entry(entry)
      }
    }
  }

  private static func list(on output: Output) throws {
    var commands = Table([.text("command"), .text("sent by"), .text("what it does")])
    for entry in SchemaCatalogue.commands { commands.add([entry.name, entry.roles, entry.summary]) }
    try output.table(commands)
    try output.line()
    var events = Table([.text("event"), .number("version"), .text("what happened")])
    for entry in SchemaCatalogue.events { events.add([entry.name, entry.version, entry.summary]) }
    try output.table(events)
  }

  private static func explain(_ entry: SchemaEntry, on output: Output) throws {
    switch entry.kind {
    case .command(_, let refusals):
      try output.line("command \(entry.name): \(entry.summary)")
      try output.line("sent by \(entry.roles)")
      try output.line()
      try explain(entry.fields, titled: "data", on: output)
      try output.line()
      var messages = Table([.text("refusal"), .text("message")])
      for code in refusals { messages.add([code.rawValue, SchemaCatalogue.message(of: code)]) }
      try output.table(messages)
    case .event:
      try output.line("event \(entry.name), version \(entry.version): \(entry.summary)")
      try output.line()
      try explain(entry.fields, titled: "data", on: output)
    }
  }

  private static func explain(_ fields: [SchemaField], titled title: String, on output: Output) throws {
    var table = Table([.text(title), .text("what it is"), .text("required"), .text("note")])
    add(fields, to: &table, under: "")
    try output.table(table)
  }

  private static func add(_ fields: [SchemaField], to table: inout Table, under prefix: String) {
    for field in fields {
      table.add([prefix + field.key, field.shape.words, field.isRequired ? "yes" : "no", field.note])
      switch field.shape {
      case .object(let inner): add(inner, to: &table, under: prefix + field.key + ".")
      case .list(.object(let inner)): add(inner, to: &table, under: prefix + field.key + "[].")
      case .list, .integer, .boolean, .text, .words, .dictionary: break
      }
    }
  }
}

extension SchemaEntry {
  /// The roles that may send it; empty for an event.
  fileprivate var roles: String {
    if case .command(let roles, _) = kind { roles.map(\.rawValue).joined(separator: ", ") } else { "" }
  }
  /// The version written today; empty for a command.
  fileprivate var version: String {
    if case .event(let version) = kind { "\(version)" } else { "" }
  }
}

extension Shape {
  /// In words; the fields of an object have rows of their own.
  fileprivate var words: String {
    switch self {
    case .integer(let range, let unit): Self.words(range, unit)
    case .boolean: "true or false"
    case .text(let expectation, _): expectation
    case .words(let words): "one of " + words.joined(separator: ", ")
    case .object: "an object"
    case .list(.object): "a list of at most \(SchemaCatalogue.longestList) objects"
    case .list(let element): "a list of at most \(SchemaCatalogue.longestList): \(element.words)"
    case .dictionary(let text): "an object: \(text)"
    }
  }

  private static func words(_ range: ClosedRange<Int64>, _ unit: String) -> String {
    let subject = unit == "count" ? "a whole number" : "a whole number of \(unit)"
    return switch (range.lowerBound, range.upperBound) {
    case (.min, .max): subject
    case (let least, .max): "\(subject), at least \(least.grouped)"
    case (.min, let most): "\(subject), at most \(most.grouped)"
    case (let least, let most): "\(subject) from \(least.grouped) to \(most.grouped)"
    }
  }
}

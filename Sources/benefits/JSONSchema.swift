// The tables of SchemaCatalogue as JSON Schema 2020-12, for other people's tools. What people read is in
// Commands/SchemaVerb.swift.

import BenefitsLedger

/// JSON Schema of whole lines. `x-roles` and `x-refusals` are annotations of ours, which a validator passes over.
enum JSONSchema {
  /// An object whose `$defs` has every type.
  static var all: JSONAnswer {
    let entries = SchemaCatalogue.commands + SchemaCatalogue.events
    return document(["$defs": .object(entries.map { (name: $0.name, value: line(of: $0)) })])
  }

  /// A schema as a document of its own.
  static func document(_ schema: JSONAnswer) -> JSONAnswer {
    var document: JSONAnswer = ["$schema": "https://json-schema.org/draft/2020-12/schema"]
    if case .object(let fields) = schema {
      for field in fields { document.add(field.name, field.value) }
    }
    return document
  }

  /// The whole line of a command or the whole record of an event.
  static func line(of entry: SchemaEntry) -> JSONAnswer {
    var schema: JSONAnswer = ["title": .string(entry.name), "description": .string(entry.summary)]
    var known: [String: JSONAnswer] = ["type": ["const": .string(entry.name)], "data": object(entry.fields)]
    let envelope: [SchemaField]
    switch entry.kind {
    case .command(let roles, let refusals):
      envelope = SchemaCatalogue.commandEnvelope
      schema.add("x-roles", .array(roles.map { .string($0.rawValue) }))
      schema.add("x-refusals", .array(refusals.map { .string($0.rawValue) }))
    case .event(let version):
      envelope = SchemaCatalogue.eventEnvelope
      known["version"] = ["const": .integer(version)]
    }
    return schema + object(envelope, known)
  }

  /// A command of any type.
  static var anyCommand: JSONAnswer {
    ["title": "command"] + object(SchemaCatalogue.commandEnvelope, names(of: SchemaCatalogue.commands))
  }

  /// An event of any type.
  static var anyEvent: JSONAnswer {
    ["title": "event"] + object(SchemaCatalogue.eventEnvelope, names(of: SchemaCatalogue.events))
  }

  private static func names(of entries: [SchemaEntry]) -> [String: JSONAnswer] {
    ["type": ["enum": .array(entries.map { .string($0.name) })]]
  }

  private static func object(_ fields: [SchemaField], _ known: [String: JSONAnswer] = [:]) -> JSONAnswer {
    let properties = fields.map { field in
      (name: field.key, value: described(known[field.key] ?? schema(of: field.shape), field.note))
    }
    return [
      "type": "object",
      "properties": .object(properties),
      "required": .array(fields.filter(\.isRequired).map { .string($0.key) }),
      "additionalProperties": false,
    ]
  }

  /// With the note for people, unless there is none or the schema says something already.
  private static func described(_ schema: JSONAnswer, _ note: String) -> JSONAnswer {
    guard !note.isEmpty, case .object(let fields) = schema else { return schema }
    return .object(fields.filter { $0.name != "description" }) + ["description": .string(note)]
  }

  private static func schema(of shape: Shape) -> JSONAnswer {
    switch shape {
    case .integer(let range, let unit):
      [
        "type": "integer", "minimum": .integer(range.lowerBound), "maximum": .integer(range.upperBound),
        "x-unit": .string(unit),
      ]
    case .boolean: ["type": "boolean"]
    case .text(let expectation, nil): ["type": "string", "description": .string(expectation)]
    case .text(let expectation, let pattern?):
      ["type": "string", "pattern": .string(pattern), "description": .string(expectation)]
    case .words(let words): ["enum": .array(words.map { .string($0) })]
    case .object(let fields): object(fields)
    case .list(let element):
      ["type": "array", "maxItems": .integer(SchemaCatalogue.longestList), "items": schema(of: element)]
    case .dictionary(let text): ["type": "object", "description": .string(text)]
    }
  }
}

extension JSONAnswer {
  /// The fields of both objects.
  fileprivate static func + (left: JSONAnswer, right: JSONAnswer) -> JSONAnswer {
    guard case .object(let fields) = right else { preconditionFailure("only an object has fields") }
    return fields.reduce(into: left) { $0.add($1.name, $1.value) }
  }
}

// benefits schema: what it lists and explains, and that its JSON Schema accepts the golden records and commands and
// refuses damaged ones. The checker here knows only the keywords that the tool prints.

import Foundation
import Testing

@Suite("benefits schema")
struct SchemaTests {
  @Test("without a type, every command and every event is listed")
  func list() throws {
    let ending = try Tool.run(["schema"])
    #expect(ending.status == 0)
    #expect(ending.stderr == "")
    let lines = ending.stdout.split(separator: "\n")
    for type in try Schemas.golden() {
      #expect(lines.contains { $0.hasPrefix("\(type) ") && $0.hasSuffix(".") }, "\(type)")
    }
    for type in ["ledger.open", "points.earn", "fact.end"] {
      #expect(lines.contains { $0.hasPrefix("\(type) ") })
    }
  }

  @Test("a command type is explained: fields, units, ranges, roles and refusals")
  func command() throws {
    let ending = try Tool.run(["schema", "points.spend"])
    #expect(ending.status == 0)
    let expected = [
      "command points.spend: Spends points", "\nsent by service, operator\n", "\ndata ",
      "\nmember     a member id of 1 to 64 characters without spaces",
      "a whole number of points from 1 to 1,000,000,000",
      "\npoints.balance-too-low      The member has {short} points too few at that time.\n",
      "\ntime.in-future ",
    ]
    for part in expected { #expect(ending.stdout.contains(part), "\(part)") }
    #expect(
      ending.stdout.split(separator: "\n").contains { $0.hasPrefix("reference ") && $0.hasSuffix(" no") })
  }

  @Test("an event type is explained, with the fields of the objects in its lists")
  func event() throws {
    let ending = try Tool.run(["schema", "points.spent"])
    #expect(ending.status == 0)
    #expect(ending.stdout.hasPrefix("event points.spent, version 1: Points are spent"))
    #expect(ending.stdout.contains("\nlots[].expires "))
    #expect(!ending.stdout.contains("recordedAt"))
  }

  @Test(
    "the fields that all have are explained once",
    arguments: [("event", "recordedAt"), ("command", "channel")])
  func envelopes(topic: String, field: String) throws {
    let ending = try Tool.run(["schema", topic])
    #expect(ending.status == 0)
    #expect(ending.stdout.hasPrefix("\(topic) "))
    #expect(ending.stdout.contains("\n\(field) "))
    #expect(ending.stdout.contains("an object: the fields of the \(topic)'s type"))
  }

  @Test("every type can be asked for, for people and for machines")
  func everyType() throws {
    for type in try Schemas.all().keys.sorted() {
      let ending = try Tool.run(["schema", type])
      #expect(ending.status == 0)
      #expect(ending.stdout.contains(type), "\(type)")
    }
    let one = try Schemas.one("points.earn")
    #expect(one["$schema"] as? String == "https://json-schema.org/draft/2020-12/schema")
    #expect(one["x-roles"] as? [String] == ["service", "operator"])
  }

  @Test("an unknown type is refused and the near one is suggested")
  func unknownType() throws {
    let near = try Tool.run(["schema", "points.ern"])
    #expect(near.status == 64)
    #expect(near.stdout == "")
    #expect(near.stderr.hasPrefix("benefits schema: no type `points.ern`; did you mean `points.earn`?\n"))
    let far = try Tool.run(["schema", "quux", "--json"])
    #expect(far.status == 64)
    #expect(far.stderr.hasPrefix("benefits schema: no type `quux`; `benefits schema` lists them\n"))
  }

  @Test("the JSON Schema accepts every golden record, and the schema of any event does too")
  func goldenRecords() throws {
    let schemas = try Schemas.all()
    let event = try Schemas.one("event")
    for type in try Schemas.golden() {
      let record = try Schemas.goldenRecord(type)
      let schema = try #require(schemas[type], "\(type)")
      #expect(Schemas.fault(in: record, by: schema) == nil, "\(type)")
      #expect(Schemas.fault(in: record, by: event) == nil, "\(type)")
    }
  }

  @Test(
    "the JSON Schema accepts a command, and refuses one that the ledger would not read",
    arguments: [
      (#"{"member":"m-1","rule":"reading","quantity":1}"#, nil),
      (#"{"member":"m-1","rule":"reading","quantity":1,"reference":"工会"}"#, nil),
      (#"{"member":"m-1","rule":"reading"}"#, "data.quantity"),
      (#"{"member":"m-1","rule":"reading","quantity":0}"#, "data.quantity"),
      (#"{"member":"m-1","rule":"reading","quantity":1000001}"#, "data.quantity"),
      (#"{"member":"m-1","rule":"reading","quantity":1.5}"#, "data.quantity"),
      (#"{"member":"m-1","rule":"reading","quantity":"1"}"#, "data.quantity"),
      (#"{"member":"m 1","rule":"reading","quantity":1}"#, "data.member"),
      (#"{"member":"","rule":"reading","quantity":1}"#, "data.member"),
      (#"{"member":"m-1","rule":"reading","quantity":1,"note":"x"}"#, "data.note"),
      (#"[]"#, "data"),
    ] as [(String, String?)])
  func commands(data: String, fault: String?) throws {
    let schema = try Schemas.one("points.earn")
    let line =
      #"{"id":"c-1","type":"points.earn","at":"2022-10-01T09:00:00+08:00","actor":"app","data":\#(data)}"#
    #expect(Schemas.fault(in: try Schemas.read(Data(line.utf8)), by: schema) == fault)
    let zoneless = line.replacing("+08:00", with: "")
    #expect(Schemas.fault(in: try Schemas.read(Data(zoneless.utf8)), by: schema) != nil)
    let other = line.replacing("points.earn", with: "points.spend")
    #expect(Schemas.fault(in: try Schemas.read(Data(other.utf8)), by: schema) != nil)
  }
}

/// The printed schemas, and a checker of the keywords they use.
private enum Schemas {
  static func all() throws -> [String: [String: Any]] {
    let document = try document([])
    return try #require(document["$defs"] as? [String: [String: Any]])
  }

  static func one(_ type: String) throws -> [String: Any] { try document([type]) }

  private static func document(_ words: [String]) throws -> [String: Any] {
    let ending = try Tool.run(["schema"] + words + ["--json"])
    try #require(ending.status == 0)
    return try #require(try read(Data(ending.stdout.utf8)) as? [String: Any])
  }

  static func read(_ data: Data) throws -> Any { try JSONSerialization.jsonObject(with: data) }

  private static let folder = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Fixtures/golden")

  /// The event types of which there is a golden record of version 1.
  static func golden() throws -> [String] {
    let types = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".v1.json") }.map { String($0.dropLast(8)) }
    try #require(types.count > 20)
    return types
  }

  static func goldenRecord(_ type: String) throws -> Any {
    try read(Data(contentsOf: folder.appending(path: "\(type).v1.json")))
  }

  /// The path of the first value that the schema refuses; nil when there is none.
  static func fault(in value: Any, by schema: [String: Any], at path: String = "") -> String? {
    if let constant = schema["const"], !isEqual(constant, value) { return path }
    if let words = schema["enum"] as? [Any], !words.contains(where: { isEqual($0, value) }) { return path }
    switch schema["type"] as? String {
    case "object": return objectFault(in: value, by: schema, at: path)
    case "array":
      guard let list = value as? [Any], list.count <= schema["maxItems"] as? Int ?? .max else { return path }
      let items = schema["items"] as? [String: Any] ?? [:]
      return list.lazy.compactMap { fault(in: $0, by: items, at: path + "[]") }.first
    case "string":
      guard let text = value as? String else { return path }
      guard let pattern = schema["pattern"] as? String else { return nil }
      return text.range(of: pattern, options: .regularExpression) == nil ? path : nil
    case "integer":
      guard let number = value as? NSNumber, !isBoolean(value), let whole = Int64(exactly: number),
        whole >= schema["minimum"] as? Int64 ?? .min, whole <= schema["maximum"] as? Int64 ?? .max
      else { return path }
      return nil
    case "boolean": return isBoolean(value) ? nil : path
    default: return nil
    }
  }

  private static func objectFault(in value: Any, by schema: [String: Any], at path: String) -> String? {
    guard let object = value as? [String: Any] else { return path }
    let prefix = path.isEmpty ? "" : path + "."
    let properties = schema["properties"] as? [String: [String: Any]] ?? [:]
    for key in schema["required"] as? [String] ?? [] where object[key] == nil { return prefix + key }
    for (key, inner) in object.sorted(by: { $0.key < $1.key }) {
      if let property = properties[key] {
        if let fault = fault(in: inner, by: property, at: prefix + key) { return fault }
      } else if schema["additionalProperties"] as? Bool == false {
        return prefix + key
      }
    }
    return nil
  }

  /// Foundation lets 0 and 1 pass for a Bool; only the type of its number tells.
  private static func isBoolean(_ value: Any) -> Bool {
    (value as? NSNumber).map { String(cString: $0.objCType) == "c" } ?? false
  }

  private static func isEqual(_ left: Any, _ right: Any) -> Bool {
    (left as? String).map { $0 == right as? String } ?? ((left as? NSNumber) == (right as? NSNumber))
  }
}

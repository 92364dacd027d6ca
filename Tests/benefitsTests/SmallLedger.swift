// A small ledger made by the tool itself, for the tests of the verbs that read one.

import BenefitsLedger
import Foundation
import Testing

/// A ledger in a folder of its own, which goes when the value does.
final class SmallLedger {
  let folder: URL
  var path: String { folder.appending(path: "small.ledger").path }

  /// Makes the ledger: organisations gd and gz below it, app (service) and clerk (operator), the rules read (2 points, 10 a
  /// day, one month, forfeit), kind (1 point, one month, 7 days of grace) and stay (1 point, without end), member m-1 in
  /// gz since 2 January 2022.
  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "benefits-small-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let made = try Tool.run(["init", path, "--name", "Small", "--owner", "owner"])
    #expect(made.status == 0, "\(made.stderr)")
    try apply([
      Self.command(
        "o-1", "2022-01-01T00:00:00", "organisation.register", #""organisation":"gd","name":"广东""#,
        by: "owner"),
      Self.command(
        "o-2", "2022-01-01T00:00:00", "organisation.register", #""organisation":"gz","parent":"gd""#,
        by: "owner"),
      Self.command(
        "a-1", "2022-01-01T00:00:00", "actor.register", #""actor":"app","title":"the app""#, by: "owner"),
      Self.command("a-2", "2022-01-01T00:00:00", "actor.register", #""actor":"clerk""#, by: "owner"),
      Self.command(
        "a-3", "2022-01-01T00:00:00", "actor.grant-role",
        #""actor":"app","role":"service","organisation":"gd","from":"2022-01-01""#, by: "owner"),
      Self.command(
        "a-4", "2022-01-01T00:00:00", "actor.grant-role",
        #""actor":"clerk","role":"operator","organisation":"gd","from":"2022-01-01""#, by: "owner"),
      Self.rule(
        "read", #""pointsPerUnit":2,"capPerDay":10,"afterExpiry":"forfeit""#, #"{"mode":"months","count":1}"#),
      Self.rule(
        "kind", #""pointsPerUnit":1,"afterExpiry":"grace","graceDays":7"#, #"{"mode":"months","count":1}"#),
      Self.rule("stay", #""pointsPerUnit":1,"afterExpiry":"forfeit""#, #"{"mode":"none"}"#),
      Self.command(
        "m-1", "2022-01-02T00:00:00", "member.enrol", #""member":"m-1","organisation":"gz""#, by: "clerk"),
    ])
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// One line; `at` is in +08:00.
  static func command(
    _ id: String, _ at: String, _ type: String, _ data: String, by actor: String = "app"
  ) -> String {
    #"{"id":"\#(id)","type":"\#(type)","at":"\#(at)+08:00","actor":"\#(actor)","data":{\#(data)}}"#
  }

  /// One line about the points of m-1.
  static func points(_ id: String, _ at: String, _ verb: String, _ data: String) -> String {
    command(id, at, "points.\(verb)", #""member":"m-1",\#(data)"#)
  }

  private static func rule(_ id: String, _ data: String, _ validity: String) -> String {
    let fixed = #""ruleVersion":1,"organisation":"gd","from":"2022-01-01","verifiedOnly":false"#
    return command(
      "rule-\(id)", "2022-01-01T00:00:00", "points.define-rule",
      #""rule":"\#(id)",\#(fixed),"validity":\#(validity),\#(data)"#, by: "clerk")
  }

  /// Applies the lines, all of which must be accepted.
  func apply(_ lines: [String]) throws {
    let applied = try Tool.run(["apply", path, "-"], input: Data(lines.joined(separator: "\n").utf8))
    #expect(applied.status == 0, "\(applied.stdout)\(applied.stderr)")
  }

  /// Changes the file behind the ledger's back.
  func edit(_ sql: String) throws {
    let connection = try Connection(path: path, mode: .readWrite)
    try connection.execute(sql)
    _ = try connection.checkpoint(.truncate)
    try connection.close()
  }

  /// Writes bytes over the file.
  func overwrite(at offset: UInt64, with text: String) throws {
    let handle = try FileHandle(forUpdating: URL(filePath: path))
    try handle.seek(toOffset: offset)
    try handle.write(contentsOf: Data(text.utf8))
    try handle.close()
  }

  /// Runs a verb on the ledger.
  func run(_ verb: String, _ words: String...) throws -> Tool.Ending { try Tool.run([verb, path] + words) }

  /// The JSON answer of a verb that must end with `status`.
  func json(_ verb: String, _ words: String..., status: Int32 = 0) throws -> Answer {
    let ending = try Tool.run([verb, path] + words + ["--json"])
    #expect(ending.status == status, "\(ending.stderr)")
    return Answer(try JSONSerialization.jsonObject(with: Data(ending.stdout.utf8)))
  }
}

/// A JSON answer, looked into by names and places; what is not there is nil.
struct Answer {
  private let value: Any?
  init(_ value: Any?) { self.value = value }
  subscript(_ name: String) -> Answer { Answer((value as? [String: Any])?[name]) }
  subscript(_ index: Int) -> Answer {
    guard let list = value as? [Any], list.indices.contains(index) else { return Answer(nil) }
    return Answer(list[index])
  }
  var list: [Answer] { (value as? [Any])?.map { Answer($0) } ?? [] }
  var text: String? { value as? String }
  var number: Int64? { (value as? NSNumber)?.int64Value }
  var truth: Bool? { value as? Bool }
  var isNull: Bool { value is NSNull }
}

// benefits bench: figures of this machine, for a ledger that is made and thrown away.

import BenefitsLedger
import Foundation

enum Bench {
  enum IDs: String, CaseIterable { case ordered, random }

  private static let events = Option(
    "events", "N", .integer(1_000...100_000_000), "events; 200000 when not given")
  private static let members = Option(
    "members", "N", .integer(1...10_000_000), "members; 20000 when not given")
  private static let ids = Option(
    "ids", "KIND", .choice(of: IDs.self), "ordered in time (default), or random")
  private static let folder = Option("dir", "DIR", .directory, "measure on the disk that holds DIR")

  static let verb = Verb(
    name: "bench", summary: "measure appends, replay and verify on this machine",
    options: [events, members, ids, folder, .json, .quiet],
    details: """
      Makes a ledger, fills it through the library as a service would, measures, and
      removes it. Figures of a shared machine vary; compare two programs only in the
      same minute, in turn, and quote medians of several runs.
      """,
    example: """
      $ benefits bench --events 1000000 --members 100000
      append, 1,000 a commit    41,307 commands/s
      """,
    run: run)

  private static func run(_ invocation: Invocation) async throws -> ExitCode {
    let arguments = invocation.arguments
    let parent =
      arguments.optional(folder).map { URL(fileURLWithPath: $0) } ?? FileManager.default.temporaryDirectory
    let place = parent.appendingPathComponent("benefits-bench-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: place) }
    var measurements = try Measurements(
      path: place.appendingPathComponent("bench.ledger").path,
      members: Int(arguments.integer(members) ?? 20_000),
      events: Int(arguments.integer(events) ?? 200_000),
      hasOrderedIDs: arguments.optional(ids, as: IDs.self) != .random)
    try await measurements.run { invocation.output.talk($0) }
    if invocation.wantsJSON {
      var answer: JSONAnswer = [:]
      for result in measurements.results {
        let name = result.name.trimmingCharacters(in: .whitespaces)
        answer.add("\(name) (\(result.unit))", .integer(result.value))
      }
      try invocation.output.json(answer)
    } else {
      var table = Table([.text("measured"), .number("figure"), .text("unit")])
      for result in measurements.results { table.add([result.name, result.value.grouped, result.unit]) }
      try invocation.output.table(table)
    }
    return .fine
  }
}

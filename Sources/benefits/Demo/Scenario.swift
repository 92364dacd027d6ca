// A scenario of Fixtures: commands a person can read, and the book they should give, worked out by hand. Finding it,
// applying it, comparing; the verb is in Commands/Demo.

import BenefitsLedger
import Foundation

/// One folder of Fixtures with `commands.jsonl` and `expected.json`.
struct Scenario {
  let name: String
  private let folder: URL

  /// All scenarios, by name.
  static func all() throws -> [Scenario] {
    let fixtures = try fixturesFolder()
    let names = try FileManager.default.contentsOfDirectory(atPath: fixtures.path).sorted()
    return names.map { Scenario(name: $0, folder: fixtures.appendingPathComponent($0)) }
      .filter { FileManager.default.fileExists(atPath: $0.commands.path) }
  }

  static func named(_ name: String) throws -> Scenario {
    let all = try all()
    guard let scenario = all.first(where: { $0.name == name }) else {
      let hint = Nearest.suggestion(for: name, among: all.map(\.name))
      throw Failure(
        .noInput, "no scenario `\(name)`\(hint.isEmpty ? "; `benefits demo --list` lists them" : hint)")
    }
    return scenario
  }

  var commands: URL { folder.appendingPathComponent("commands.jsonl") }
  var expected: URL { folder.appendingPathComponent("expected.json") }
  /// The first line of its README that is prose.
  var summary: String {
    let text = (try? String(contentsOf: folder.appendingPathComponent("README.md"), encoding: .utf8)) ?? ""
    let prose = text.split(separator: "\n").first { !$0.hasPrefix("#") && !$0.isEmpty }
    return prose.map(String.init) ?? ""
  }

  /// The folder Fixtures, beside or above the executable or the working folder.
  private static func fixturesFolder() throws -> URL {
    let executable = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
    for start in [executable, URL(fileURLWithPath: FileManager.default.currentDirectoryPath)] {
      var folder = start
      while folder.path != "/" {
        let fixtures = folder.appendingPathComponent("Fixtures")
        if FileManager.default.fileExists(atPath: fixtures.appendingPathComponent("guangdong-points").path) {
          return fixtures
        }
        folder.deleteLastPathComponent()
      }
    }
    throw Failure(.noInput, "the folder Fixtures is neither above this program nor above the working folder")
  }

  /// Applies the commands to a new ledger at `path` and returns how many there were, and every difference from the
  /// expected book, one sentence each.
  func run(at path: String) throws -> (commands: Int, differences: [String]) {
    let book = try JSONDecoder().decode(ExpectedBook.self, from: Data(contentsOf: expected))
    let opening = OpenLedger(
      name: FreeText(literal: name), origin: FreeText(literal: "demo.example/" + name),
      zone: Zone(offsetMinutes: 480), owner: Year.owner)
    let ledger = try Ledger.create(at: path, opening)
    var differences: [String] = []
    var answered: Set<String> = []
    var lines = try LineReader(commands.path, longest: EventRecord.longest)
    defer { lines.end() }
    var parser = CommandParser()
    var count = 0
    while try lines.next({ line, number in
      guard case .text(let bytes) = line, case .command(let command) = parser.parse(bytes) else {
        throw Failure(.dataError, "\(commands.path): line \(number) is no command")
      }
      count += 1
      let receipt = try ledger.performAndWait(Request(commands: [command]))[0]
      answered.insert(command.id.text)
      differences += book.differences(in: receipt)
    }) {}
    for id in book.answers.keys.sorted() where !answered.contains(id) {
      differences.append("\(id): expected an answer, but no command has this id")
    }
    ledger.close()
    let reader = try LedgerReader(path: path)
    for (member, wallet) in book.wallets.sorted(by: { $0.key < $1.key }) {
      differences += try wallet.differences(for: member, in: reader)
    }
    let totals = try Replayer(path: path).replay(ReplayBound()).totals.points
    differences += book.totals.differences(in: totals)
    return (count, differences)
  }
}

/// `expected.json`: a book worked out by hand.
private struct ExpectedBook: Decodable {
  var answers: [String: ExpectedAnswer]
  var wallets: [String: ExpectedWallet]
  var totals: ExpectedTotals

  func differences(in receipt: Receipt) -> [String] {
    guard let expected = answers[receipt.id.text] else {
      return ["\(receipt.id): answered, but the expected book does not know it"]
    }
    let found: ExpectedAnswer =
      switch receipt.outcome {
      case .accepted(_, let answers):
        ExpectedAnswer(
          status: "accepted",
          data: Dictionary(answers.map { ($0.name, $0.value) }, uniquingKeysWith: { _, last in last }))
      case .refused(let refusal):
        ExpectedAnswer(
          status: "refused", code: refusal.code.rawValue,
          data: Dictionary(
            refusal.details.compactMap { detail in
              if case .number(let number) = detail.value { (detail.name, number) } else { nil }
            }, uniquingKeysWith: { _, last in last }))
      case .conflict: ExpectedAnswer(status: "conflict")
      case .rolledBack: ExpectedAnswer(status: "rolled-back")
      }
    var differences: [String] = []
    if found.status != expected.status || found.code != expected.code {
      differences.append(
        "\(receipt.id): expected \(expected.status) \(expected.code ?? ""), found \(found.status) \(found.code ?? "")"
      )
    }
    if (expected.data ?? [:]) != (found.data ?? [:]) {
      differences.append("\(receipt.id): expected \(expected.data ?? [:]), found \(found.data ?? [:])")
    }
    return differences
  }
}

private struct ExpectedAnswer: Decodable {
  var status: String
  var code: String?
  var data: [String: Int64]?
}

private struct ExpectedWallet: Decodable {
  struct ExpectedLot: Decodable, Equatable {
    var rule: String
    var day: String
    var expires: String?
    var left: Int64
  }
  var available: Int64
  var held: Int64
  var lots: [ExpectedLot]

  /// As recorded: what falls due after the last command is not in the book.
  func differences(for member: String, in reader: LedgerReader) throws -> [String] {
    guard let id = MemberID(member), let wallet = try reader.recordedWallet(of: id) else {
      return ["wallet \(member): expected one, found none"]
    }
    var differences: [String] = []
    if wallet.available.count != available || wallet.held.count != held {
      differences.append(
        "wallet \(member): expected \(available) available and \(held) held, found \(wallet.available.count) and "
          + "\(wallet.held.count)")
    }
    let found = wallet.lots.map { lot in
      ExpectedLot(
        rule: lot.rule.text, day: lot.day.description, expires: lot.expires?.description, left: lot.left.count
      )
    }
    if found != lots { differences.append("wallet \(member): expected the lots \(lots), found \(found)") }
    return differences
  }
}

private struct ExpectedTotals: Decodable {
  var issued, available, held, spent, expired, forfeited: Int64

  func differences(in totals: PointsTotals) -> [String] {
    [
      ("issued", issued, totals.issued), ("available", available, totals.available),
      ("held", held, totals.held),
      ("spent", spent, totals.spent), ("expired", expired, totals.expired),
      ("forfeited", forfeited, totals.forfeited),
    ].filter { $0.1 != $0.2 }.map { "total \($0.0): expected \($0.1), found \($0.2)" }
  }
}

extension FreeText {
  /// A text written in the program itself.
  init(literal text: String) {
    guard let value = FreeText(text) else { preconditionFailure("\(text) is no free text") }
    self = value
  }
}

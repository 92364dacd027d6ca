// A crowd: command templates that are said once and happen many times. It makes the lines; that they are commands is
// found out when they are applied.

import BenefitsLedger
import Foundation

/// A file `….crowd.json` of a scenario.
///
/// In every text of a template `{n}` stands for the number of the repetition, `{n:6}` for it in six digits with zeros
/// before it, `{n%244}` and `{n%244:3}` for its remainder, and `{secret}` for its secret of the file's hash chain; a text
/// that is `{#n}` and nothing else is the number itself, not a text. `at` advances by `everySeconds` from one number to
/// the next, and begins again a day later after `perDay` of them.
struct Crowd {
  /// A command, cut where something is filled in.
  private enum Piece {
    case text(String)
    case number(remainder: Int64?, width: Int)
    case secret
    case instant(Instant)
  }

  private static let fields = [
    "repeat", "from", "everySeconds", "perDay", "interleave", "secrets", "commands",
  ]

  private let templates: [[Piece]]
  private let numbers: Range<Int64>
  private let everySeconds: Int64
  private let perDay: Int64?
  /// All commands of one number before those of the next; otherwise all numbers of one command before the next.
  private let isInterleaved: Bool
  private let secrets: SecretChain?

  /// How many commands it makes.
  var count: Int64 { Int64(numbers.count) * Int64(templates.count) }

  /// - Throws: `Failure` with `.dataError` that names the file and what is wrong in it.
  init(_ file: URL) throws {
    var fields = try FixtureFields(try FixtureValue.read(file), of: file)
    guard let times = try fields.number("repeat", in: 1...10_000_000) else {
      throw fields.wrong("repeat", "is missing")
    }
    let from = try fields.number("from", in: 0...1_000_000_000) ?? 1
    numbers = from..<from + times
    everySeconds = try fields.number("everySeconds", in: 0...86_400) ?? 0
    perDay = try fields.number("perDay", in: 1...86_400)
    isInterleaved = try fields.truth("interleave") ?? false
    secrets = try fields.take("secrets").map { try SecretChain($0, of: file) }
    guard case .list(let commands) = fields.take("commands"), !commands.isEmpty else {
      throw fields.wrong("commands", "is no list of command templates")
    }
    try fields.end(known: Self.fields)
    let complain = { (problem: String) in fields.wrong("commands", problem) }
    templates = try commands.map { try Self.template($0, complain) }
    if let secrets {
      guard numbers.lowerBound >= 1, numbers.upperBound <= secrets.count + 1 else {
        throw fields.wrong("secrets", "has \(secrets.count) links, numbered from 1; the crowd asks for more")
      }
    } else if templates.joined().contains(where: { if case .secret = $0 { true } else { false } }) {
      throw fields.wrong("secrets", "is missing, but a command says {secret}")
    }
  }

  /// Calls `body` with each line, in order.
  func eachLine(_ body: (UnsafeBufferPointer<UInt8>) throws -> Void) throws {
    if isInterleaved {
      for number in numbers {
        for template in templates { try line(of: template, number, body) }
      }
    } else {
      for template in templates {
        for number in numbers { try line(of: template, number, body) }
      }
    }
  }

  private func line(
    of template: [Piece], _ number: Int64, _ body: (UnsafeBufferPointer<UInt8>) throws -> Void
  ) throws {
    var line = ""
    line.reserveCapacity(400)
    for piece in template {
      switch piece {
      case .text(let text): line += text
      case .number(let remainder, let width):
        let digits = String(remainder.map { number % $0 } ?? number)
        line += String(repeating: "0", count: max(0, width - digits.count)) + digits
      case .secret: line += secrets?.secret(number) ?? ""
      case .instant(let first): line += instant(of: number, first).description
      }
    }
    try line.withUTF8(body)
  }

  private func instant(of number: Int64, _ first: Instant) -> Instant {
    let index = number - numbers.lowerBound
    let (days, place) = perDay.map { index.quotientAndRemainder(dividingBy: $0) } ?? (0, index)
    return first.adding(milliseconds: days * 86_400_000 + place * everySeconds * 1_000)
  }

  private static func template(
    _ command: FixtureValue, _ complain: (String) -> Failure
  ) throws -> [Piece] {
    guard case .object(var fields) = command else { throw complain("has a template that is no object") }
    guard case .word(let at) = fields["at"], let first = Instant(at) else {
      throw complain("has a template whose `at` is no instant with a zone")
    }
    fields["at"] = .word("{at}")
    // Braces that are not of a text are followed by a quotation mark or another brace in JSON, never by a letter.
    var rest = Substring(FixtureValue.object(fields).text.replacing(#""{#n}""#, with: "{n}"))
    var pieces: [Piece] = []
    while let brace = rest.firstRange(of: /\{(n(?:%([1-9][0-9]{0,8}))?(?::([1-9]))?|at|secret)\}/),
      let match = rest[brace].wholeMatch(of: /\{(n(?:%([1-9][0-9]{0,8}))?(?::([1-9]))?|at|secret)\}/)
    {
      pieces.append(.text(String(rest[..<brace.lowerBound])))
      switch match.1 {
      case "at": pieces.append(.instant(first))
      case "secret": pieces.append(.secret)
      default:
        pieces.append(
          .number(remainder: match.2.flatMap { Int64($0) }, width: match.3.flatMap { Int($0) } ?? 0))
      }
      rest = rest[brace.upperBound...]
    }
    if let wrong = (pieces.compactMap(Self.text) + [String(rest)]).first(where: { $0.contains("{n") }) {
      let found = wrong.range(of: "{n").map { wrong[$0.lowerBound...].prefix(12) } ?? ""
      throw complain("says \(found); write {n}, {n:6}, {n%7} or {n%7:2}")
    }
    return pieces + [.text(String(rest))]
  }

  private static func text(_ piece: Piece) -> String? {
    if case .text(let text) = piece { text } else { nil }
  }
}

/// A chain of hashes for instant draws (A2), which anyone can make again: the last link is the SHA-256 of a seed text, and
/// each link's SHA-256 is the link before it; that of link 1 is the commitment.
struct SecretChain {
  private let links: [Digest]

  var count: Int64 { Int64(links.count) }

  fileprivate init(_ value: FixtureValue, of file: URL) throws {
    var fields = try FixtureFields(value, at: "secrets", of: file)
    guard let seed = try fields.word("seed") else { throw fields.wrong("seed", "is missing") }
    guard let length = try fields.number("length", in: 1...1_000_000) else {
      throw fields.wrong("length", "is missing")
    }
    try fields.end(known: ["seed", "length"])
    var link = SHA256.hash(Array(seed.utf8))
    var links: [Digest] = []
    for _ in 0..<length {
      links.append(link)
      link = link.withUnsafeBytes { SHA256.hash($0) }
    }
    self.links = links.reversed()
  }

  /// Link `number`, from 1, in hexadecimal digits.
  func secret(_ number: Int64) -> String { links[Int(number - 1)].hex }
}

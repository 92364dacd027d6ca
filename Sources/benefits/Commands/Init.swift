// benefits init: a new ledger file with ledger.opened at position 1.

import BenefitsLedger

enum Init {
  private static let name = Option(
    "name", "NAME", .text, isRequired: true, "what the ledger is called, such as 广东普惠")
  private static let owner = Option(
    "owner", "ACTOR", .text, isRequired: true, "the first actor; holds the role owner over the whole ledger")
  private static let origin = Option(
    "origin", "ORIGIN", .text, "the first line of every checkpoint; NAME when not given")
  private static let zone = Option("zone", "ZONE", .text, "the zone of business days; +08:00 when not given")

  static let verb = Verb(
    name: "init", summary: "make a new ledger", positionals: [.ledger],
    options: [name, owner, origin, zone, .json, .quiet],
    details: """
      Makes the file LEDGER and records ledger.opened at position 1. A file that is
      there already is never touched. The owner registers actors and gives them
      roles; see `benefits schema actor.register`.
      """,
    example: """
      $ benefits init city.ledger --name City --owner alice --origin ledger.example.org/city
      made city.ledger: City, zone +08:00, owner alice, origin ledger.example.org/city
      """,
    run: run)

  private static func run(_ invocation: Invocation) throws -> ExitCode {
    let arguments = invocation.arguments
    let path = arguments.required(.ledger)
    let title = arguments.required(name)
    guard let name = FreeText(title) else {
      throw Failure(.usage, "--name: expected 1 to \(FreeText.longest) characters without control characters")
    }
    guard let owner = ActorID(arguments.required(owner)) else {
      throw Failure(
        .usage, "--owner: expected an actor id of 1 to \(ActorID.longest) characters without spaces")
    }
    let originText = arguments.optional(origin) ?? title
    guard let origin = FreeText(originText) else {
      throw Failure(
        .usage, "--origin: expected 1 to \(FreeText.longest) characters without control characters")
    }
    guard let zone = Zone(arguments.optional(zone) ?? "+08:00") else {
      throw Failure(.usage, "--zone: expected a fixed zone such as +08:00, at most 18:00 away from UTC")
    }
    let ledger = try Ledger.create(at: path, OpenLedger(name: name, origin: origin, zone: zone, owner: owner))
    ledger.close()
    if invocation.wantsJSON {
      try invocation.output.json([
        "ledger": .string(path), "name": .string(name.text), "origin": .string(origin.text),
        "zone": .string(zone.description), "owner": .string(owner.text),
      ])
    } else {
      try invocation.output.line(
        "made \(path): \(name), zone \(zone), owner \(owner), origin \(origin)".displayable)
    }
    return .fine
  }
}

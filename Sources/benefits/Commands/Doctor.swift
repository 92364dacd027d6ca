// benefits doctor: a quick look at a ledger's file and surroundings. What is looked at, and the sentences, are in
// BenefitsLedger's LedgerHealth.

import BenefitsLedger

enum Doctor {
  static let verb = Verb(
    name: "doctor", summary: "a quick look at the file, its lock and its disk", positionals: [.ledger],
    options: [.json, .quiet],
    details: """
      Looks, without reading the log, at what keeps a ledger from working: how the
      file can be opened, versions, sizes, the write-ahead log, the disk, the lock and
      the clock. It takes no lock and changes nothing, and says of each thing OK, WARN
      or FAIL, and what to do. The exit code is 1 when something is FAIL.

      It works on damaged files as far as they can be read; a file that is no ledger
      ends with 65. Whether every record and balance is right, `benefits verify` says.
      """,
    example: """
      $ benefits doctor city.ledger | head -3
      OK  opened          opened read-only
      OK  application-id  application id 0x42664C67, a ledger
      OK  schema          schema 3, as this program makes it
      """,
    run: run)

  private static func run(_ invocation: Invocation) throws -> ExitCode {
    let checks = try LedgerHealth.examine(invocation.arguments.required(.ledger), at: SystemClock().now())
    let isHealthy = !checks.contains { $0.verdict == .fail }
    if invocation.wantsJSON {
      try invocation.output.json([
        "healthy": .boolean(isHealthy),
        "checks": .array(
          checks.map { check in
            [
              "check": .string(check.name), "verdict": .string(check.verdict.rawValue),
              "value": .integer(check.value), "message": .string(check.message),
            ]
          }),
      ])
    } else {
      var table = Table([.text(""), .text(""), .text("")])
      for check in checks { table.add([check.verdict.rawValue, check.name, check.message]) }
      try invocation.output.table(table)
    }
    return isHealthy ? .fine : .findings
  }
}

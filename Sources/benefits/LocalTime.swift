// How instants look to people: in the ledger's own zone. Machines get the record form, in universal time.

import BenefitsLedger

extension Zone {
  /// `2026-01-05 09:00:00`, with milliseconds only when there are any; the zone itself is told once, elsewhere.
  func local(_ instant: Instant) -> String {
    let milliseconds = millisecondsIntoDay(of: instant)
    let (seconds, rest) = milliseconds.quotientAndRemainder(dividingBy: 1_000)
    let clock = [seconds / 3_600, seconds / 60 % 60, seconds % 60].map { Self.padded($0, 2) }
    let fraction = rest == 0 ? "" : "." + Self.padded(rest, 3)
    return "\(day(of: instant)) \(clock.joined(separator: ":"))\(fraction)"
  }

  private static func padded(_ number: Int64, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}

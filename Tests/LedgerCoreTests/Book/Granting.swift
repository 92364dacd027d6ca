// What a second actor has granted, decided and applied without the approval around it: tests of points need only what
// comes of it. How a second actor comes to agree is tested with approvals.

@testable import LedgerCore

extension Book {
  /// Decides a points command as if a second actor had granted it, and applies its events.
  mutating func grant(_ command: Command, at position: Int64) throws(Undecided) -> [EventRecord] {
    guard case .points(let body) = command.body, let zone = ledger?.zone else { return [] }
    let asking = Asking(
      command: command.id, actor: command.actor, at: command.at, day: zone.day(of: command.at),
      isApproved: true)
    var records: [EventRecord] = []
    for event in try body.decide(asking, View(self, zone)) {
      var record = EventRecord()
      record.position = position + Int64(records.count)
      record.at = command.at
      record.recordedAt = command.at
      record.command = command.id
      record.actor = command.actor
      record.event = .points(event)
      record.previous = record.subjects.map { lastPosition(of: $0) }
      apply(record)
      records.append(record)
    }
    return records
  }
}

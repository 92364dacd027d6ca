// How an old record is read after its type has grown: shown on a type of this test, because no event of the ledger has
// had a second version yet. Where a real one goes is told at RecordIO.

import Testing

@testable import LedgerCore

/// What the first release wrote.
private struct FeePaidThen: WireObject {
  var member: MemberID = .blank
  var amountFen: Int64 = 0
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("member", &member)
    try io.field("amountFen", &amountFen, in: 1...1_000_000, "")
  }
}

/// The same type today: since version 2 it says for how many months, between the fields that were there; until then
/// a fee was always for one.
private struct FeePaid: WireObject {
  var member: MemberID = .blank
  var months: Int64 = 1
  var amountFen: Int64 = 0
  static let type = EventType("fee.paid", version: 2, "A membership fee is paid.")
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("member", &member)
    if io.version >= 2 { try io.field("months", &months, in: 1...12, "paid for") }
    try io.field("amountFen", &amountFen, in: 1...1_000_000, "")
  }
}

@Suite("Upcasting")
struct UpcastingTests {
  private func read(_ text: String, version: Int64) throws(WireError) -> FeePaid {
    try lending(Array(text.utf8)) { (bytes) throws(WireError) in
      var reader = RecordReader(bytes)
      reader.read(version: version)
      let event: FeePaid = try reader.object()
      try reader.finish()
      return event
    }
  }

  @Test("a record of version 1 is read with the default that it implied")
  func oldRecord() throws {
    let old = written(FeePaidThen(member: .sample(1), amountFen: 500))
    #expect(old == #"{"member":"member-1","amountFen":500}"#)
    let event = try read(old, version: 1)
    #expect(event == FeePaid(member: .sample(1), months: 1, amountFen: 500))
  }

  @Test("today's writer writes version 2, also of what was read from version 1")
  func newRecord() throws {
    let event = try read(#"{"member":"member-1","amountFen":500}"#, version: 1)
    #expect(written(event) == #"{"member":"member-1","months":1,"amountFen":500}"#)
    #expect(try read(written(event), version: FeePaid.type.version) == event)
  }

  @Test("neither version is read as the other")
  func mixedUp() {
    let mixed = #"{"member":"member-1","months":3,"amountFen":500}"#
    #expect(throws: WireError.self) { try read(mixed, version: 1) }
    #expect(throws: WireError.self) { try read(#"{"member":"member-1","amountFen":500}"#, version: 2) }
  }

  @Test("the schema shows the fields of today")
  func schema() {
    guard case .object(let fields) = FeePaid.shape else { return }
    #expect(fields.map(\.key) == ["member", "months", "amountFen"])
  }
}

// What happened to programmes and to grants to stations, and its double entry. State and evolve are in Programme and
// StationGrant.

struct ProgrammeOpened: EventData {
  var request = OpenProgramme()
  var shares: [FundShare] = []
  static let type = EventType("grant.programme-opened", "A sum for grants to stations is set aside.")
  consuming func asEvent() -> Event { .grant(.programmeOpened(self)) }
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try request.fields(&io)
    try io.field("shares", &shares, "what is set aside, by receipt, in the order in which it will be paid")
  }
}

struct GrantApplied: EventData {
  var request = ApplyForGrant()
  var ordinal: Int64 = 1
  var applicant: ActorID = .blank
  static let type = EventType("grant.applied", "A station applies for a grant.")
  consuming func asEvent() -> Event { .grant(.applied(self)) }
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try request.fields(&io)
    try io.field("ordinal", &ordinal, "the how-manieth application of the programme")
    try io.field("applicant", &applicant, "who applied for the station")
  }
}

struct ApplicationsClosed: EventData {
  var request = CloseApplications()
  var applications: Int64 = 0
  var part: Fen = .zero
  var oneMore: Int64 = 0
  static let type = EventType(
    "grant.applications-closed", "The sum is split over all applications in equal parts.")
  consuming func asEvent() -> Event { .grant(.applicationsClosed(self)) }
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try request.fields(&io)
    try io.field("applications", &applications)
    try io.field("partFen", &part, "each station's part, rounded down to a fen")
    try io.field("oneMore", &oneMore, "how many of the first to apply get a fen more")
  }
}

struct GrantApproved: EventData {
  var request = ApproveGrant()
  var approver: ActorID = .blank
  var amount: Fen = .zero
  static let type = EventType("grant.approved", "A station's grant is approved.")
  consuming func asEvent() -> Event { .grant(.approved(self)) }
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try request.fields(&io)
    try io.field("approver", &approver)
    try io.field("amountFen", &amount)
  }
}

struct GrantPaid: EventData {
  var request = PayGrant()
  var shares: [FundShare] = []
  var committed: Fen = .zero
  static let type = EventType("grant.paid", "A station's grant is paid from what is set aside.")
  consuming func asEvent() -> Event { .grant(.paid(self)) }
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try request.fields(&io)
    try io.field("shares", &shares, "what paid it, by receipt")
    try io.field("committedFen", &committed, "still set aside for the programme, after this event")
  }
}

struct GrantInspected: EventData {
  var request = InspectGrant()
  static let type = EventType("grant.inspected", "A paid grant was inspected.")
  consuming func asEvent() -> Event { .grant(.inspected(self)) }
  mutating func fields(_ io: inout some RecordIO) throws(WireError) { try request.fields(&io) }
}

struct GrantExited: EventData {
  var request = ExitGrant()
  var amount: Fen = .zero
  var months: Int64 = 1
  var shares: [FundShare] = []
  static let type = EventType(
    "grant.exited", "A paid grant ends; what is recovered goes back to the receipts that paid it.")
  consuming func asEvent() -> Event { .grant(.exited(self)) }
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try request.fields(&io)
    try io.field("amountFen", &amount, "what was paid")
    try io.field("months", &months, "for how many months")
    try io.field("shares", &shares, "what is recovered, by receipt: what was paid last")
  }
}

struct ProgrammeClosed: EventData {
  var request = CloseProgramme()
  var shares: [FundShare] = []
  static let type = EventType("grant.programme-closed", "What a programme has not paid is released.")
  consuming func asEvent() -> Event { .grant(.programmeClosed(self)) }
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try request.fields(&io)
    try io.field("shares", &shares, "what is released, by receipt")
  }
}

/// The sum of the above.
indirect enum GrantEvent: Equatable, Fielded {
  case programmeOpened(ProgrammeOpened)
  case applied(GrantApplied)
  case applicationsClosed(ApplicationsClosed)
  case approved(GrantApproved)
  case paid(GrantPaid)
  case inspected(GrantInspected)
  case exited(GrantExited)
  case programmeClosed(ProgrammeClosed)

  static var types: [any EventData.Type] {
    [
      ProgrammeOpened.self, GrantApplied.self, ApplicationsClosed.self, GrantApproved.self, GrantPaid.self,
      GrantInspected.self, GrantExited.self, ProgrammeClosed.self,
    ]
  }

  var dataType: any EventData.Type {
    switch self {
    case .programmeOpened: ProgrammeOpened.self
    case .applied: GrantApplied.self
    case .applicationsClosed: ApplicationsClosed.self
    case .approved: GrantApproved.self
    case .paid: GrantPaid.self
    case .inspected: GrantInspected.self
    case .exited: GrantExited.self
    case .programmeClosed: ProgrammeClosed.self
    }
  }

  private var answered: GrantCommand {
    switch self {
    case .programmeOpened(let event): .openProgramme(event.request)
    case .applied(let event): .apply(event.request)
    case .applicationsClosed(let event): .closeApplications(event.request)
    case .approved(let event): .approve(event.request)
    case .paid(let event): .pay(event.request)
    case .inspected(let event): .inspect(event.request)
    case .exited(let event): .exit(event.request)
    case .programmeClosed(let event): .closeProgramme(event.request)
    }
  }

  /// The command that this event answers.
  var request: GrantCommand? { answered }

  /// The entities of this benefit that it changes, each once.
  var entities: [EntityKey] { subjects }

  /// The entities whose history it belongs to.
  var subjects: [EntityKey] {
    let (programme, station) = (answered.programme, answered.station)
    return [.programme(programme)]
      + (station.map { [.stationGrant(ProgrammeStation(programme, $0))] } ?? [])
  }

  /// The entry of this event.
  var legs: [Leg] {
    switch self {
    case .programmeOpened(let event): event.shares.legs(from: .available, to: .committed)
    case .paid(let event): event.shares.legs(from: .committed, to: .spent)
    case .exited(let event): event.shares.legs(from: .spent, to: .available)
    case .programmeClosed(let event): event.shares.legs(from: .committed, to: .available)
    case .applied, .applicationsClosed, .approved, .inspected: []
    }
  }

  /// What a receipt tells of it.
  var answer: [Answer] {
    switch self {
    case .programmeOpened(let event): [Answer("committedFen", event.shares.total)]
    case .applied(let event): [Answer("ordinal", count: event.ordinal)]
    case .applicationsClosed(let event):
      [
        Answer("applications", count: event.applications), Answer("partFen", event.part),
        Answer("oneMore", count: event.oneMore),
      ]
    case .approved(let event): [Answer("amountFen", event.amount)]
    case .paid(let event):
      [Answer("paidFen", event.shares.total), Answer("committedFen", event.committed)]
    case .inspected: []
    case .exited(let event): [Answer("recoveredFen", event.shares.total)]
    case .programmeClosed(let event): [Answer("releasedFen", event.shares.total)]
    }
  }

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    switch self {
    case .programmeOpened(let event): try io.walk(event) { self = .programmeOpened($0) }
    case .applied(let event): try io.walk(event) { self = .applied($0) }
    case .applicationsClosed(let event): try io.walk(event) { self = .applicationsClosed($0) }
    case .approved(let event): try io.walk(event) { self = .approved($0) }
    case .paid(let event): try io.walk(event) { self = .paid($0) }
    case .inspected(let event): try io.walk(event) { self = .inspected($0) }
    case .exited(let event): try io.walk(event) { self = .exited($0) }
    case .programmeClosed(let event): try io.walk(event) { self = .programmeClosed($0) }
    }
  }
}

// The book: the state of everything, moved forward by one fold. Book.apply is that fold: live service and replay both
// go through it. Decisions about commands are in Book+Decide; rows are rendered in Projections.

/// All states, or in live service those that are in memory.
///
/// An entity is known (it has a state), known not to exist, or not loaded. In replay nothing is ever loaded, and what
/// has not been seen does not exist.
package struct Book: Sendable {
  /// Whether everything is in memory; otherwise what is not in memory may exist in the store.
  let isComplete: Bool
  package internal(set) var ledger: LedgerState?
  var actors = Table<ActorID, Actor>()
  var organisations = Table<OrganisationID, Organisation>()
  var members = Table<MemberID, Member>()
  var wallets = Table<MemberID, Wallet>()
  var rules = Table<RuleID, PointsRule>()
  var pointsAccounts = Table<OrganisationID, PointsAccount>()
  /// First events of commands, lent to a decision.
  var recalled: [CommandID: EventRecord?] = [:]

  /// What was changed since the last commit; only kept when the book is not complete.
  package internal(set) var changed: Set<EntityKey> = []
  /// States before the changes since the mark, newest last.
  var undo: [SavedState] = []
  var isMarked = false

  /// A book that holds everything it has seen: replay, verify.
  package static func complete() -> Book { Book(isComplete: true) }
  /// A book that is a cache of a store: live service.
  package static func cache() -> Book { Book(isComplete: false) }

  private init(isComplete: Bool) { self.isComplete = isComplete }

  /// Which entities of a book this part of a replay keeps; the whole is one part of one.
  package struct Part: Sendable {
    package let index: Int
    package let count: Int
    package static let whole = Part(index: 0, count: 1)
    package init(index: Int, count: Int) {
      self.index = index
      self.count = count
    }
    /// Every part keeps the ledger itself.
    package func keeps(_ key: EntityKey) -> Bool {
      count == 1 || key == .ledger || key.spread % count == index
    }
  }

  /// THE fold: moves the book forward by one event. Total and silent; it takes no decision.
  ///
  /// - Parameter part: in a replay on several cores, the entities to move.
  package mutating func apply(_ record: borrowing EventRecord, _ part: Part = .whole) {
    let legs = record.event.legs
    let stamp = Stamp(position: record.position, at: record.at, command: record.command)
    record.event.touches(legs) { key in
      guard part.keeps(key) else { return }
      if !isComplete { save(key) }
      evolve(key, record.event, legs, stamp)
    }
  }

  private mutating func evolve(_ key: EntityKey, _ event: Event, _ legs: [Leg], _ stamp: Stamp) {
    switch (key, event) {
    case (.ledger, .ledgerOpened(let event)):
      let opened = event.request
      ledger = LedgerState(
        name: opened.name, origin: opened.origin, zone: opened.zone, owner: opened.owner, since: stamp.at)
    case (.actor(let id), .ledgerOpened(let event)):
      actors.update(id) { Actor.evolve(opening: &$0, event, stamp) }
    case (.actor(let id), .actor(let event)): actors.update(id) { Actor.evolve(&$0, event, stamp) }
    case (.organisation(let id), .organisation(let event)):
      organisations.update(id) { state in
        if event.organisation == id {
          Organisation.evolve(&state, event, stamp)
        } else {
          Organisation.evolve(parent: &state, event)
        }
      }
    case (.organisation(let id), .member(let event)):
      organisations.update(id) { Organisation.evolve(id, &$0, event) }
    case (.member(let id), .member(let event)): members.update(id) { Member.evolve(&$0, event, stamp) }
    case (.wallet(let id), .points(let event)): wallets.update(id) { Wallet.evolve(&$0, event, stamp) }
    case (.rule(let id), .points(let event)): rules.update(id) { PointsRule.evolve(&$0, event, stamp) }
    case (.pointsAccount(let id), _):
      pointsAccounts.update(id) { state in
        if state == nil { state = PointsAccount() }
        for leg in legs where leg.holder == id { state?.post(leg.account, leg.amount) }
      }
    case (.ledger, _), (.actor, _), (.organisation, _), (.member, _), (.wallet, _), (.rule, _), (.command, _):
      preconditionFailure("\(event.type.name) touches an entity that does not evolve by it")
    }
  }

  /// The position of the last event in an entity's own history; 0 for none.
  package func lastPosition(of key: EntityKey) -> Int64 {
    switch key {
    case .actor(let id): actors[id]?.position ?? 0
    case .organisation(let id): organisations[id]?.position ?? 0
    case .member(let id): members[id]?.position ?? 0
    case .wallet(let id): wallets[id]?.position ?? 0
    case .rule(let id): rules[id]?.position ?? 0
    case .ledger, .pointsAccount, .command: 0
    }
  }
}

/// States of one kind by id. A value of nil is known not to exist.
struct Table<ID: Hashable & Sendable, State: Sendable>: Sendable {
  private var states: [ID: State?] = [:]

  /// The state; nil also when it is not loaded.
  subscript(_ id: ID) -> State? { states[id] ?? nil }
  func isLoaded(_ id: ID) -> Bool { states.index(forKey: id) != nil }
  var count: Int { states.count }
  var all: some Sequence<(ID, State)> { states.lazy.compactMap { id, state in state.map { (id, $0) } } }

  mutating func set(_ id: ID, _ state: State?) { states[id] = .some(state) }
  mutating func forget(_ id: ID) { states[id] = nil }
  mutating func removeAll() { states.removeAll() }

  /// Changes a state where it stands, without copying it.
  mutating func update(_ id: ID, _ change: (inout State?) -> Void) {
    change(&states[id, default: nil])
  }
}

extension EntityKey {
  /// A number by which entities are spread over the parts of a replay.
  var spread: Int {
    switch self {
    case .ledger: 0
    case .actor(let id): id.spread
    case .organisation(let id): id.spread
    case .member(let id): id.spread
    case .wallet(let id): id.spread
    case .rule(let id): id.spread
    case .pointsAccount(let id): id.spread
    case .command(let id): id.spread
    }
  }
}

extension Identifier {
  /// FNV-1a over the UTF-8 bytes, so that it is the same in every process.
  fileprivate var spread: Int {
    var hash: UInt32 = 2_166_136_261
    for byte in text.utf8 { hash = (hash ^ UInt32(byte)) &* 16_777_619 }
    return Int(hash >> 8)
  }
}

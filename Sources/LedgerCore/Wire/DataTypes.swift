// What every command and event type says of itself beside its fields: its wire name, who may send it, how it may be
// refused. The tables of all types are in Book/CommandBody and Book/Event.

/// The data of a command: what a client asks for.
protocol CommandData: WireObject {
  static var type: CommandType { get }
}

/// A command type, as `benefits schema` shows it.
public struct CommandType: Sendable {
  /// `benefit.verb`, imperative.
  public let name: String
  /// Any one of these roles will do (L9).
  public let roles: [Role]
  /// How it can be refused, beside the refusals that every command can meet (`CommandType.always`).
  public let refusals: [Refusal.Code]
  /// One sentence for people.
  public let summary: String

  init(_ name: String, by roles: [Role], refusals: [Refusal.Code], _ summary: String) {
    self.name = name
    self.roles = roles
    self.refusals = refusals
    self.summary = summary
  }

  /// Refusals that every command can meet.
  public static let always: [Refusal.Code] = [
    .timeInFuture, .periodClosed, .actorUnknown, .actorRoleMissing, .actorOutsideOrganisation,
    .organisationUnknown,
  ]
}

/// The data of an event: what happened.
protocol EventData: WireObject {
  static var type: EventType { get }
  /// It as one of all events.
  consuming func asEvent() -> Event
  /// Reads the data of a record; a requirement, so that each type has a reader of its own that is found by its name.
  static func read(_ reader: inout RecordReader) throws(WireError) -> Event
}

extension EventData {
  static func read(_ reader: inout RecordReader) throws(WireError) -> Event {
    var data = Self()
    try data.fields(&reader)
    return data.asEvent()
  }
}

/// An event type, as `benefits schema` shows it.
public struct EventType: Equatable, Sendable {
  /// `benefit.happened`, past tense.
  public let name: String
  /// The version that is written today; older ones are upcast while they are decoded.
  public let version: Int64
  /// One sentence for people.
  public let summary: String

  init(_ name: String, version: Int64 = 1, _ summary: String) {
    self.name = name
    self.version = version
    self.summary = summary
  }
}

/// What an actor may do (L9).
public enum Role: String, CaseIterable, Sendable {
  case service, `operator`, approver, finance, reconciler, auditor, owner
}

extension Role: WireWord {}

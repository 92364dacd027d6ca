// What the tests of activities share: opening, joining, the public value and drawing in a scene, and a hash chain. What is
// expected stands in the tests.

@testable import LedgerCore

/// The secrets of a hash chain: `secret(0)` is the commitment, `secret(1)` belongs to the first draw.
struct Chain {
  private let hashes: [ContentHash]

  init(_ last: String = "last", draws: Int = 12) {
    var hashes = [ContentHash(of: Array(last.utf8))]
    for _ in 0..<draws { hashes.append(ContentHash(digest: SHA256Digest.of(hashes[hashes.count - 1].bytes))) }
    self.hashes = hashes.reversed()
  }

  func secret(_ draw: Int) -> ContentHash { hashes[draw] }
  var commitment: ContentHash { hashes[0] }
}

extension Scene {
  static let dawn = "2022-01-01T00:00:00+08:00"
  static let spring = "2022-03-01T00:00:00+08:00"
  static let inSpring = "2022-03-02T12:00:00+08:00"
  static let afterSpring = "2022-04-01T00:00:00+08:00"

  /// Registers `keeper`, who holds the secrets of draws and is a service.
  mutating func addKeeper() {
    if book.actor("keeper") != nil { return }
    when(Scene.dawn, .actor(.register(RegisterActor(actor: "keeper"))), by: "owner")
    when(
      Scene.dawn, .actor(.grantRole(GrantRole(actor: "keeper", role: .service, from: "2022-01-01"))),
      by: "owner")
  }

  /// Opens activity `spring` of the province, from 1 March until 1 April, unless said otherwise.
  @discardableResult
  mutating func openActivity(
    _ mode: ActivityMode = .registration, _ activity: ActivityID = "spring", at: String = Scene.spring,
    by actor: ActorID = "clerk", _ change: (inout OpenActivity) -> Void = { _ in }
  ) -> Outcome {
    addKeeper()
    var data = OpenActivity(
      activity: activity, organisation: "gd", mode: mode, from: "2022-03-01T00:00:00+08:00",
      until: "2022-04-01T00:00:00+08:00")
    change(&data)
    return when(at, .activity(.open(data)), by: actor)
  }

  /// Opens a lottery that draws for each who joins: 1 cup and 2 pens.
  @discardableResult
  mutating func openLottery(_ chain: Chain = Chain(), chancePerMillion: Int64? = nil, draws: Int64? = nil)
    -> Outcome
  {
    openActivity(.lottery) {
      $0.joinsPerDay = 100
      $0.draw = .instant(
        chain.commitment, holder: "keeper", draws: draws, chancePerMillion: chancePerMillion,
        [Prize("cup", pieces: 1), Prize("pen", pieces: 2)])
    }
  }

  /// Opens a registration whose prizes are drawn when it is over: 1 cup and 2 pens.
  @discardableResult
  mutating func openClosingDraw(
    _ chain: Chain = Chain(), _ activity: ActivityID = "spring", winnersPerDraw: Int64 = 1,
    day: CivilDay = "2022-04-01"
  ) -> Outcome {
    openActivity(.registration, activity) {
      $0.joinsPerDay = 100
      $0.draw = .closing(
        chain.commitment, holder: "keeper", publicValue: Self.index(day), winnersPerDraw: winnersPerDraw,
        [Prize("cup", pieces: 1), Prize("pen", pieces: 2)])
    }
  }

  static func index(_ day: CivilDay = "2022-04-01") -> PublicValueNamed {
    PublicValueNamed("close of the index", day: day, form: "#,###.##")
  }

  @discardableResult
  mutating func join(
    _ at: String = Scene.inSpring, _ member: MemberID = "wang", choice: ChoiceID? = nil,
    _ activity: ActivityID = "spring", id: String? = nil,
    by actor: ActorID = "clerk"
  ) -> Outcome {
    when(
      at,
      .activity(.join(JoinActivity(activity: activity, member: member, choice: choice))), by: actor, id: id)
  }

  @discardableResult
  mutating func draw(
    _ at: String = Scene.afterSpring, _ draw: Int64 = 1, _ secret: ContentHash = Chain().secret(1),
    _ activity: ActivityID = "spring", by actor: ActorID = "keeper", id: String? = nil
  ) -> Outcome {
    when(
      at, .activity(.draw(DrawActivity(activity: activity, draw: draw, secret: DrawSecret(secret)))),
      by: actor, id: id)
  }

  @discardableResult
  mutating func publish(
    _ value: PublicValue = "3,252.20", at: String = Scene.afterSpring, _ activity: ActivityID = "spring",
    by actor: ActorID = "clerk"
  ) -> Outcome {
    when(at, .activity(.publishValue(PublishValue(activity: activity, value: value))), by: actor)
  }

  /// A join, and the draw of its entry.
  @discardableResult
  mutating func joinAndDraw(
    _ number: Int, _ chain: Chain = Chain(), _ member: MemberID = "wang", id: String? = nil
  ) -> Outcome {
    let joined = join(Scene.inSpring, member, id: id)
    guard joined.isAccepted else { return joined }
    return draw(Scene.inSpring, Int64(number), chain.secret(number))
  }

  @discardableResult
  mutating func closeActivity(_ at: String = Scene.inSpring, _ activity: ActivityID = "spring") -> Outcome {
    when(at, .activity(.close(CloseActivity(activity: activity))))
  }

  mutating func addMember(_ member: MemberID, _ organisation: OrganisationID = "gz") {
    when(
      "2022-01-02T00:00:00+08:00", .member(.enrol(EnrolMember(member: member, organisation: organisation))))
  }

  var spring: Activity { book.activity("spring") ?? Activity() }

  func part(of member: MemberID) -> Participation? { book.participation(ActivityMember("spring", member)) }

  /// The joins of activities, in order.
  var joined: [ActivityJoined] {
    records.compactMap { if case .activity(.joined(let event)) = $0.event { event } else { nil } }
  }

  /// The draws, in order.
  var drawn: [ActivityDrawn] {
    records.compactMap { if case .activity(.drawn(let event)) = $0.event { event } else { nil } }
  }
}

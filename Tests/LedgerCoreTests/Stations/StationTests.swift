// Stations and their visits (M6): opening, closing, counting, correcting.

import Testing

@testable import LedgerCore

@Suite("Stations")
struct StationTests {
  private static let noon = "2022-07-01T12:00:00+08:00"

  static let refusals = [
    RefusalCase(.stationUnknown, "closing one that is not there") { scene in scene.closeStation(noon) },
    RefusalCase(.stationExists, "an id that is taken, be it closed") { scene in
      scene.openStation(noon)
      scene.closeStation(noon)
      return scene.openStation(noon, number: "8")
    },
    RefusalCase(.stationNumberTaken, "a number that another open station has") { scene in
      scene.openStation(noon)
      return scene.openStation(noon, "other")
    },
    RefusalCase(.stationClosed, "closing twice") { scene in
      scene.openStation(noon)
      scene.closeStation(noon)
      return scene.closeStation(noon)
    },
    RefusalCase(.stationClosed, "visits of a closed one") { scene in
      scene.openStation(noon)
      scene.closeStation(noon)
      return scene.visits(noon, on: "2022-07-01", 3)
    },
    RefusalCase(.organisationClosed, "opening in a closed organisation") { scene in
      scene.when(noon, .organisation(.close(CloseOrganisation(organisation: "sz"))))
      return scene.openStation(noon, in: "sz")
    },
    RefusalCase(.stationsOpen, "closing an organisation whose station is open") { scene in
      scene.openStation(noon, in: "sz")
      return scene.when(noon, .organisation(.close(CloseOrganisation(organisation: "sz"))))
    },
    RefusalCase(.visitsToCome, "visits of tomorrow") { scene in
      scene.openStation(noon)
      return scene.visits(noon, on: "2022-07-02", 3)
    },
    RefusalCase(.timeBeforeCause, "visits of the day before it was opened") { scene in
      scene.openStation(noon)
      return scene.visits("2022-07-02T12:00:00+08:00", on: "2022-06-30", 3)
    },
    RefusalCase(.timeBeforeCause, "visits recorded at a time before it was opened") { scene in
      scene.openStation(noon)
      return scene.visits("2022-07-01T11:59:59+08:00", on: "2022-07-01", 3)
    },
    RefusalCase(.timeBeforeCause, "correcting at a time before the count") { scene in
      scene.openStation(noon)
      scene.visits("2022-07-01T13:00:00+08:00", on: "2022-07-01", 3, id: "count")
      return scene.correct("2022-07-01T12:59:59+08:00", "count", 4)
    },
    RefusalCase(.notARecording, "correcting what counted nothing") { scene in
      scene.openStation(noon, id: "opening")
      return scene.correct(noon, "opening", 4)
    },
    RefusalCase(.notARecording, "correcting what counted for another station") { scene in
      scene.openStation(noon)
      scene.openStation(noon, "other", number: "8")
      scene.visits(noon, on: "2022-07-01", 3, station: "other", id: "count")
      return scene.correct(noon, "count", 4)
    },
    RefusalCase(.notARecording, "correcting a command that never was") { scene in
      scene.openStation(noon)
      return scene.correct(noon, "nothing", 4)
    },
    RefusalCase(.visitsCorrected, "correcting twice") { scene in
      scene.openStation(noon)
      scene.visits(noon, on: "2022-07-01", 3, id: "count")
      scene.correct(noon, "count", 4)
      return scene.correct(noon, "count", 5)
    },
  ]

  @Test("Visits are counted by month, and are no members")
  func visits() {
    var scene = Scene()
    #expect(scene.openStation(Self.noon) == .happened(["opened"]))
    #expect(scene.visits(Self.noon, on: "2022-07-01", 40).isAccepted)
    scene.visits("2022-08-03T00:00:00+08:00", on: "2022-08-02", 30)
    scene.visits("2022-08-03T00:00:00+08:00", on: "2022-07-31", 2)
    let station = scene.book.station("booth") ?? Station()
    #expect(station.months.map(\.month.description) == ["2022-07", "2022-08"])
    #expect(station.months.map(\.visits) == [42, 30])
    #expect(station.visits == 72)
    #expect(scene.records.last?.answers == [Answer("visits", count: 72)])
    #expect(scene.records.allSatisfy { $0.legs.isEmpty })
    #expect(scene.book.organisation("gz")?.members == 1)
  }

  @Test("A correction states the right number; one that was wrong too is corrected in its turn")
  func corrections() {
    var scene = Scene()
    scene.openStation(Self.noon)
    scene.visits(Self.noon, on: "2022-07-01", 40, id: "count")
    scene.visits("2022-08-02T12:00:00+08:00", on: "2022-08-02", 30)
    #expect(scene.correct("2022-08-03T12:00:00+08:00", "count", 14, id: "first").isAccepted)
    #expect(scene.book.station("booth")?.months.map(\.visits) == [14, 30])
    scene.closeStation("2022-09-01T12:00:00+08:00")
    #expect(scene.correct("2022-09-02T12:00:00+08:00", "first", 0, id: "second").isAccepted)
    #expect(scene.book.station("booth")?.months.map(\.visits) == [30])
    #expect(scene.book.station("booth")?.corrected == ["count", "first"])
    #expect(scene.correct("2022-09-02T12:00:00+08:00", "first", 1).code == .visitsCorrected)
    #expect(scene.records.filter { $0.refusal == nil }.last?.answers == [Answer("visits", count: 30)])
  }

  @Test("A closed station's number is free again, and another organisation may use it at any time")
  func numbers() {
    var scene = Scene()
    scene.openStation(Self.noon)
    #expect(scene.openStation(Self.noon, "elsewhere", in: "sz").isAccepted)
    #expect(
      scene.openStation(Self.noon, "other").refusal == Refusal(.stationNumberTaken, "station", "booth"))
    scene.closeStation(Self.noon)
    #expect(scene.openStation(Self.noon, "other").isAccepted)
    #expect(
      scene.when(Self.noon, .organisation(.close(CloseOrganisation(organisation: "sz")))).refusal
        == Refusal(.stationsOpen, "stations", 1))
    scene.closeStation(Self.noon, "elsewhere")
    #expect(scene.when(Self.noon, .organisation(.close(CloseOrganisation(organisation: "sz")))).isAccepted)
  }

  @Test(
    "A service counts visits, but only an operator of the station's organisation opens, closes and corrects")
  func authority() {
    var scene = Scene()
    scene.openStation(Self.noon)
    for actor in ["app", "local"] {
      let id = Scene.text(actor, ActorID.init)
      scene.when(Self.noon, .actor(.register(RegisterActor(actor: id))), by: "owner")
      let role = Role(rawValue: actor == "app" ? "service" : "operator") ?? .auditor
      scene.when(
        Self.noon,
        .actor(
          .grantRole(
            GrantRole(
              actor: id, role: role, organisation: actor == "app" ? "gz" : "sz", from: "2022-01-01"))),
        by: "owner")
    }
    #expect(scene.visits(Self.noon, on: "2022-07-01", 3, id: "count", by: "app").isAccepted)
    #expect(scene.correct(Self.noon, "count", 4, by: "app").code == .actorRoleMissing)
    #expect(scene.closeStation(Self.noon, by: "app").code == .actorRoleMissing)
    #expect(scene.visits(Self.noon, on: "2022-07-01", 3, by: "local").code == .actorOutsideOrganisation)
    #expect(scene.closeStation(Self.noon, by: "local").code == .actorOutsideOrganisation)
    #expect(scene.openStation(Self.noon, "new", number: "9", by: "local").code == .actorOutsideOrganisation)
  }
}

extension Scene {
  /// Opens station `booth` of gz with number 7, unless said otherwise.
  @discardableResult
  mutating func openStation(
    _ at: String, _ station: StationID = "booth", number: FreeText = "7",
    in organisation: OrganisationID = "gz",
    id: String? = nil, by actor: ActorID = "clerk"
  ) -> Outcome {
    when(
      at, .station(.open(OpenStation(station: station, organisation: organisation, number: number))),
      by: actor, id: id)
  }

  @discardableResult
  mutating func closeStation(_ at: String, _ station: StationID = "booth", by actor: ActorID = "clerk")
    -> Outcome
  {
    when(at, .station(.close(CloseStation(station: station))), by: actor)
  }

  @discardableResult
  fileprivate mutating func visits(
    _ at: String, on day: CivilDay, _ visits: Int64, station: StationID = "booth", id: String? = nil,
    by actor: ActorID = "clerk"
  ) -> Outcome {
    when(
      at, .station(.recordVisits(RecordVisits(station: station, day: day, visits: visits))), by: actor, id: id
    )
  }

  @discardableResult
  fileprivate mutating func correct(
    _ at: String, _ recording: CommandID, _ visits: Int64, id: String? = nil, by actor: ActorID = "clerk"
  ) -> Outcome {
    when(
      at,
      .station(
        .correctVisits(
          CorrectVisits(station: "booth", recording: recording, visits: visits, reason: "counted twice"))),
      by: actor, id: id)
  }
}

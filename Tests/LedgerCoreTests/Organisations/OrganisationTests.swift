// The tree of unions (M1): registering, renaming, closing.

import Testing

@testable import LedgerCore

@Suite("Organisations")
struct OrganisationTests {
  private static let noon = "2022-02-01T12:00:00+08:00"

  static let refusals = [
    RefusalCase(.organisationUnknown, "below one that is not there") { scene in
      scene.when(noon, .organisation(.register(RegisterOrganisation(organisation: "x", parent: "y"))))
    },
    RefusalCase(.organisationExists, "an id that is taken") { scene in
      scene.when(noon, .organisation(.register(RegisterOrganisation(organisation: "gz"))))
    },
    RefusalCase(.organisationClosed, "below one that is closed") { scene in
      scene.when(noon, .organisation(.close(CloseOrganisation(organisation: "sz"))))
      return scene.when(noon, .organisation(.register(RegisterOrganisation(organisation: "x", parent: "sz"))))
    },
    RefusalCase(.organisationClosed, "closing twice") { scene in
      scene.when(noon, .organisation(.close(CloseOrganisation(organisation: "sz"))))
      return scene.when(noon, .organisation(.close(CloseOrganisation(organisation: "sz"))))
    },
    RefusalCase(.organisationNotEmpty, "with an open organisation below it") { scene in
      scene.when(noon, .organisation(.close(CloseOrganisation(organisation: "gd"))))
    },
    RefusalCase(.timeBeforeCause, "renamed before it was registered") { scene in
      scene.when(noon, .organisation(.register(RegisterOrganisation(organisation: "x"))))
      return scene.when(
        "2022-02-01T11:59:59+08:00", .organisation(.rename(RenameOrganisation(organisation: "x", name: "X"))))
    },
  ]

  @Test("An organisation closes when its members and the organisations below it are gone")
  func close() {
    var scene = Scene()
    let close = CommandBody.organisation(.close(CloseOrganisation(organisation: "gz")))
    #expect(
      scene.when(Self.noon, close)
        == .refused(
          Refusal(
            .organisationNotEmpty,
            [
              Refusal.Detail(name: "members", value: .number(1)),
              Refusal.Detail(name: "children", value: .number(1)),
            ])))
    #expect(scene.when(Self.noon, .organisation(.close(CloseOrganisation(organisation: "gz-1")))).isAccepted)
    scene.when(Self.noon, .member(.leave(LeaveMember(member: "wang", points: .keep))))
    #expect(scene.when(Self.noon, close) == .happened(["closed"]))
    #expect(scene.book.organisation("gd")?.children == 1)
  }

  @Test("A renamed organisation keeps its id")
  func rename() {
    var scene = Scene()
    scene.when(Self.noon, .organisation(.rename(RenameOrganisation(organisation: "gz", name: "Guangzhou"))))
    #expect(scene.book.organisation("gz")?.name == "Guangzhou")
  }
}

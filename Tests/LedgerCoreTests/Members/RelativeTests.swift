// Relatives and dependants (M5): both find each other, on the days that were declared.

import Testing

@testable import LedgerCore

@Suite("Relatives")
struct RelativeTests {
  private static let noon = "2022-02-01T12:00:00+08:00"

  static let refusals = [
    RefusalCase(.memberUnknown, "declaring somebody who is no member") { scene in
      scene.declare("wang", "nobody")
    },
    RefusalCase(.timeBeforeCause, "declaring before the relative was enrolled") { scene in
      scene.enrolLi("2022-02-01T12:00:01+08:00")
      return scene.declare("wang", "li")
    },
    RefusalCase(.relativeSelf, "oneself") { scene in scene.declare("wang", "wang") },
    RefusalCase(.relativeExists, "declaring again while it is so") { scene in
      scene.enrolLi()
      scene.declare("wang", "li")
      return scene.declare("wang", "li", from: "2023-01-01")
    },
    RefusalCase(.relativeExists, "declaring the other way round") { scene in
      scene.enrolLi()
      scene.declare("wang", "li", until: "2022-06-01")
      return scene.declare("li", "wang", from: "2022-05-31")
    },
    RefusalCase(.relativeEmptyPeriod, "for no day") { scene in
      scene.enrolLi()
      return scene.declare("wang", "li", until: "2022-02-01")
    },
    RefusalCase(.relativeEmptyPeriod, "ended on the first day") { scene in
      scene.enrolLi()
      scene.declare("wang", "li")
      return scene.end("li", "wang", "2022-02-01")
    },
    RefusalCase(.relativeUnknown, "ending what was never declared") { scene in
      scene.enrolLi()
      return scene.end("wang", "li", "2022-06-01")
    },
    RefusalCase(.relativeEnded, "ending later than it ended") { scene in
      scene.enrolLi()
      scene.declare("wang", "li", until: "2022-06-01")
      return scene.end("wang", "li", "2022-06-01")
    },
  ]

  @Test("Either finds the other, each as what they are to each other, and both know who depends on whom")
  func symmetric() {
    var scene = Scene()
    scene.enrolLi()
    #expect(
      scene.declare("wang", "li", .child, dependant: true, until: "2022-06-01") == .happened(["declared"]))
    let seen = scene.relative(of: "wang", "li", on: "2022-05-31")
    #expect(seen?.kind == .child)
    #expect(seen?.dependant == "li")
    let sees = scene.relative(of: "li", "wang", on: "2022-02-01")
    #expect(sees?.kind == .parent)
    #expect(sees?.dependant == "li")
    for (one, other) in [("wang", "li"), ("li", "wang")] as [(MemberID, MemberID)] {
      #expect(scene.relative(of: one, other, on: "2022-01-31") == nil)
      #expect(scene.relative(of: one, other, on: "2022-06-01") == nil)
    }
  }

  @Test("A parent who depends on a child is declared as one, and siblings and spouses are that to each other")
  func kinds() {
    for (kind, inverse) in [
      (.spouse, .spouse), (.parent, .child), (.child, .parent), (.sibling, .sibling), (.other, .other),
    ] as [(RelativeKind, RelativeKind)] {
      var scene = Scene()
      scene.enrolLi()
      scene.declare("wang", "li", kind)
      #expect(scene.relative(of: "wang", "li", on: "2022-02-01")?.kind == kind)
      #expect(scene.relative(of: "li", "wang", on: "2022-02-01")?.kind == inverse)
      #expect(scene.relative(of: "li", "wang", on: "2022-02-01")?.dependant == nil)
    }
  }

  @Test("Either ends it for both; later it may be declared anew, and each time ends on its own")
  func ends() {
    var scene = Scene()
    scene.enrolLi()
    scene.declare("wang", "li", .spouse)
    #expect(scene.end("li", "wang", "2022-03-01") == .happened(["ended"]))
    #expect(scene.declare("li", "wang", .other, from: "2022-05-01").isAccepted)
    #expect(scene.end("wang", "li", "2022-07-01").isAccepted)
    for (one, other) in [("wang", "li"), ("li", "wang")] as [(MemberID, MemberID)] {
      #expect(scene.relative(of: one, other, on: "2022-02-28")?.kind == .spouse)
      #expect(scene.relative(of: one, other, on: "2022-03-01") == nil)
      #expect(scene.relative(of: one, other, on: "2022-06-30")?.kind == .other)
      #expect(scene.relative(of: one, other, on: "2022-07-01") == nil)
    }
  }

  @Test("An event about two members is in the history of both, and points to the previous event of each")
  func chains() {
    var scene = Scene()
    scene.enrolLi()
    let enrolled = scene.records.count
    scene.when(Self.noon, .member(.verify(VerifyMember(member: "wang"))))
    scene.declare("wang", "li")
    scene.end("li", "wang", "2022-06-01")
    let (declared, ended) = (scene.records[enrolled + 1], scene.records[enrolled + 2])
    #expect(declared.subjects == [.member("wang"), .member("li")])
    #expect(declared.previous == [Int64(enrolled + 1), Int64(enrolled)])
    #expect(ended.subjects == [.member("li"), .member("wang")])
    #expect(ended.previous == [declared.position, declared.position])
  }

  @Test("Parts of a replay that keep one member each fold together what one part folds alone")
  func parts() {
    var scene = Scene()
    scene.enrolLi()
    scene.declare("wang", "li", .child, dependant: true)
    scene.end("wang", "li", "2022-06-01")
    scene.when(Self.noon, .member(.leave(LeaveMember(member: "li", points: .keep))))
    scene.expectSameInParts()
  }
}

extension Scene {
  /// Li is a member of sz.
  fileprivate mutating func enrolLi(_ at: String = "2022-01-01T00:00:00+08:00") {
    when(at, .member(.enrol(EnrolMember(member: "li", organisation: "sz"))))
  }

  @discardableResult
  fileprivate mutating func declare(
    _ member: MemberID, _ relative: MemberID, _ kind: RelativeKind = .sibling, dependant: Bool = false,
    from: CivilDay = "2022-02-01", until: CivilDay? = nil
  ) -> Outcome {
    when(
      "2022-02-01T12:00:00+08:00",
      .member(
        .declareRelative(
          DeclareRelative(
            member: member, relative: relative, kind: kind, dependant: dependant, from: from, until: until))))
  }

  @discardableResult
  fileprivate mutating func end(_ member: MemberID, _ relative: MemberID, _ until: CivilDay) -> Outcome {
    when(
      "2022-02-01T12:00:00+08:00",
      .member(.endRelative(EndRelative(member: member, relative: relative, until: until))))
  }

  fileprivate func relative(of member: MemberID, _ relative: MemberID, on day: CivilDay) -> Relative? {
    book.member(member)?.relative(relative, on: day)
  }
}

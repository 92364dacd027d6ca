// What is allowed about relatives and dependants (M5). What is remembered of them is in Relative.

extension DeclareRelative {
  /// Those who left may be declared too: the separation of duties outlives a membership.
  func decide(_ asking: Asking, _ view: View) throws(Undecided) -> MemberEvent {
    let declarer = try view.enrolledMember(member, at: asking.at)
    _ = try view.enrolledMember(relative, at: asking.at)
    guard member != relative else { throw .refused(Refusal(.relativeSelf)) }
    if let until, until <= from { throw .refused(Refusal(.relativeEmptyPeriod, "from", from.description)) }
    let overlapping = declarer.relatives.first { declared in
      declared.relative == relative && (until.map { declared.from < $0 } ?? true)
        && (declared.until.map { from < $0 } ?? true)
    }
    if let overlapping {
      throw .refused(Refusal(.relativeExists, "from", overlapping.from.description))
    }
    return .relativeDeclared(RelativeDeclared(request: self))
  }
}

extension EndRelative {
  func decide(_ asking: Asking, _ view: View) throws(Undecided) -> MemberEvent {
    let declared = try view.enrolledMember(member, at: asking.at).relatives.last { $0.relative == relative }
    guard let declared else { throw .refused(Refusal(.relativeUnknown)) }
    if let ended = declared.until, ended <= until {
      throw .refused(Refusal(.relativeEnded, "until", ended.description))
    }
    guard declared.from < until else {
      throw .refused(Refusal(.relativeEmptyPeriod, "from", declared.from.description))
    }
    return .relativeEnded(RelativeEnded(request: self, from: declared.from))
  }
}

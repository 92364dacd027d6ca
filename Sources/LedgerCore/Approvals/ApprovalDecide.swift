// What is allowed about approvals (L6): who may open, grant and deny, and which commands can wait at all. That the
// granted command itself is allowed is decided by its own benefit.

extension ApprovalCommand {
  /// - Parameter via: who brought the command.
  func decide(_ asking: Asking, via: FreeText?, _ view: View) throws(Undecided) -> [ApprovalEvent] {
    switch self {
    case .open(let data): [try data.decide(asking, via: via)]
    case .grant(let data): [try data.decide(asking, view)]
    case .deny(let data): [try data.decide(asking, view)]
    }
  }
}

extension OpenApproval {
  fileprivate func decide(_ asking: Asking, via: FreeText?) throws(Undecided) -> ApprovalEvent {
    .opened(
      ApprovalOpened(request: self, approval: asking.command, opener: asking.actor, openedVia: via))
  }
}

extension GrantApproval {
  fileprivate func decide(_ asking: Asking, _ view: View) throws(Undecided) -> ApprovalEvent {
    let waiting = try view.openApproval(approval, at: asking.at)
    guard waiting.opener != asking.actor else {
      throw .refused(Refusal(.approvalBySameActor, "actor", asking.actor.text))
    }
    return .granted(
      ApprovalGranted(
        request: self, approver: asking.actor, opener: waiting.opener, openedVia: waiting.openedVia))
  }
}

extension DenyApproval {
  fileprivate func decide(_ asking: Asking, _ view: View) throws(Undecided) -> ApprovalEvent {
    _ = try view.openApproval(approval, at: asking.at)
    return .denied(ApprovalDenied(request: self, denier: asking.actor))
  }
}

extension CommandBody {
  /// Whether it can wait for a second actor: what only the ledger itself sends cannot, nor what is about waiting, nor what
  /// tells a secret or is not for everybody to do: who grants it would do it in the opener's words.
  var canWait: Bool {
    switch self {
    case .ledger(.open), .approval, .job, .coupon(.grant): false
    case .activity(let command): command.canWait
    case .campaign(let command): command.canWait
    case .grant(let command): command.canWait
    case .ledger, .actor, .organisation, .station, .member, .points: true
    case .fund, .party, .merchant, .payable, .coupon, .gift: true
    }
  }
}

extension View {
  /// An approval, decided or not.
  func knownApproval(_ id: CommandID) throws(Undecided) -> Approval {
    guard let approval = try approval(id) else { throw .refused(Refusal(.approvalUnknown)) }
    return approval
  }

  fileprivate func openApproval(_ id: CommandID, at instant: Instant) throws(Undecided) -> Approval {
    let approval = try knownApproval(id)
    try require("the approval", since: approval.since, at: instant)
    guard approval.status == .open else {
      throw .refused(Refusal(.approvalDecided, "status", approval.status.rawValue))
    }
    return approval
  }
}

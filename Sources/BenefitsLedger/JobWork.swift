// What a job has left to do, read from the rows in chunks (L11): who is named by the next one. Sending the chunks is
// JobRunner's; what each does is decided in LedgerCore.

import LedgerCore

/// The work of one job, as far as its commands are concerned.
struct JobWork {
  private let reader: LedgerReader
  private var kind: Kind
  /// Together well below the 60 KiB that a command may have.
  private static let mostBytesAChunk = 40_000

  private enum Kind {
    /// Everything that has fallen due by then.
    case due(by: Instant)
    /// Coupons for those who may have one, in the order of their ids.
    case granting(CouponRecipients, CampaignID)
  }

  /// - Parameter command: it opened the job.
  init(of command: Command, _ reader: LedgerReader) {
    self.reader = reader
    if let day = command.body.dayToClose {
      kind = .due(by: reader.ledger.zone.end(of: day))
    } else if let campaign = command.body.campaignToGrant {
      kind = .granting(CouponRecipients(of: campaign, at: command.at, reader), campaign)
    } else {
      preconditionFailure("a job without work")
    }
  }

  /// The next chunk of an open job; nil when nothing is left.
  mutating func next(after job: Job, job id: CommandID) throws -> AdvanceJob? {
    var bytes = 0
    var chunk = AdvanceJob(job: id, chunk: job.chunks + 1, members: [])
    switch kind {
    case .due(let instant):
      for key in try reader.due(by: instant, atMost: Job.mostMembersAChunk) {
        guard let (_, text) = key.row else { continue }
        bytes += text.utf8.count + 30
        if bytes > Self.mostBytesAChunk { break }
        chunk.add(key)
      }
    case .granting(var recipients, let campaign):
      let left = try reader.campaign(campaign)?.pieces(heldFor: id) ?? 0
      chunk.members = try recipients.next(
        after: job.reached, atMost: Int(min(left, Int64(Job.mostMembersAChunk))), bytes: Self.mostBytesAChunk)
      kind = .granting(recipients, campaign)
    }
    return chunk.members.isEmpty && chunk.holdings == nil ? nil : chunk
  }
}

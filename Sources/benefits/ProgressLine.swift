// The line that shows how far long work has come.
// Only text and rhythm; whether there is a terminal to show it on is known by Output.

/// How far long work has come: count, total or rate, redrawn at most ten times a second of monotonic time.
///
/// `var progress = output.progress("replaying", unit: "events", total: head)`, then `progress.reached(n)` as often
/// as is convenient, then `progress.finish()`. Cheap enough for every event; free when it is not shown.
struct ProgressLine {
  private static let pause: Duration = .milliseconds(100)

  private let activity: String
  private let unit: String
  private let total: Int64?
  private let output: Output?
  private let start = ContinuousClock.now
  private var due: ContinuousClock.Instant

  /// - Parameter output: where it is shown; nil shows nothing.
  init(_ activity: String, unit: String, total: Int64?, output: Output?) {
    self.activity = activity
    self.unit = unit
    self.total = total
    self.output = output
    // Work done within the first pause shows nothing at all.
    due = start + Self.pause
  }

  /// Tells how many are done, counted from the start.
  mutating func reached(_ count: Int64) {
    guard let output else { return }
    let now = ContinuousClock.now
    guard now >= due else { return }
    due = now + Self.pause
    output.showStatus(text(count: count, elapsed: now - start))
  }

  /// Takes the line away.
  func finish() {
    output?.clearStatus()
  }

  /// `replaying 1,200 of 4,800 events, 25 %, 600/s`
  func text(count: Int64, elapsed: Duration) -> String {
    var text = "\(activity) \(count.grouped)"
    if let total { text += " of \(total.grouped)" }
    text += " \(unit)"
    if let total, total > 0 { text += ", \(Int64(Double(count) / Double(total) * 100)) %" }
    let seconds = elapsed / .seconds(1)
    if seconds > 0 { text += ", \(Int64(Double(count) / seconds).grouped)/s" }
    return text
  }
}

// The table of verbs. A new verb is a file in this folder and a row here, in the order the help lists them.
// Nothing else knows the names of the verbs.

enum Verbs {
  static let all: [Verb] = [
    Demo.verb,
    Init.verb,
    Apply.verb,
    Replay.verb,
    Rebuild.verb,
    Verify.verb,
    CheckpointVerb.verb,
    ExportVerb.verb,
    Show.verb,
    StatementVerb.verb,
    Doctor.verb,
    Bench.verb,
    SchemaVerb.verb,
    Help.verb,
    Completion.verb,
  ]

  /// The verb of that name.
  /// - Throws: `Failure` with `.usage` that names the nearest verb.
  static func named(_ name: String) throws(Failure) -> Verb {
    guard let verb = all.first(where: { $0.name == name }) else {
      let hint = Nearest.suggestion(for: name, among: all.map(\.name))
      throw Failure(.usage, "no verb `\(name)`\(hint.isEmpty ? "; `benefits help` lists them" : hint)")
    }
    return verb
  }
}

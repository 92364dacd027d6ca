// `benefits help`: the list of verbs, or the manual of one, from the table of verbs.
// It says nothing of its own about a verb; the words are in the verb's row.

/// The verb `help`, also reached by `benefits`, `benefits --help`, `benefits VERB --help` and `benefits --version`.
enum Help {
  private static let topic = Positional("VERB", .verb, isRequired: false, "the verb to explain")
  private static let version = Option.flag("version", "only the version of the tool")

  static let verb = Verb(
    name: "help", summary: "list the verbs, or explain one with a worked example",
    positionals: [topic], options: [version, .json],
    details: """
      Without a verb, lists all verbs and the exit codes. With one, prints its usage,
      arguments, options and an example you can try. `benefits VERB --help` is the
      same. With --json, prints the table that help and completion are made from.
      """,
    example: """
      $ benefits help completion | head -1
      usage: benefits completion SHELL
      """,
    run: run)

  private static func run(_ invocation: Invocation) throws -> ExitCode {
    let (arguments, output) = (invocation.arguments, invocation.output)
    let explained = try arguments.optional(topic).map { (name) throws(Failure) in try Verbs.named(name) }
    switch (explained, invocation.wantsJSON) {
    case (_, true) where arguments.flag(version): try output.json(["version": .string(Main.version)])
    case (_, false) where arguments.flag(version): try output.line("benefits \(Main.version)")
    case (nil, true): try output.json(["verbs": .array(Verbs.all.map(description))])
    case (nil, false): try list(on: output)
    case (let explained?, true): try output.json(description(of: explained))
    case (let explained?, false): try explain(explained, on: output)
    }
    return .fine
  }

  private static func list(on output: Output) throws {
    try output.line("usage: benefits VERB [LEDGER] ...")
    try output.line()
    var verbs = untitled()
    for verb in Verbs.all { verbs.add(["", verb.name, verb.summary]) }
    try output.table(verbs)
    try output.line()
    try output.line("`benefits help VERB` explains one. stdout is the answer, stderr is talk. Exit codes:")
    try output.line()
    var codes = untitled()
    for code in ExitCode.allCases { codes.add(["", String(code.rawValue), code.meaning]) }
    try output.table(codes)
  }

  private static func explain(_ verb: Verb, on output: Output) throws {
    try output.line(verb.usage)
    try output.line()
    try output.line(verb.details)
    var parameters = untitled()
    for positional in verb.positionals {
      parameters.add(["", positional.name, positional.summary + range(of: positional.value)])
    }
    for option in verb.options {
      parameters.add(["", option.signature, option.summary + (option.kind.map(range) ?? "")])
    }
    if !verb.positionals.isEmpty || !verb.options.isEmpty { try output.line() }
    try output.table(parameters)
    try output.line()
    try output.line("Example:")
    try output.line()
    for line in verb.example.split(separator: "\n", omittingEmptySubsequences: false) {
      try output.line(line.isEmpty ? "" : "  \(line)")
    }
  }

  private static func untitled() -> Table { Table([.text(""), .text(""), .text("")]) }

  private static func range(of kind: ValueKind) -> String {
    switch kind {
    case .text, .file, .directory, .verb: ""
    case .integer(let range) where range.upperBound == .max: ", at least \(range.lowerBound)"
    case .integer(let range): ", \(range.lowerBound) to \(range.upperBound)"
    case .choice(let choices): ": \(choices.joined(separator: ", "))"
    }
  }

  private static func description(of verb: Verb) -> JSONAnswer {
    [
      "name": .string(verb.name),
      "summary": .string(verb.summary),
      "usage": .string(verb.usage),
      "positionals": .array(
        verb.positionals.map { positional in
          var answer: JSONAnswer = ["name": .string(positional.name)]
          answer.add("required", .boolean(positional.isRequired))
          answer.add("choices", choices(of: positional.value))
          answer.add("summary", .string(positional.summary))
          return answer
        }),
      "options": .array(
        verb.options.map { option in
          var answer: JSONAnswer = ["name": .string(option.label)]
          answer.add("placeholder", .string(option.placeholder))
          answer.add("required", .boolean(option.isRequired))
          answer.add("choices", choices(of: option.kind))
          answer.add("summary", .string(option.summary))
          return answer
        }),
      "details": .string(verb.details),
      "example": .string(verb.example),
    ]
  }

  private static func choices(of kind: ValueKind?) -> JSONAnswer {
    guard case .choice(let choices) = kind else { return .null }
    return .array(choices.map { .string($0) })
  }
}

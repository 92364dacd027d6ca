// The entry of the tool: finds the verb, parses its arguments, runs it, and turns what it throws into an exit code.
// The verbs are in Commands/, one file each; what they may say to the user is in Output.swift.

import Foundation

@main
struct Main {
  /// The version printed by `benefits --version`.
  static let version = "0.1.0"

  static func main() async {
    holdStandardDescriptors()
    // A closed pipe is then an error of write(2), which Output handles, and not the end of the process.
    signal(SIGPIPE, SIG_IGN)
    let code = await run(Array(CommandLine.arguments.dropFirst()), output: Output())
    exit(code.rawValue)
  }

  /// Does what the command line says and returns how that ended, after everything has been written.
  private static func run(_ words: [String], output: Output) async -> ExitCode {
    var verb: Verb?
    do {
      let (chosen, rest) = try dispatch(words)
      verb = chosen
      let arguments = try Arguments(rest, of: chosen)
      output.isQuiet = arguments.flag(.quiet)
      let code = try await chosen.run(Invocation(verb: chosen, arguments: arguments, output: output))
      try output.flush()
      return code
    } catch {
      return end(verb, with: error, output: output)
    }
  }

  /// The verb asked for and its words; every way of asking for help becomes the verb `help`.
  private static func dispatch(_ words: [String]) throws(Failure) -> (verb: Verb, words: [String]) {
    guard let first = words.first else { return (Help.verb, []) }
    let rest = Array(words.dropFirst())
    switch first {
    case "--help", "-h": return (Help.verb, rest)
    case "--version": return (Help.verb, ["--version"] + rest)
    case "-", "--": throw Failure(.usage, "no verb given; `benefits help` lists them")
    case _ where first.hasPrefix("-"):
      throw Failure(.usage, "the verb comes before options such as \(first); `benefits help` lists the verbs")
    default: break
    }
    let verb = try Verbs.named(first)
    let asksForHelp = rest.prefix { $0 != "--" }.contains { $0 == "--help" || $0 == "-h" }
    return asksForHelp ? (Help.verb, [verb.name]) : (verb, rest)
  }

  /// Says on stderr what went wrong. The part of the answer that was already there is written before.
  private static func end(_ verb: Verb?, with error: any Error, output: Output) -> ExitCode {
    // The reader of the answer has seen enough and left. That is no error of ours or of theirs.
    if error is ClosedPipe { return .fine }
    // A second error while writing the rest of the answer would only hide the first.
    try? output.flush()
    let failure = Failure(explaining: error)
    output.complain("benefits\(verb.map { " " + $0.name } ?? ""): \(failure.sentence)")
    if failure.exit == .usage, let verb { output.complain(verb.usage) }
    return failure.exit
  }

  /// Takes the place of standard descriptors the caller has closed; otherwise the next file opened, perhaps the
  /// ledger, would be descriptor 1 and receive the answer. Reading or writing them stays an error.
  private static func holdStandardDescriptors() {
    for descriptor in STDIN_FILENO...STDERR_FILENO where fcntl(descriptor, F_GETFD) == -1 {
      _ = open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY)
    }
  }
}

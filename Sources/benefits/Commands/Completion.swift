// `benefits completion`: scripts for bash, zsh and fish, generated from the table of verbs.
// Nothing about a verb is written here; a verb that is in the table is completed.

/// The verb `completion`.
enum Completion {
  enum Shell: String, CaseIterable {
    case bash, zsh, fish
  }

  private static let shell = Positional("SHELL", .choice(of: Shell.self), "the shell that learns the verbs")

  static let verb = Verb(
    name: "completion", summary: "print a script that teaches a shell to complete verbs, options and files",
    positionals: [shell],
    details: """
      Nothing is installed. Try it in the shell you are in:

        bash   source <(benefits completion bash)
        zsh    source <(benefits completion zsh)     (after compinit)
        fish   benefits completion fish | source

      To keep it, add that line to the shell's startup file, or write the script
      where the shell looks for completions.
      """,
    example: """
      $ benefits completion bash | head -1
      # Completion of `benefits` for bash, generated from its table of verbs.
      """,
    run: run)

  private static func run(_ invocation: Invocation) throws -> ExitCode {
    let (arguments, output) = (invocation.arguments, invocation.output)
    switch arguments.required(shell, as: Shell.self) {
    case .bash: try output.write(bash(Verbs.all))
    case .zsh: try output.write(zsh(Verbs.all))
    case .fish: try output.write(fish(Verbs.all))
    }
    return .fine
  }

  private static func header(_ shell: Shell) -> String {
    "# Completion of `benefits` for \(shell.rawValue), generated from its table of verbs."
  }

  private static func choices(of kind: ValueKind, in verbs: [Verb]) -> [String]? {
    switch kind {
    case .choice(let choices): choices
    case .verb: verbs.map(\.name)
    case .text, .file, .directory, .integer: nil
    }
  }

  /// The text as one word of bash or zsh.
  private static func quoted(_ text: String) -> String {
    "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
  }
}

// MARK: bash

extension Completion {
  /// Works with bash 3.2 and later. `=` splits words there, so `--name=value` arrives as three.
  private static func bash(_ verbs: [Verb]) -> String {
    """
    \(header(.bash))
    _benefits() {
      local word="${COMP_WORDS[COMP_CWORD]}" last="${COMP_WORDS[COMP_CWORD-1]}"
      local options="" valued="" value="" index position=0 IFS=$' \\t\\n'
      local places=()
      COMPREPLY=()
      if [ "$COMP_CWORD" -eq 1 ]; then
        COMPREPLY=( $(compgen -W \(quoted(verbs.map(\.name).joined(separator: " "))) -- "$word") )
        return
      fi
      if [ "$word" = "=" ]; then
        word=""
      elif [ "$last" = "=" ]; then
        last="${COMP_WORDS[COMP_CWORD-2]}"
      fi
      case "${COMP_WORDS[1]}" in
    \(verbs.map { bashTable(of: $0, in: verbs) }.joined(separator: "\n"))
        *) return ;;
      esac
      case " $valued " in
        *" $last "*) ;;
        *)
          for (( index = 2; index < COMP_CWORD; index++ )); do
            case "${COMP_WORDS[index]}" in
              =) (( index++ )) ;;
              -?*)
                if [ "${COMP_WORDS[index+1]}" != "=" ]; then
                  case " $valued " in *" ${COMP_WORDS[index]} "*) (( index++ )) ;; esac
                fi ;;
              *) (( position++ )) ;;
            esac
          done
          value="${places[position]}"
          case "$word" in -*) value="words $options" ;; esac ;;
      esac
      case "$value" in
        "words "*) COMPREPLY=( $(compgen -W "${value#words }" -- "$word") ) ;;
        file) IFS=$'\\n'; compopt -o filenames 2>/dev/null; COMPREPLY=( $(compgen -f -- "$word") ) ;;
        directory) IFS=$'\\n'; compopt -o filenames 2>/dev/null; COMPREPLY=( $(compgen -d -- "$word") ) ;;
      esac
    }
    complete -F _benefits benefits

    """
  }

  private static func bashTable(of verb: Verb, in verbs: [Verb]) -> String {
    func offer(_ kind: ValueKind) -> String {
      if let choices = choices(of: kind, in: verbs) { return "words " + choices.joined(separator: " ") }
      return kind == .file ? "file" : kind == .directory ? "directory" : ""
    }
    let options = verb.options.map(\.label) + ["--help"]
    let valued = verb.options.filter { $0.kind != nil }.map(\.label)
    let places = verb.positionals.map { quoted(offer($0.value)) }
    var lines = ["    \(verb.name))"]
    lines.append("      options=\(quoted(options.joined(separator: " ")))")
    lines.append("      valued=\(quoted(valued.joined(separator: " ")))")
    lines.append("      places=(\(places.joined(separator: " ")))")
    let values = verb.options.compactMap { option in
      option.kind.map { "\(option.label)) value=\(quoted(offer($0))) ;;" }
    }
    if !values.isEmpty { lines.append("      case \"$last\" in \(values.joined(separator: " ")) esac") }
    return (lines + ["      ;;"]).joined(separator: "\n")
  }
}

// MARK: zsh

extension Completion {
  private static func zsh(_ verbs: [Verb]) -> String {
    """
    #compdef benefits
    \(header(.zsh))
    _benefits() {
      if (( CURRENT == 2 )); then
        local -a verbs=(
    \(verbs.map { "      " + quoted("\($0.name):\($0.summary)") }.joined(separator: "\n"))
        )
        _describe verb verbs
        return
      fi
      shift words
      (( CURRENT-- ))
      case "$words[1]" in
    \(verbs.map { zshTable(of: $0, in: verbs) }.joined(separator: "\n"))
      esac
    }
    if [ "$funcstack[1]" = "_benefits" ]; then _benefits "$@"; else compdef _benefits benefits; fi

    """
  }

  private static func zshTable(of verb: Verb, in verbs: [Verb]) -> String {
    func escaped(_ text: String, _ special: Set<Character>) -> String {
      text.reduce(into: "") { $0 += special.contains($1) ? "\\\($1)" : String($1) }
    }
    func action(_ kind: ValueKind) -> String {
      if let choices = choices(of: kind, in: verbs) { return "(\(choices.joined(separator: " ")))" }
      return kind == .file ? "_files" : kind == .directory ? "_files -/" : " "
    }
    var words = verb.options.map { option in
      let summary = "[\(escaped(option.summary, ["[", "]", "\\"]))]"
      guard let kind = option.kind, let placeholder = option.placeholder else {
        return option.label + summary
      }
      return "\(option.label)=\(summary):\(escaped(placeholder, [":"])):\(action(kind))"
    }
    words.append("(- *)--help[explain \(verb.name)]")
    for (index, positional) in verb.positionals.enumerated() {
      let colons = positional.isRequired ? ":" : "::"
      words.append("\(index + 1)\(colons)\(escaped(positional.name, [":"])):\(action(positional.value))")
    }
    let lines = words.map { "      " + quoted($0) }.joined(separator: " \\\n")
    return "    \(verb.name)) _arguments \\\n\(lines) ;;"
  }
}

// MARK: fish

extension Completion {
  private static func fish(_ verbs: [Verb]) -> String {
    var lines = [
      header(.fish),
      "function __benefits_verb",
      "  set -l words (commandline -opc)",
      "  if test (count $argv) -eq 0",
      "    test (count $words) -eq 1",
      "  else",
      "    test (count $words) -gt 1; and test $words[2] = $argv[1]",
      "  end",
      "end",
      "complete -c benefits -f",
    ]
    for verb in verbs {
      lines.append("complete -c benefits -n __benefits_verb -a \(verb.name) -d \(fishQuoted(verb.summary))")
      let here = "complete -c benefits -n '__benefits_verb \(verb.name)'"
      for option in verb.options {
        let value = option.kind.map { " " + fishValue($0, in: verbs) } ?? ""
        lines.append("\(here) -l \(option.name)\(value) -d \(fishQuoted(option.summary))")
      }
      for positional in verb.positionals {
        if let choices = choices(of: positional.value, in: verbs) {
          lines.append("\(here) -a \(fishQuoted(choices.joined(separator: " "))) -d \(positional.name)")
        } else if positional.value == .directory {
          lines.append("\(here) -a '(__fish_complete_directories)'")
        } else if positional.value == .file {
          lines.append("\(here) -F")
        }
      }
      lines.append("\(here) -l help -d \(fishQuoted("explain \(verb.name)"))")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func fishValue(_ kind: ValueKind, in verbs: [Verb]) -> String {
    if let choices = choices(of: kind, in: verbs) {
      return "-x -a \(fishQuoted(choices.joined(separator: " ")))"
    }
    switch kind {
    case .file: return "-r -F"
    case .directory: return "-x -a '(__fish_complete_directories)'"
    case .text, .integer, .choice, .verb: return "-x"
    }
  }

  private static func fishQuoted(_ text: String) -> String {
    "'" + text.reduce(into: "") { $0 += $1 == "'" || $1 == "\\" ? "\\\($1)" : String($1) } + "'"
  }
}

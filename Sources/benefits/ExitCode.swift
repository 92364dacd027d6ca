// How the tool ends: the exit codes scripts rely on, and the error a verb throws to end with one.
// Errors of other modules become a Failure here too; the sentences themselves are written by the verbs.

import BenefitsLedger
import Foundation

/// The exit status of the tool. A contract: a number never changes its meaning. From 64 on they are
/// those of `sysexits.h`.
enum ExitCode: Int32, CaseIterable, Sendable {
  /// Everything asked for was done.
  case fine = 0
  /// The work was done and the answer lists findings, breaks or refused commands.
  case findings = 1
  /// The command line is wrong; nothing was read or changed. Trying it again does not help.
  case usage = 64
  /// An input file or the ledger holds something that it must not hold.
  case dataError = 65
  /// A file named on the command line, or a thing asked for by its id, does not exist.
  case noInput = 66
  /// A fault of the tool itself. Please report it.
  case internalError = 70
  /// Reading or writing failed: disk full, no permission, device gone. A retry helps once that is put right.
  case ioError = 74
  /// Another process holds the ledger. A retry helps.
  case busy = 75

  /// What `benefits help` says about the code.
  var meaning: String {
    switch self {
    case .fine: "fine"
    case .findings: "findings, breaks or refused commands; the answer tells which"
    case .usage: "the command line is wrong"
    case .dataError: "bad data in an input file or in the ledger"
    case .noInput: "no such file, or nothing with that id"
    case .internalError: "a fault of the tool"
    case .ioError: "reading or writing failed"
    case .busy: "another process holds the ledger; try again"
    }
  }
}

/// Why a verb could not do its work: thrown by a verb, printed by `Main` as `benefits VERB: sentence`.
struct Failure: Error, Equatable {
  let exit: ExitCode
  /// Where, expected, actual and what to do next; no capital, no full stop, no member data.
  let sentence: String

  init(_ exit: ExitCode, _ sentence: String) {
    self.exit = exit
    self.sentence = sentence
  }

  /// An error that no verb has put into words. The errors of our own libraries are to be added here, so that
  /// every verb ends the same way for the same cause.
  init(explaining error: any Error) {
    switch error {
    case let failure as Failure:
      self = failure
    case let error as LedgerError:
      self.init(ExitCode(error.code), error.message)
    case let error as CocoaError where error.isFileError:
      self.init(Self.isAbsence(error) ? .noInput : .ioError, Self.sentence(of: error))
    case let error as POSIXError:
      let code = error.code.rawValue
      self.init(code == ENOENT ? .noInput : .ioError, String(cString: strerror(code)))
    default:
      self.init(.internalError, "\(type(of: error)): \(error); this is a fault of the tool, please report it")
    }
  }

  private static func isAbsence(_ error: CocoaError) -> Bool {
    error.code == .fileReadNoSuchFile || error.code == .fileNoSuchFile
  }

  private static func sentence(of error: CocoaError) -> String {
    let place = error.filePath.map { "\($0): " } ?? ""
    if isAbsence(error) { return "\(place)no such file" }
    if let cause = error.underlying as? POSIXError {
      return place + String(cString: strerror(cause.code.rawValue))
    }
    return place + error.localizedDescription
  }
}

extension ExitCode {
  /// The exit code of a failure of the ledger's machinery.
  init(_ code: LedgerError.Code) {
    self =
      switch code {
      case .absent: .noInput
      case .notALedger, .newer, .damaged, .needsRebuild, .groupTooLarge, .malformed, .personalData, .jobStuck:
        .dataError
      case .busy, .overloaded: .busy
      case .exists, .readOnly, .full, .io, .walUnreadable: .ioError
      case .closed: .internalError
      }
  }
}

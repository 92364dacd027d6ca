// The ways to open a database, and the name and flags SQLite is given for each.
// Opening itself is in Connection.swift.

internal import CSQLite

extension Connection {
  /// What may be done with the database, decided when it is opened.
  package enum Mode: Hashable, Sendable {
    /// Read and write; the file is created when it does not exist.
    case create
    /// Read and write a file that exists.
    case readWrite
    /// Read a file that another connection may be writing.
    case readOnly
    /// Read a file that nothing changes while it is open: no locks are taken and a `-wal` file is ignored.
    /// Reading a file that does change gives wrong answers (https://sqlite.org/uri.html#uriimmutable).
    case immutable
    /// A database in memory that is gone when the connection closes. The path is not used.
    case memory

    /// Whether this connection may change the database.
    package var isWriter: Bool {
      switch self {
      case .create, .readWrite, .memory: true
      case .readOnly, .immutable: false
      }
    }

    var flags: Int32 {
      let always = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE | SQLITE_OPEN_URI
      return switch self {
      case .create: always | SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
      case .readWrite: always | SQLITE_OPEN_READWRITE
      case .readOnly, .immutable: always | SQLITE_OPEN_READONLY
      case .memory: always | SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_MEMORY
      }
    }

    /// What to pass to `sqlite3_open_v2`: a `file:` URI for a file, so that no path means anything special.
    func name(forPath path: String) -> String {
      switch self {
      case .create: Self.uri(forPath: path, query: "mode=rwc")
      case .readWrite: Self.uri(forPath: path, query: "mode=rw")
      case .readOnly: Self.uri(forPath: path, query: "mode=ro")
      case .immutable: Self.uri(forPath: path, query: "mode=ro&immutable=1")
      case .memory: ":memory:"
      }
    }

    /// A relative path gets `./` in front, since `:memory:` and the empty path are names of databases in memory
    /// and in a temporary file. An absolute one gets the empty host, since `//x/y` would name the host `x`.
    private static func uri(forPath path: String, query: String) -> String {
      var uri = path.utf8.first == UInt8(ascii: "/") ? "file://" : "file:./"
      for byte in path.utf8 {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "/"), UInt8(ascii: "."), UInt8(ascii: "-"),
          UInt8(ascii: "_"):
          uri.unicodeScalars.append(Unicode.Scalar(byte))
        default:
          let digits = String(byte, radix: 16, uppercase: true)
          uri += digits.utf8.count == 1 ? "%0\(digits)" : "%\(digits)"
        }
      }
      return "\(uri)?\(query)"
    }
  }
}

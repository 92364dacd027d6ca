// A value in a parameter or a column, when its type is only known at run time, and SQLite's storage classes.
// Code that knows its columns reads them with Statement's typed readers instead.

/// How SQLite stored one value (https://sqlite.org/datatype3.html §2).
package enum StorageClass: Hashable, Sendable {
  case null, integer, real, text, blob
}

/// A value that can be bound to a parameter, or was found in a column.
///
/// Equality is equality of what is stored: texts are equal when their bytes are. (Swift's `String` also calls
/// texts equal that differ in Unicode normalisation; an audit that compared that way would miss a changed row.)
package enum SQLValue: Sendable {
  case null
  case integer(Int64)
  case text(String)
  case blob([UInt8])

  /// Something this ledger never writes, so only a damaged or edited file holds it: a REAL (its eight IEEE 754
  /// bytes, most significant first) or a TEXT that is not UTF-8 (its bytes). It differs from every value we
  /// render, and keeps the bytes so that two different damages differ too. It cannot be bound.
  case unexpected(StorageClass, [UInt8])
}

extension SQLValue: Hashable {
  package static func == (left: SQLValue, right: SQLValue) -> Bool {
    switch (left, right) {
    case (.null, .null): true
    case (.integer(let left), .integer(let right)): left == right
    case (.text(let left), .text(let right)): left.utf8.elementsEqual(right.utf8)
    case (.blob(let left), .blob(let right)): left == right
    case (.unexpected(let leftClass, let left), .unexpected(let rightClass, let right)):
      leftClass == rightClass && left == right
    case (.null, _), (.integer, _), (.text, _), (.blob, _), (.unexpected, _): false
    }
  }

  package func hash(into hasher: inout Hasher) {
    switch self {
    case .null:
      hasher.combine(0 as UInt8)
    case .integer(let value):
      hasher.combine(1 as UInt8)
      hasher.combine(value)
    case .text(var value):
      hasher.combine(2 as UInt8)
      hasher.combine(value.utf8.count)
      value.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    case .blob(let bytes):
      hasher.combine(3 as UInt8)
      hasher.combine(bytes)
    case .unexpected(let storageClass, let bytes):
      hasher.combine(4 as UInt8)
      hasher.combine(storageClass)
      hasher.combine(bytes)
    }
  }
}

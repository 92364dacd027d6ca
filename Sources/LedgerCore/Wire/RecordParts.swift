// Events that say together what one record could not hold, such as all that a member hands over in a merge. What they say
// is their benefit's affair.

/// Fills events one after the other, each as far as a record can be long.
struct RecordParts<Data: EventData> {
  /// What its envelope and its own ids leave of a record, in bytes; a hold of the most lots with the longest ids fits.
  private static var room: Int { EventRecord.longest - 7_168 }
  private(set) var events: [Data] = []
  private var left = 0

  init() {}

  mutating func add<Piece: WireValue>(_ piece: Piece, _ list: WritableKeyPath<Data, [Piece]>) {
    let size = RecordWriter.list([piece], packed: false).utf8.count
    let isFull = events.last.map { $0[keyPath: list].count == longestList } ?? true
    if isFull || size > left {
      events.append(Data())
      left = Self.room
    }
    events[events.count - 1][keyPath: list].append(piece)
    left -= size
  }
}

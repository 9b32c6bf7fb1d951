internal import History
internal import Inventory
internal import Ledger

/// What moved between two moments: where everybody was before and after, and each move.
struct Replay {
  /// A VM's place at the beginning and at the end; nil within where the evidence does not show it.
  struct Place {
    let vm: ObjectID
    /// Nil where it was not there yet, nor came within the time.
    var start: ObjectID??
    /// Nil where it was gone.
    var end: ObjectID??
    /// When it came, for one that was not there at the beginning; when it went, for one that was not there at the end.
    var added: Instant?
    var removed: Instant?

    /// Where it was between them, in order.
    let stays: [Span<ObjectID>]

    /// Whether it was on two hosts that are known.
    var hasMoved: Bool {
      guard case .some(.some(let from)) = start, case .some(.some(let to)) = end else { return false }
      return from != to
    }
  }

  var since: Instant
  var until: Instant
  /// By VM.
  var places: [Place] = []
  /// In the order in which they began.
  var moves: [Move] = []
  var pingPong: [PingPong] = []
}

extension Replay.Place {
  /// - Parameters:
  ///   - stays: where the VM was in that time, in order; at least one.
  ///   - arrival: the move within that time that brought it to the first of these places; nil for none.
  init(vm: ObjectID, stays: [Span<ObjectID>], arrivedBy arrival: Move?, since: Instant, until: Instant) {
    (self.vm, self.stays) = (vm, stays)
    if let first = stays.first {
      start = .some(arrival.map(\.ends.from) ?? first.value)
      if arrival == nil, first.from > since { added = first.from }
    }
    guard let last = stays.last else { return }
    if last.to > until { end = .some(last.value) } else { removed = last.to }
  }
}

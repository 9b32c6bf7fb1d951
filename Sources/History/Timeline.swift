internal import Inventory

/// The spans that ordered claims add up to.
///
/// Between two claims: both sides known and equal is `proven` (`text` where one of them was read from a text); one unknown
/// is filled from the other, `inferred`; different is a change that nobody recorded, and the span is `unknown`. A claim that
/// is silent of its before-side (an arrival) fills nothing backward.
///
/// It can go on for ever: `takeChanges` takes out the spans that later claims cannot change any more.
package struct Timeline<Value: Sendable & Equatable>: Sendable {
  private var closed: [Span<Value>] = []
  private var known = Claim<Value>.Side.silent
  private var last: Claim<Value>?
  /// Whether a claim came since the changes were last taken, and what was taken then and may be other by now.
  private var isChanged = false
  private var taken: [Span<Value>] = []
  /// Sequence numbers of weak records that contradicted what was known.
  package private(set) var setAside: [Int64] = []

  package init() {}

  /// Folds claims, which must be in the order of their happening.
  package init(_ claims: [Claim<Value>]) { for claim in claims { add(claim) } }

  /// All spans, but for those that were taken and cannot change any more, up to the one that still lasts.
  package var spans: [Span<Value>] {
    var spans = closed
    if let lasting = span(until: nil) { Self.append(lasting, to: &spans) }
    return spans
  }

  /// Goes on with a claim that is later than those before it.
  package mutating func add(_ claim: Claim<Value>) {
    isChanged = true
    guard claim.before != .silent || claim.after != .silent else { return }
    if claim.yields, contradicts(claim) {
      setAside.append(claim.seq)
      return
    }
    if let span = span(until: claim) { Self.append(span, to: &closed) }
    switch claim.after {
    case .silent: known = claim.before
    default: known = claim.after
    }
    last = claim
  }

  /// The spans that are new or other since this was last asked; nil where none are.
  package mutating func takeChanges() -> TimelineChanges<Value>? {
    guard isChanged else { return nil }
    isChanged = false
    var all = spans
    var same = 0
    while same < taken.count, same < all.count, taken[same] == all[same] { same += 1 }
    let from = same < taken.count ? taken[same].from : nil
    guard from != nil || same < all.count else { return nil }
    // The last closed one may still be joined with the next.
    if closed.count > 1 { closed.removeFirst(closed.count - 1) }
    taken = spans
    all.removeFirst(same)
    return TimelineChanges(from: from, spans: all)
  }

  private func contradicts(_ claim: Claim<Value>) -> Bool {
    guard case .value(let place) = known else { return false }
    let stated = claim.before == .silent ? claim.after : claim.before
    if case .value(let other) = stated { return other != place }
    return false
  }

  private func span(until next: Claim<Value>?) -> Span<Value>? {
    let before = next?.before ?? .silent
    let value: Value?
    let grade: Grade
    let proof: Grade = last?.isText == true || next?.isText == true ? .text : .proven
    switch (known, before) {
    case (.value(let here), .value(let there)):
      (value, grade) = here == there ? (here, proof) : (nil, .unknown)
    // Nothing shows how long it was so.
    case (.value, .unknown): (value, grade) = (nil, .unknown)
    case (.value(let here), _):
      (value, grade) = (here, next?.after == .value(here) ? proof : .inferred)
    case (.silent, .value(let there)), (.unknown, .value(let there)):
      (value, grade) = (there, .inferred)
    case (.unknown, _), (.gone, .value):
      (value, grade) = (nil, .unknown)
    case (.silent, _), (.gone, _):
      return nil
    }
    return Span(
      from: last?.at ?? .distantPast, to: next?.at ?? .distantFuture, value: value, grade: grade, began: last?.seq,
      ended: next?.seq)
  }

  private static func append(_ span: Span<Value>, to spans: inout [Span<Value>]) {
    guard span.from < span.to else { return }
    if let previous = spans.last, previous.to == span.from, previous.value == span.value, previous.grade == span.grade {
      spans[spans.count - 1] = Span(
        from: previous.from, to: span.to, value: span.value, grade: span.grade, began: previous.began, ended: span.ended)
    } else {
      spans.append(span)
    }
  }
}

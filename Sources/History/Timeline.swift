internal import Inventory

/// The spans that ordered claims add up to, and the claims that were set aside.
package struct Timeline<Value: Sendable & Equatable>: Sendable {
  package private(set) var spans: [Span<Value>] = []
  /// Sequence numbers of weak records that contradicted what was known.
  package private(set) var setAside: [Int64] = []

  /// Folds claims, which must be in the order of their happening.
  ///
  /// Between two claims: both sides known and equal is `proven` (`text` where
  /// one of them was read from a text); one unknown is filled from the other, `inferred`; different
  /// is a change that nobody recorded, and the span is `unknown`. A claim that is silent of its before-side (an arrival)
  /// fills nothing backward.
  package init(_ claims: [Claim<Value>]) {
    var known = Claim<Value>.Side.silent
    var last: Claim<Value>?
    for claim in claims where claim.before != .silent || claim.after != .silent {
      if claim.yields, contradicts(claim, known) {
        setAside.append(claim.seq)
        continue
      }
      close(from: last, known: known, with: claim)
      switch claim.after {
      case .silent: known = claim.before
      default: known = claim.after
      }
      last = claim
    }
    close(from: last, known: known, with: nil)
  }

  private func contradicts(_ claim: Claim<Value>, _ known: Claim<Value>.Side) -> Bool {
    guard case .value(let place) = known else { return false }
    let stated = claim.before == .silent ? claim.after : claim.before
    if case .value(let other) = stated { return other != place }
    return false
  }

  private mutating func close(from last: Claim<Value>?, known: Claim<Value>.Side, with next: Claim<Value>?) {
    let before = next?.before ?? .silent
    let value: Value?
    let grade: Grade
    let proof: Grade = last?.isText == true || next?.isText == true ? .text : .proven
    switch (known, before) {
    case (.value(let here), .value(let there)):
      (value, grade) = here == there ? (here, proof) : (nil, .unknown)
    case (.value(let here), _):
      (value, grade) = (here, next?.after == .value(here) ? proof : .inferred)
    case (.silent, .value(let there)), (.unknown, .value(let there)):
      (value, grade) = (there, .inferred)
    case (.unknown, _), (.gone, .value):
      (value, grade) = (nil, .unknown)
    case (.silent, _), (.gone, _):
      return
    }
    append(
      Span(
        from: last?.at ?? .distantPast, to: next?.at ?? .distantFuture, value: value, grade: grade, began: last?.seq,
        ended: next?.seq))
  }

  private mutating func append(_ span: Span<Value>) {
    guard span.from < span.to else { return }
    if let previous = spans.last, previous.to == span.from, previous.value == span.value, previous.grade == span.grade {
      spans[spans.count - 1] = Span(
        from: previous.from, to: span.to, value: span.value, grade: span.grade, began: previous.began, ended: span.ended)
    } else {
      spans.append(span)
    }
  }
}

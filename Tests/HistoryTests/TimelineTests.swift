import History
import Inventory
import Testing

@Suite struct TimelineTests {
  private typealias Side = Claim<String>.Side

  private func claim(_ at: Int64, _ before: Side, _ after: Side, yields: Bool = false) -> Claim<String> {
    Claim(at: Instant(microseconds: at), seq: at, before: before, after: after, yields: yields)
  }

  /// `from..to value grade`, with `-` for an open end.
  private func text(_ timeline: Timeline<String>) -> [String] {
    timeline.spans.map { span in
      let from = span.from == .distantPast ? "-" : "\(span.from.microseconds)"
      let to = span.to == .distantFuture ? "-" : "\(span.to.microseconds)"
      return "\(from)..\(to) \(span.value ?? "?") \(span.grade)"
    }
  }

  @Test func agreeingRecordsProveTheTimeBetween() {
    let timeline = Timeline([claim(1, .value("a"), .value("a")), claim(5, .value("a"), .value("b"))])
    #expect(text(timeline) == ["-..1 a inferred", "1..5 a proven", "5..- b inferred"])
  }

  @Test func disagreeingRecordsAreAMoveThatNobodyRecorded() {
    let timeline = Timeline([claim(1, .silent, .value("a")), claim(5, .value("b"), .value("b"))])
    #expect(text(timeline) == ["1..5 ? unknown", "5..- b inferred"])
  }

  @Test func anArrivalFillsNothingBackward() {
    let unknown = Timeline([claim(1, .value("a"), .unknown), claim(5, .silent, .value("b"))])
    #expect(text(unknown) == ["-..1 a inferred", "1..5 ? unknown", "5..- b inferred"])
    let known = Timeline([claim(1, .silent, .value("a")), claim(5, .silent, .value("b"))])
    #expect(text(known) == ["1..5 a inferred", "5..- b inferred"])
  }

  @Test func aPresenceFillsTheUnknownBackward() {
    let timeline = Timeline([claim(1, .value("a"), .unknown), claim(5, .value("b"), .value("b"))])
    #expect(text(timeline) == ["-..1 a inferred", "1..- b inferred"])
  }

  @Test func aWeakRecordYields() {
    let contradicting = Timeline([claim(1, .silent, .value("a")), claim(5, .value("b"), .unknown, yields: true)])
    #expect(text(contradicting) == ["1..- a inferred"])
    #expect(contradicting.setAside == [5])
    let agreeing = Timeline([claim(1, .silent, .value("a")), claim(5, .value("a"), .unknown, yields: true)])
    #expect(text(agreeing) == ["1..5 a proven", "5..- ? unknown"])
    #expect(agreeing.setAside.isEmpty)
  }

  @Test func nothingIsBeforeTheBeginningAndAfterTheEnd() {
    let timeline = Timeline([
      claim(1, .gone, .value("a")), claim(5, .value("a"), .gone), claim(8, .gone, .value("b")),
    ])
    #expect(text(timeline) == ["1..5 a proven", "8..- b inferred"])
  }

  @Test func recordsOfOneInstantLeaveNoEmptySpan() {
    let timeline = Timeline([
      claim(1, .silent, .value("a")), claim(1, .value("a"), .value("b")), claim(1, .value("b"), .value("c")),
    ])
    #expect(text(timeline) == ["1..- c inferred"])
  }

  @Test func theSpanAtAMomentIsFound() {
    let spans = Timeline([claim(1, .gone, .value("a")), claim(5, .value("a"), .gone), claim(8, .gone, .value("b"))]).spans
    let found = [0, 1, 4, 5, 7, 8, 99].map { span(at: Instant(microseconds: $0), in: spans)?.value }
    #expect(found == [nil, "a", "a", nil, nil, "b", "b"])
  }
}

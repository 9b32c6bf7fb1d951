internal import Inventory

/// Times in sentences for people. Reports write them as documents do, in UTC to the microsecond
/// (`2026-10-13T09:14:07.000000Z`); which zone a reader wants is known only when they are printed.
package enum ProseTimes {
  /// The text with such times as tables show them.
  package static func shown(_ text: String, in zone: DisplayZone) -> String {
    let bytes = Array(text.utf8)
    var result = ""
    var (done, place) = (0, 0)
    while place + length <= bytes.count {
      if bytes[place + 10] == UInt8(ascii: "T"), bytes[place + length - 1] == UInt8(ascii: "Z"),
        let instant = Instant(rfc3339: String(decoding: bytes[place..<place + length], as: UTF8.self))
      {
        result += String(decoding: bytes[done..<place], as: UTF8.self) + zone.text(instant)
        (done, place) = (place + length, place + length)
      } else {
        place += 1
      }
    }
    return done == 0 ? text : result + String(decoding: bytes[done...], as: UTF8.self)
  }

  private static let length = "2026-10-13T09:14:07.000000Z".utf8.count
}

extension Report {
  /// The report with the times of its sentences as people read them.
  func forPeople(in zone: DisplayZone) -> Report {
    func shown(_ text: String) -> String { ProseTimes.shown(text, in: zone) }
    var report = self
    report.warnings = warnings.map(shown)
    report.answer = answer.map(shown)
    report.evidence = evidence.map { ($0.name, shown($0.text)) }
    for index in sections.indices {
      report.sections[index].heading = shown(sections[index].heading)
      report.sections[index].notes = sections[index].notes.map(shown)
      report.sections[index].caption = sections[index].caption.map(shown)
    }
    return report
  }
}

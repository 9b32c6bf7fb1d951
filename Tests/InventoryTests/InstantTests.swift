import Inventory
import TestSupport
import Testing

@Suite struct InstantTests {
  @Test(
    arguments: [
      ("1970-01-01T00:00:00Z", 0), ("1970-01-01T00:00:00.000001Z", 1), ("1969-12-31T23:59:59.999999Z", -1),
      ("2026-11-23T11:18:51.114821228Z", 1_795_432_731_114_821), ("2026-11-23T12:18:51.114821+01:00", 1_795_432_731_114_821),
      ("2026-11-23 05:48:51.1-05:30", 1_795_432_731_100_000), ("2000-02-29T12:00:00Z", 951_825_600_000_000),
      ("0001-01-01T00:00:00.000001Z", -62_135_596_799_999_999), ("9999-12-31T23:59:59.999998Z", 253_402_300_799_999_998),
    ] as [(String, Int64)])
  func readsRFC3339(text: String, microseconds: Int64) {
    #expect(Instant(rfc3339: text)?.microseconds == microseconds)
  }

  @Test(arguments: [
    "", "2026-11-23", "2026-11-23T11:18:51", "2026-02-30T00:00:00Z", "2026-13-01T00:00:00Z", "2026-11-23T24:00:00Z",
    "2026-11-23T11:60:00Z", "2026-11-23T11:18:51.Z", "2026-11-23T11:18:51Zx", "11/23/2026 11:18:51 AM",
    "0000-01-01T00:00:00Z",
    "2026-11-23T11:18:51+25:00", "1900-02-29T00:00:00Z", "٢٠٢٦-11-23T11:18:51Z", "9999-12-31T23:59:59-23:59",
    "0001-01-01T00:00:00+23:59", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999999Z",
  ])
  func refusesWhatIsNoTime(text: String) { #expect(Instant(rfc3339: text) == nil) }

  @Test func textAndBackIsTheSameInstant() {
    let seed: UInt64 = 20_261_123
    var random = SplitMix64(seed: seed)
    for _ in 0..<20_000 {
      let range = Instant.distantPast.microseconds + 1..<Instant.distantFuture.microseconds
      let instant = Instant(microseconds: Int64.random(in: range, using: &random))
      #expect(Instant(rfc3339: instant.description) == instant, "seed \(seed)")
    }
  }

  @Test func aZoneMovesTheClockNotTheInstant() {
    let instant = Instant(microseconds: 1_795_432_731_114_821)
    #expect(CalendarTime(instant, offsetSeconds: 3600).rfc3339 == "2026-11-23T12:18:51.114821+01:00")
    #expect(CalendarTime(instant, offsetSeconds: -19_800).rfc3339 == "2026-11-23T05:48:51.114821-05:30")
    #expect(CalendarTime(Instant(microseconds: -1), offsetSeconds: 0).rfc3339 == "1969-12-31T23:59:59.999999Z")
  }
}

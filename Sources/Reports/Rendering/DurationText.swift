/// A stretch of time as a person reads it: `41 ms`, `41.2 s`, `4 min 10 s`, `2 h 03 min`, `5 d 2 h`.
/// - Parameter microseconds: how long; signs are the caller's.
func durationText(microseconds: Int64) -> String {
  func padded(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
  func tenths(_ value: Int64, of unit: Int64) -> String {
    let tenths = (value * 10 + unit / 2) / unit
    return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
  }
  let seconds = (microseconds + 500_000) / 1_000_000
  switch microseconds {
  case ..<1000: return "\(microseconds) \u{b5}s"
  case ..<10_000: return "\(tenths(microseconds, of: 1000)) ms"
  case ..<999_500: return "\((microseconds + 500) / 1000) ms"
  case ..<59_950_000: return "\(tenths(microseconds, of: 1_000_000)) s"
  case ..<3_599_500_000: return seconds % 60 == 0 ? "\(seconds / 60) min" : "\(seconds / 60) min \(seconds % 60) s"
  case ..<86_399_500_000: return "\(seconds / 3600) h \(padded(seconds / 60 % 60)) min"
  default: return "\(seconds / 86_400) d \(seconds / 3600 % 24) h"
  }
}

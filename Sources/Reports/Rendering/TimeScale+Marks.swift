internal import Inventory

/// A length on a drawing with one digit of fraction, the same on every machine.
func points(_ value: Double) -> String {
  let tenths = Int((value * 10).rounded())
  let sign = tenths < 0 ? "-" : ""
  return abs(tenths) % 10 == 0 ? "\(sign)\(abs(tenths) / 10)" : "\(sign)\(abs(tenths) / 10).\(abs(tenths) % 10)"
}

extension TimeScale {
  /// The places of marks and their words, without those that would run into the one before.
  func apart(_ ticks: [Tick], _ words: (Tick) -> String) -> [(x: String, words: String)] {
    var end = 0.0
    return ticks.compactMap { tick in
      let (x, words) = (x(tick.at), words(tick))
      let half = TextWidth.of(words, size: 11) / 2 + 4
      guard x - half >= end else { return nil }
      end = x + half
      return (points(x), words)
    }
  }
}

extension TimeScale.Tick {
  /// What a clock shows, as finely as the marks lie.
  func clock(in zone: DisplayZone) -> String {
    let time = zone.calendar(at)
    switch step {
    case 86_400_000_000...: return time.date
    case 60_000_000...: return String(time.clock.prefix(5))
    case 1_000_000...: return time.clock
    case 1000...: return time.clock + time.fraction(digits: 3)
    default: return time.clock + time.fraction(digits: 6)
    }
  }
}

internal import Foundation

/// Round numbers along an axis.
enum ChartScale {
  /// Four to eight numbers from 0 up to a limit, 1, 2 or 5 times a power of ten apart.
  static func ticks(upTo limit: Double) -> [Double] {
    guard limit > 1e-6, limit.isFinite else { return [0] }
    let rough = limit / 5
    let power = pow(10, log10(rough).rounded(.down))
    let step = [1, 2, 5, 10].map { $0 * power }.first { $0 >= rough } ?? power
    return (0...max(0, Int(limit / step))).map { Double($0) * step }
  }

  /// Such as `1200` or `0.5`.
  static func label(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15 ? "\(Int64(value))" : "\((value * 1000).rounded() / 1000)"
  }
}

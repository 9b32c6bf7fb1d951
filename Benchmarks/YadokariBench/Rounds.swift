/// Contenders that take turns, A B A B …, so that a slow moment of the machine hits them alike.
struct Rounds {
  static let count = 5

  /// What each contender measured, round by round.
  static func run<Measured>(count: Int = count, _ contenders: (() throws -> Measured)...) throws -> [[Measured]] {
    var measured: [[Measured]] = contenders.map { _ in [] }
    for _ in 0..<count {
      for (index, contender) in contenders.enumerated() { measured[index].append(try contender()) }
    }
    return measured
  }
}

/// The middle value.
func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }

/// The middle value of one figure among several that were measured together.
func median<Measured>(_ measured: [Measured], _ figure: (Measured) -> Double) -> Double { median(measured.map(figure)) }

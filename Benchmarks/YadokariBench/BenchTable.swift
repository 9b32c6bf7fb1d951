internal import Foundation

/// One measurement: a figure of ours, what it stands beside, and ours divided by that.
struct BenchRow {
  let name: String
  let ours: String
  var beside = ""
  var ratio: Double?
}

/// The rows as plain text in columns.
struct BenchTable {
  let rows: [BenchRow]

  var text: String {
    let cells =
      [["Measured", "Yadokari", "Beside", "Ratio"]]
      + rows.map { row in
        [row.name, row.ours, row.beside, row.ratio.map { Figure.decimal($0, $0 < 10 ? 2 : 0) } ?? ""]
      }
    let widths = (0..<4).map { column in cells.map { $0[column].count }.max() ?? 0 }
    return cells.map { line in
      let padded = zip(line, widths).map { $0.padding(toLength: $1, withPad: " ", startingAt: 0) }
      return padded.joined(separator: "  ").replacing(#/ +$/#, with: "") + "\n"
    }.joined()
  }
}

/// Numbers with their units.
enum Figure {
  static func decimal(_ value: Double, _ digits: Int) -> String { String(format: "%.\(digits)f", value) }

  static func seconds(_ value: Double) -> String {
    value < 0.1 ? "\(decimal(value * 1000, 1)) ms" : "\(decimal(value, 2)) s"
  }

  static func megabytes(_ bytes: Int) -> String { "\(decimal(Double(bytes) / 1e6, 0)) MB" }

  /// `1,000,000`
  static func count(_ number: Int) -> String {
    let digits = String(number)
    return String(
      digits.enumerated().flatMap { index, digit in
        index > 0 && (digits.count - index) % 3 == 0 ? [",", digit] : [digit]
      })
  }
}

internal import Foundation
internal import Inventory

/// What a number in a table counts: the end of its key says it (`downtime_s`, `memory_mib`). Data has the number; people
/// read it in units of their own (`3 min 5 s`, `8 GiB`).
enum TableUnit: String, CaseIterable {
  case seconds = "_s"
  case milliseconds = "_ms"
  case mebibytes = "_mib"
  case gibibytes = "_gib"
  case tebibytes = "_tib"
  case percent = "_percent"

  /// The unit of a key; nil for one that has none.
  init?(key: String) {
    guard let unit = Self.allCases.first(where: { key.hasSuffix($0.rawValue) }) else { return nil }
    self = unit
  }

  /// A number for a person.
  func text(_ number: Double) -> String {
    switch self {
    case .seconds: Self.duration(number)
    case .milliseconds: Self.duration(number / 1000)
    case .mebibytes: Self.size(mebibytes: number)
    case .gibibytes: Self.size(mebibytes: number * 1024)
    case .tebibytes: Self.size(mebibytes: number * 1_048_576)
    case .percent: "\(Self.tenths(number))%"
    }
  }

  private static func duration(_ seconds: Double) -> String {
    // More than there is of time in a ledger is no duration that could be told in whole microseconds.
    guard seconds.magnitude < 1e12 else { return "\(tenths(seconds)) s" }
    let text = durationText(microseconds: Int64((seconds.magnitude * 1_000_000).rounded()))
    return seconds < 0 ? "-\(text)" : text
  }

  private static func size(mebibytes: Double) -> String {
    switch mebibytes.magnitude {
    case ..<1024: "\(tenths(mebibytes)) MiB"
    case ..<1_048_576: "\(tenths(mebibytes / 1024)) GiB"
    default: "\(tenths(mebibytes / 1_048_576)) TiB"
    }
  }

  /// With one digit behind the point, where it is not 0.
  private static func tenths(_ number: Double) -> String {
    let text = String(format: "%.1f", number)
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}

internal import Inventory

/// What licences of a host are counted by.
struct HostSize: Equatable {
  /// Nil where nothing says it.
  var sockets: Int64?
  var cores: Int64?

  /// The cores that count where each socket counts as at least so many.
  func cores(atLeast minimum: Int?) -> Int64? {
    guard let minimum else { return cores }
    guard let sockets, let cores else { return nil }
    return max(cores, sockets * Int64(minimum))
  }

  /// The larger of both, number by number.
  static func larger(_ one: HostSize, _ other: HostSize) -> HostSize {
    func larger(_ one: Int64?, _ other: Int64?) -> Int64? { [one, other].compactMap(\.self).max() }
    return HostSize(sockets: larger(one.sockets, other.sockets), cores: larger(one.cores, other.cores))
  }
}

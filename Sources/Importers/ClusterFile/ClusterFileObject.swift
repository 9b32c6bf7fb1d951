internal import Inventory

/// An object of a cluster file. A key that is left out has its default; null stands for what is unknown,
/// where that may be.
struct ClusterFileObject {
  let place: ClusterFileValue
  /// In the order of the file.
  let keys: [String]
  private let values: [String: JSONValue]

  init(_ place: ClusterFileValue) throws {
    guard case .object(let members) = place.value else { throw place.error(expected: "an object") }
    self.place = place
    keys = members.map(\.key)
    values = Dictionary(members.map { ($0.key, $0.value) }) { first, _ in first }
    guard values.count < members.count else { return }
    var seen: Set<String> = []
    if let twice = keys.first(where: { !seen.insert($0).inserted }) {
      throw place.error("the key \(twice) stands there twice")
    }
  }

  /// - Throws: `failed` where there is a key that is not one of `known`.
  func allowOnly(_ known: [String]) throws {
    guard let key = keys.first(where: { !known.contains($0) }) else { return }
    throw value(of: key).error("no such key; there are \(known.joined(separator: ", "))")
  }

  /// What stands under a key; nil where it is left out.
  subscript(key: String) -> ClusterFileValue? { values[key] == nil ? nil : value(of: key) }

  /// What stands under a key whose value may be unknown; nil where it is.
  func known(_ key: String) -> ClusterFileValue? { values[key] == .null ? nil : self[key] }

  func required(_ key: String) throws -> ClusterFileValue {
    guard let value = self[key] else { throw value(of: key).error("is missing") }
    return value
  }

  private func value(of key: String) -> ClusterFileValue {
    let path = place.path.isEmpty ? key : "\(place.path).\(key)"
    return ClusterFileValue(value: values[key] ?? .null, path: path, file: place.file)
  }
}

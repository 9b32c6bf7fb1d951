internal import Inventory

/// Files of a VM's disks that a move left on datastores when it ended, since the host that could remove them did not answer.
struct LeftOver: Sendable, Equatable {
  let host: String
  /// The datastore of each, by the number of the disk.
  let places: [Int: String]

  init(host: String, places: [Int: String]) { (self.host, self.places) = (host, places) }

  /// Out of the end of a migration; nil where it left nothing.
  init?(_ end: Event) {
    guard let left = end.detail?["left_over"], let host = left["host"]?.stringValue else { return nil }
    var places: [Int: String] = [:]
    for entry in left["disks"]?.arrayValue ?? [] {
      guard let number = entry["disk"]?.intValue.flatMap({ Int(exactly: $0) }) else { continue }
      places[number] = entry["on"]?.stringValue
    }
    self.init(host: host, places: places)
  }

  /// As the end of a migration holds it.
  var json: JSONValue {
    let disks = places.sorted { $0.key < $1.key }.map { number, datastore -> JSONValue in
      ["disk": .int(Int64(number)), "on": .string(datastore)]
    }
    return ["host": .string(host), "disks": .array(disks)]
  }
}

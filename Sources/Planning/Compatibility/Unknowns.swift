/// Things that an inventory does not say, so that nobody can check them.
package struct Unknowns: OptionSet, Sendable {
  package let rawValue: UInt16

  package init(rawValue: UInt16) { self.rawValue = rawValue }

  static let place = Unknowns(rawValue: 1 << 0)
  static let memory = Unknowns(rawValue: 1 << 1)
  static let processors = Unknowns(rawValue: 1 << 2)
  static let features = Unknowns(rawValue: 1 << 3)
  static let networks = Unknowns(rawValue: 1 << 4)
  static let datastores = Unknowns(rawValue: 1 << 5)
  static let space = Unknowns(rawValue: 1 << 6)
  static let devices = Unknowns(rawValue: 1 << 7)
  static let mappings = Unknowns(rawValue: 1 << 8)
  static let snapshots = Unknowns(rawValue: 1 << 9)
  static let reservations = Unknowns(rawValue: 1 << 10)
  static let load = Unknowns(rawValue: 1 << 11)
  static let rules = Unknowns(rawValue: 1 << 12)

  /// What inventories that are no cluster files leave out of what a move to another host needs.
  static let ofHostChange: Unknowns = [
    .features, .networks, .datastores, .devices, .mappings, .snapshots, .load, .rules,
  ]
  /// The same of a move of files.
  static let ofFileMove: Unknowns = [.datastores, .space, .mappings, .snapshots, .load]

  private static let names: [(Unknowns, name: String, words: String)] = [
    (.place, "place", "its host"), (.memory, "memory", "memory"), (.processors, "processors", "cores"),
    (.features, "cpu-features", "CPU features"), (.networks, "networks", "networks"),
    (.datastores, "datastores", "which host sees which datastore"), (.space, "space", "space on datastores"),
    (.devices, "devices", "devices"), (.mappings, "rdm", "mapped LUNs"), (.snapshots, "snapshots", "snapshots"),
    (.reservations, "reservations", "reservations"), (.load, "load", "load"), (.rules, "rules", "rules"),
  ]

  /// Their stable names, for scripts.
  package var names: [String] { Self.names.filter { contains($0.0) }.map(\.name) }

  /// Such as `networks, devices, rules`.
  var text: String { Self.names.filter { contains($0.0) }.map(\.words).joined(separator: ", ") }
}

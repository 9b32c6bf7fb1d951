/// A cluster of hosts, and how it is set.
package struct Cluster: Sendable, Equatable {
  package var name: String
  package var highAvailability = HighAvailabilitySettings()
  package var migration = MigrationSettings()
  /// The name of the mode that hides what its older hosts lack; nil where none is set.
  package var evcMode: String?

  package init(name: String) { self.name = name }
}

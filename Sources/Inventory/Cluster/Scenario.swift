/// A cluster to play with, and what happens to it: the content of a scenario file. A cluster file is one in which nothing
/// happens.
package struct Scenario: Sendable, Equatable {
  package var name: String
  package var about: String?
  /// What chance is drawn from: the same seed, the same play.
  package var seed: UInt64 = 1
  /// The moment at which the cluster is as `cluster` says, and the play begins.
  package var start: Instant
  package var cluster: ClusterSnapshot
  /// In the order of time; entries of one second in the order of the file.
  package var timeline: [TimelineEntry] = []
  /// When the play ends, in seconds from the start; nil where nothing is said.
  package var until: Double?

  package init(name: String, start: Instant, cluster: ClusterSnapshot) {
    self.name = name
    self.start = start
    self.cluster = cluster
  }
}

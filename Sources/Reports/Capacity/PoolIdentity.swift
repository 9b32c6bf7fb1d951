internal import Inventory
package import Planning

/// Which pool something is said of: a cluster, or a host in none, of a source.
package struct PoolIdentity: Sendable, Hashable {
  /// The name of the source that knows the pool.
  package var source: String
  /// The cluster or host that the pool is.
  package var scope: PoolScope
  /// The source's id of the cluster or host; nil where it is not known, and of a host that is only thought of.
  package var id: String?

  /// An identity from its parts.
  package init(source: String, scope: PoolScope, id: String? = nil) {
    (self.source, self.scope, self.id) = (source, scope, id)
  }

  /// What people call it.
  var label: String { scope.label }

  /// With its source, where another has a pool of this name.
  func label(among others: [PoolIdentity]) -> String {
    others.contains { $0.scope == scope && $0.source != source } ? "\(label) of \(source)" : label
  }

  /// In documents.
  var members: [JSONValue.Member] {
    [
      .init("cluster", JSONValue(scope.cluster)), .init("cluster_id", scope.cluster == nil ? .null : JSONValue(id)),
      .init("host", JSONValue(scope.host)), .init("host_id", scope.host == nil ? .null : JSONValue(id)),
      .init("source", .string(source)),
    ]
  }

  /// In tables.
  /// - Parameters:
  ///   - isShown: whether people see it, who have no heading that tells it.
  ///   - hasHosts: whether some are hosts in no cluster.
  static func columns(isShown: Bool, hasHosts: Bool = false) -> [TableColumn] {
    [
      TableColumn("source", "Source", isDataOnly: true), TableColumn("cluster", "Cluster", isDataOnly: !isShown),
      TableColumn("host", "Host", isDataOnly: !(isShown && hasHosts)), TableColumn("host_id", "Host id", isDataOnly: true),
    ]
  }

  /// The same where a column of the table names a host already.
  static let columnsBesideHost = Array(columns(isShown: false).prefix(2))

  var cells: [Cell] {
    [.text(source), .text(scope.cluster), .text(scope.host), .text(scope.host == nil ? nil : id)]
  }
}

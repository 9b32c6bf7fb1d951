extension Event {
  /// Whether one of its texts holds U+0000, which databases that the ledger may be copied to refuse.
  package var holdsZero: Bool {
    let objects = [datacenter, cluster, host, vm, datastore, otherHost, otherDatastore].flatMap { reference in
      reference.map { [$0.foreignID, $0.name] } ?? []
    }
    let texts = [foreignType, foreignKey, chain, severity, actor, reason, message].compactMap { $0 }
    return (texts + objects).contains { $0.utf8.contains(0) }
  }
}

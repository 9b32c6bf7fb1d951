internal import Inventory

/// What a cluster sets for single VMs: how urgently HA restarts them.
struct ClusterOverrides {
  /// The priority of VMs for which nothing is set; nil where the output does not show all that is set.
  static func defaultPriority(of object: CollectedObject) -> JSONValue? {
    // Without the list of what is set for single VMs it would be taken for those, too.
    guard object.mentions("configurationEx.dasVmConfig") else { return nil }
    return object["configurationEx.dasConfig.defaultVmSettings.restartPriority"]
  }

  /// One event for each VM that has a priority of its own.
  /// - Parameter event: that of the cluster, from the same moment.
  static func events(from object: CollectedObject, beside event: Event) -> [Event] {
    let overrides = object["configurationEx.dasVmConfig"]
    // Lists of the property collector stand inside an object.
    let list = overrides?.arrayValue ?? overrides?[anyCase: "_value"]?.arrayValue ?? []
    var seen: Set<String> = []
    return list.compactMap { item in
      guard let vm = item[anyCase: "key"]?[anyCase: "value"]?.stringValue, !vm.isEmpty,
        let priority = (item[anyCase: "dasSettings"]?[anyCase: "restartPriority"] ?? item[anyCase: "restartPriority"])?
          .stringValue,
        seen.insert(vm).inserted
      else { return nil }
      var settings = Settings()
      settings.add("restart_priority", .string(priority))
      var override = Event(occurredAt: event.occurredAt, type: .clusterObserved)
      override.cluster = event.cluster
      override.vm = ObjectReference(kind: .vm, foreignID: vm, name: "")
      override.foreignType = event.foreignType
      override.foreignKey = event.foreignKey.map { "\($0):\(vm)" }
      override.detail = .object(settings.members)
      return settings.members.isEmpty ? nil : override
    }
  }
}

/// What belongs to no cluster alone stands among the settings of the first: the datastores, each under a key of its own so
/// that one can change, the LUNs and the rules.
extension ClusterSnapshot {
  /// The settings of the first cluster that are not its own.
  package var sharedSettings: [String: String] {
    var settings = [
      "datastores": SettingText.texts(datastores.map(\.name)).compactText,
      "luns": JSONValue.array(luns.map(\.json)).compactText, "rules": JSONValue.array(rules.map(\.json)).compactText,
    ]
    for datastore in datastores { settings[Self.key(ofDatastore: datastore.name)] = datastore.json.compactText }
    return settings
  }

  /// Takes what such settings say; nothing where a cluster has none.
  package mutating func takeShared(_ settings: [String: String]) {
    // Other inventories tell of space, but have no list of all; another cluster was the first one at another time.
    let known = Set(datastores.map(\.name))
    let named = settings.keys.sorted().compactMap {
      $0.hasPrefix(Self.keyPrefix) ? String($0.dropFirst(Self.keyPrefix.count)) : nil
    }.filter { !known.contains($0) }
    for name in SettingText.value(settings["datastores"]).texts ?? named {
      datastores.append(Datastore(name: name, json: SettingText.value(settings[Self.key(ofDatastore: name)])))
    }
    luns += SettingText.value(settings["luns"]).arrayValue?.compactMap { LUN(json: $0) } ?? []
    rules += SettingText.value(settings["rules"]).arrayValue?.compactMap { PlacementRule(json: $0) } ?? []
  }

  /// The key under which the settings of a cluster hold a datastore.
  package static func key(ofDatastore name: String) -> String { keyPrefix + name }

  private static let keyPrefix = "datastore:"
}

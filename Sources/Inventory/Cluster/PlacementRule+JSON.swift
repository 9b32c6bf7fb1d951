extension PlacementRule {
  /// As in cluster files.
  var json: JSONValue {
    SettingText.object([
      "kind": .string(kind.rawValue), "name": JSONValue(name), "vms": SettingText.texts(vms),
      "hosts": SettingText.texts(hosts),
    ])
  }

  /// Nil where it is none.
  init?(json: JSONValue) {
    guard let kind = json["kind"]?.word(Kind.self) else { return nil }
    self.init(kind: kind, vms: json["vms"]?.texts ?? [])
    name = json["name"]?.stringValue
    hosts = json["hosts"]?.texts ?? []
  }
}

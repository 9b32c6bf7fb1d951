extension Datastore {
  /// Everything but the name, as in cluster files.
  package var json: JSONValue {
    SettingText.object([
      "format": .string(format), "capacity_mib": .double(capacityMiB), "used_mib": .double(usedMiB),
      "hosts": SettingText.texts(hosts), "copy_mib_s": .double(copyMiBPerSecond),
      "commit_mib_s": .double(commitMiBPerSecond),
    ])
  }

  /// A datastore out of such a value; what it does not say is at its default, its capacity 0.
  package init(name: String, json: JSONValue) {
    self.init(name: name, capacityMiB: json["capacity_mib"]?.doubleValue ?? 0)
    format = json["format"]?.stringValue ?? format
    usedMiB = json["used_mib"]?.doubleValue ?? usedMiB
    hosts = json["hosts"]?.texts.map { Set($0) }
    copyMiBPerSecond = json["copy_mib_s"]?.doubleValue ?? copyMiBPerSecond
    commitMiBPerSecond = json["commit_mib_s"]?.doubleValue ?? commitMiBPerSecond
  }
}

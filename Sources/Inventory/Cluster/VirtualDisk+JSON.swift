extension VirtualDisk {
  /// As in cluster files, with what other inventories say besides.
  package var json: JSONValue {
    SettingText.object([
      "datastore": .string(datastore), "mib": .double(sizeMiB), "write_mib_s": .double(writeMiBPerSecond),
      "write_set_mib": SettingText.number(writeSetMiB),
      "rdm": mapping.map { SettingText.object(["lun": JSONValue($0.lun), "mode": .string($0.mode.rawValue)]) } ?? .null,
      "bus_sharing": JSONValue(busSharing?.rawValue), "label": JSONValue(label),
    ])
  }

  /// Nil where it is none.
  init?(json: JSONValue) {
    guard let datastore = json["datastore"]?.stringValue, let size = json["mib"]?.doubleValue else { return nil }
    self.init(datastore: datastore, sizeMiB: size)
    writeMiBPerSecond = json["write_mib_s"]?.doubleValue ?? writeMiBPerSecond
    writeSetMiB = json["write_set_mib"]?.doubleValue
    (busSharing, label) = (json["bus_sharing"]?.word(), json["label"]?.stringValue)
    guard case .object(let rdm)? = json["rdm"], !rdm.isEmpty else { return }
    mapping = RawDeviceMapping(lun: json["rdm"]?["lun"]?.stringValue, mode: json["rdm"]?["mode"]?.word() ?? .virtual)
  }
}

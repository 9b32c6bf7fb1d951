extension VirtualDisk {
  /// As in cluster files.
  package var json: JSONValue {
    SettingText.object([
      "datastore": .string(datastore), "mib": .double(sizeMiB), "write_mib_s": .double(writeMiBPerSecond),
      "write_set_mib": SettingText.number(writeSetMiB),
      "rdm": mapping.map { ["lun": .string($0.lun), "mode": .string($0.mode.rawValue)] } ?? .null,
    ])
  }

  /// Nil where it is none.
  init?(json: JSONValue) {
    guard let datastore = json["datastore"]?.stringValue, let size = json["mib"]?.doubleValue else { return nil }
    self.init(datastore: datastore, sizeMiB: size)
    writeMiBPerSecond = json["write_mib_s"]?.doubleValue ?? writeMiBPerSecond
    writeSetMiB = json["write_set_mib"]?.doubleValue
    guard let rdm = json["rdm"], let lun = rdm["lun"]?.stringValue else { return }
    mapping = RawDeviceMapping(lun: lun, mode: rdm["mode"]?.word() ?? .virtual)
  }
}

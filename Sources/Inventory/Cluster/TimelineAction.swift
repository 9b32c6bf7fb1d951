/// What a scenario does to its cluster: faults of the hardware, and what people ask for. Objects are given by name.
package enum TimelineAction: Sendable, Equatable {
  case hostPowerCut(host: String)
  case hostPowerRestore(host: String)
  case hostNetworkCut(host: String)
  case hostNetworkRestore(host: String)
  case hostStorageCut(host: String)
  case hostStorageRestore(host: String)
  /// It keeps its power and does nothing any more.
  case hostHang(host: String)
  case hostEnterMaintenance(host: String)
  case hostExitMaintenance(host: String)
  /// The board that switches its power no longer answers.
  case hostBMCFail(host: String)
  case hostBMCRestore(host: String)
  case hostClockJump(host: String, seconds: Double)

  case vmPowerOn(vm: String)
  case vmPowerOff(vm: String)
  /// - `datastore`: where its files go, too; nil where they stay.
  case vmMigrate(vm: String, host: String, datastore: String? = nil, priority: MovePriority = .normal)
  /// - `way`: nil where nothing is said.
  /// - `disks`: where each disk goes, in the order of the disks; those that are not named go to the datastore.
  case vmMigrateStorage(
    vm: String, datastore: String, way: RelocationWay?, disks: [String] = [], logDatastore: String? = nil)
  case vmUpgradeMigrate(vm: String, host: String, datastore: String)
  /// What an upgrade migration left owed is done at a time, in seconds from the start of the play.
  case vmUpgradeSchedule(vm: String, when: Double)
  /// Starts of the VM on the host fail that many times.
  case vmStartFails(vm: String, host: String, times: Int)

  case serviceCrash
  case serviceStart
  case serviceNetworkCut
  case serviceNetworkRestore
  /// Something else fills the datastore up to so many percent.
  case datastoreFill(datastore: String, percent: Double)
  case migrationCancel(vm: String)
}

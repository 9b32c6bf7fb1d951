package import Inventory

extension TimelineAction {
  /// Whether it befalls the hardware; the others are asked of the service, or befall the service itself.
  package var isOfHardware: Bool {
    switch self {
    case .hostPowerCut, .hostPowerRestore, .hostNetworkCut, .hostNetworkRestore, .hostStorageCut, .hostStorageRestore,
      .hostHang, .hostBMCFail, .hostBMCRestore, .hostClockJump, .vmStartFails, .datastoreFill:
      true
    case .hostEnterMaintenance, .hostExitMaintenance, .vmPowerOn, .vmPowerOff, .vmMigrate, .vmMigrateStorage,
      .vmUpgradeMigrate, .vmUpgradeSchedule, .serviceCrash, .serviceStart, .serviceNetworkCut, .serviceNetworkRestore,
      .migrationCancel:
      false
    }
  }
}

/// What befalls the hardware.
extension Simulator {
  func befall(_ action: TimelineAction) {
    switch action {
    case .hostPowerCut(let name): if let host = hostNumbers[name] { cutPower(of: host) }
    case .hostPowerRestore(let name): if let host = hostNumbers[name] { restorePower(of: host) }
    case .hostHang(let name): if let host = hostNumbers[name] { hang(host) }
    case .hostNetworkCut(let name):
      guard let host = hostNumbers[name], hosts[host].hasNetwork else { return }
      hosts[host].hasNetwork = false
      endTransfers(touching: host, because: "the link to \(name) is lost")
      lose(host)
    case .hostNetworkRestore(let name):
      guard let host = hostNumbers[name], !hosts[host].hasNetwork else { return }
      hosts[host].hasNetwork = true
      find(host)
    case .hostStorageCut(let name): if let host = hostNumbers[name] { changeStorage(of: host, to: false) }
    case .hostStorageRestore(let name): if let host = hostNumbers[name] { changeStorage(of: host, to: true) }
    case .datastoreFill(let name, let percent): fill(name, percent: percent)
    case .vmStartFails(let vm, let name, let times):
      if let vm = guestNumbers[vm], let host = hostNumbers[name] { hosts[host].failingStarts[vm] = times }
    default: break
    }
  }

  /// Without storage its guests write nothing, and nothing is copied.
  private func changeStorage(of host: Int, to hasStorage: Bool) {
    hosts[host].hasStorage = hasStorage
    if !hasStorage {
      endDiskCopying(on: host, because: "\(hosts[host].name) has lost its storage")
      endHardwareUpgrades(on: host, because: "\(hosts[host].name) has lost its storage")
    }
    for vm in copies.indices where index(of: vm, on: host) != nil { settleWrites(of: vm) }
  }

  private func cutPower(of host: Int) {
    guard hosts[host].hasPower else { return }
    hosts[host].hasPower = false
    (hosts[host].isHung, hosts[host].isBooting) = (false, false)
    hosts[host].powerTurns += 1
    for vm in copies.indices { removeCopy(of: vm, on: host, because: "\(hosts[host].name) has lost its power") }
    endTransfers(touching: host, because: "\(hosts[host].name) has lost its power")
    endDiskCopying(on: host, because: "\(hosts[host].name) has lost its power")
    endHardwareUpgrades(on: host, because: "\(hosts[host].name) has lost its power")
    lose(host)
  }

  private func restorePower(of host: Int) {
    guard !hosts[host].hasPower else { return }
    (hosts[host].hasPower, hosts[host].isBooting) = (true, true)
    queue.add(.boots(host: host, turn: hosts[host].powerTurns), at: now.adding(seconds: Self.bootSeconds))
  }

  func boot(_ host: Int, turn: Int) {
    guard hosts[host].powerTurns == turn, hosts[host].hasPower else { return }
    hosts[host].isBooting = false
    hosts[host].lastOrders = [:]
    // However short it was away, its VMs are gone: it is always news.
    hosts[host].isKnownLost = true
    find(host)
  }

  /// It keeps its power, and nothing on it goes on.
  private func hang(_ host: Int) {
    guard hosts[host].isUp else { return }
    hosts[host].isHung = true
    for vm in copies.indices {
      if let index = index(of: vm, on: host) { endStint(vm, index) }
    }
    endTransfers(touching: host, because: "\(hosts[host].name) does not answer")
    endDiskCopying(on: host, because: "\(hosts[host].name) does not answer")
    endHardwareUpgrades(on: host, because: "\(hosts[host].name) does not answer")
    lose(host)
  }

  /// Whoever controls the host misses it after some seconds.
  private func lose(_ host: Int) {
    hosts[host].turns += 1
    queue.add(.isMissed(host: host, turn: hosts[host].turns), at: now.adding(seconds: Self.heartbeatSeconds))
  }

  func miss(_ host: Int, turn: Int) {
    guard hosts[host].turns == turn, !hosts[host].answers else { return }
    hosts[host].isKnownLost = true
    say(.hostLost(hosts[host].name))
  }

  private func find(_ host: Int) {
    guard hosts[host].answers else { return }
    hosts[host].turns += 1
    guard hosts[host].isKnownLost else { return }
    hosts[host].isKnownLost = false
    say(.hostFound(hosts[host].name))
  }

  /// Until when something befalls the hardware, or follows from that: a host is missed, or boots; nil where nothing does.
  package var faultsEnd: Instant? {
    queue.last { happening in
      switch happening {
      case .befalls, .boots, .isMissed: true
      default: false
      }
    }
  }

  /// How long a host takes from power to its first answer.
  static let bootSeconds = 300.0
  /// How long a host may be silent before it counts as lost.
  static let heartbeatSeconds = 5.0
}

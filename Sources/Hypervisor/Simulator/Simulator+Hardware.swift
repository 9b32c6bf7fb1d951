internal import Inventory

/// Virtual hardware and guest tools are upgraded.
///
/// The configuration file is saved, then written; after it the descriptor of each disk. What was being written when the host
/// stopped stays as it was then.
extension Simulator {
  /// What one file takes, seconds.
  static let fileSeconds = 1.0
  /// What guest tools take, seconds.
  static let toolsSeconds = 30.0

  /// The hardware of a VM as it really is, whoever can see it.
  package func hardware(of vm: String) -> HardwareReport? { guestNumbers[vm].map(hardwareReport) }

  func hardwareReport(of vm: Int) -> HardwareReport {
    let state = hardware[vm]
    return HardwareReport(
      version: state.version, savedVersion: state.savedVersion, disks: storage.disks[vm].count, newDisks: state.newDisks,
      hasCurrentTools: state.hasCurrentTools, isBeingUpgraded: state.job != nil)
  }

  /// Why a VM cannot be started with the hardware that it has; nil where it can.
  func refusal(toStartHardwareOf vm: Int, on host: Int) -> String? {
    if let job = hardware[vm].job, hosts[job.host].hasPower { return "\(hosts[job.host].name) upgrades its hardware" }
    let report = hardwareReport(of: vm)
    if report.isMixed { return "some of its disks have new descriptors, others old ones" }
    return report.isTorn ? "its configuration file is half written, or newer than its disks" : nil
  }

  func upgradeHardware(_ order: Order, _ vm: Int, _ host: Int, to version: Int) -> Message.Result? {
    if let refusal = refusal(toChangeHardwareOf: vm, on: host) { return .refused(refusal) }
    let report = hardwareReport(of: vm)
    if report.isMixed { return .refused("some of its disks have new descriptors, others old ones") }
    if report.isUpgraded(to: version) { return .done }
    if let now = report.version, now > version { return .refused("its hardware is \(now) already") }
    // What was saved before stays: it is the last file that fits the disks.
    hardware[vm].savedVersion = report.isTorn ? report.savedVersion : report.version
    hardware[vm].version = nil
    writeNextFile(order, vm, host)
    return nil
  }

  private func writeNextFile(_ order: Order, _ vm: Int, _ host: Int) {
    let token = nextToken()
    hardware[vm].job = (token, host, order)
    queue.add(.writesHardware(order, vm: vm, token: token), at: now.adding(seconds: Self.fileSeconds))
  }

  /// A file of an upgrade is written.
  func hardwareFileIsWritten(_ order: Order, _ vm: Int, token: Int) {
    guard let job = hardware[vm].job, job.token == token, case .upgradeHardware(let version) = order.action else { return }
    if hardware[vm].version == nil {
      hardware[vm].version = version
    } else {
      hardware[vm].newDisks += 1
    }
    guard hardware[vm].newDisks >= storage.disks[vm].count else { return writeNextFile(order, vm, job.host) }
    hardware[vm].job = nil
    end(order, .done)
  }

  func restoreHardware(_ vm: Int, _ host: Int) -> Message.Result {
    if let refusal = refusal(toChangeHardwareOf: vm, on: host) { return .refused(refusal) }
    guard hardwareReport(of: vm).isTorn else { return .done }
    guard hardware[vm].newDisks == 0, let saved = hardware[vm].savedVersion else {
      return .refused("the saved file does not fit its disks")
    }
    hardware[vm].version = saved
    return .done
  }

  private func refusal(toChangeHardwareOf vm: Int, on host: Int) -> String? {
    if index(of: vm, on: host) != nil { return "it is not off" }
    if let job = hardware[vm].job, hosts[job.host].hasPower { return "\(hosts[job.host].name) upgrades its hardware" }
    return refusal(toOpen: vm, on: host)
  }

  /// Nothing is written any more by a host: what was half written stays so.
  func endHardwareUpgrades(on host: Int, because reason: String) {
    for vm in hardware.indices {
      guard let job = hardware[vm].job, job.host == host else { continue }
      hardware[vm].job = nil
      end(job.order, .failed(reason))
    }
  }

  func upgradeTools(_ order: Order, _ vm: Int, _ copy: GuestCopy?) -> Message.Result? {
    guard let copy, copy.state == .running else { return .refused("it does not run here") }
    if hardware[vm].hasCurrentTools { return .done }
    queue.add(.installsTools(order, vm: vm, token: copy.token), at: now.adding(seconds: Self.toolsSeconds))
    return nil
  }

  /// The guest has installed its tools, if it still runs.
  func toolsAreInstalled(_ order: Order, _ vm: Int, token: Int) {
    guard let copy = copies[vm].first(where: { $0.token == token }), copy.state == .running else {
      return end(order, .failed("it stopped while its tools were installed"))
    }
    guard hosts[copy.host].isUp else { return }
    hardware[vm].hasCurrentTools = true
    end(order, .done)
  }
}

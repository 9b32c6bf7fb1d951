/// What one host is told to do with one VM. Carrying it out twice does no more than once.
package struct Order: Sendable, Equatable, Codable {
  /// What to do.
  package enum Action: Sendable, Equatable, Codable {
    /// Make room for a copy of the VM that runs on another host.
    case prepare(source: String)
    /// Copy what the guest wrote since the last pass, all the first time, while it runs.
    case copyPass(target: String)
    /// Stop the guest, keep its memory, flush its disks and let go of them.
    case stop
    /// Copy what is left while the guest is stopped.
    case copyRest(target: String)
    /// Let the copy run that is here.
    case resume
    /// Remove the copy that is here, in whatever state it is.
    case destroy
    /// Forget what was copied, and run on.
    case endCopying
    /// Slow the guest: it gets so much less of its processor time.
    case throttle(percent: Int)
    /// Say what is here.
    case report
    /// Start the VM from its disks.
    case powerOn
    case powerOff

    // Virtual hardware: of a VM that is off and that nobody holds.

    /// Save the configuration file, then bring it and the descriptors of the disks to a version. One that is half written is
    /// put back and written anew.
    case upgradeHardware(to: Int)
    /// Put a configuration file that is half written back as it was saved.
    case restoreHardware
    /// Bring the tools in the guest, which runs, to the version of the host.
    case upgradeTools

    // Disks, counted from 0 as the VM has them. What is under way answers to the last order that asked for it.

    /// Make an empty file for a copy of each of these disks, on the datastore named, and take the space for all of it.
    case createDisks(to: [Int: String])
    /// Copy the disks in one pass, while what the guest writes goes to both places: from then on both are the same.
    case mirror
    /// Copy what the guest wrote on its disks since the last pass, all the first time, while it runs.
    case diskPass
    /// Copy what is left of the disks while nobody runs the VM.
    case diskRest
    /// Let the VM's files be the copies from now on, with the logs that are on them; nobody may run it.
    case openDisks
    /// Remove the file that each of these disks has on the datastore named, beside the one that stays.
    case removeDisks(from: [Int: String])
    /// Let a log take what the guest writes, and the disks' files stay as they are.
    /// - `logDatastore`: nil for that of each disk.
    case freezeBase(logDatastore: String?)
    /// Copy the files under the logs.
    case copyBase
    /// Bring what the log holds into the file under it, while a fresh log takes what the guest writes.
    case commitLog
    /// Bring all that logs hold into the file under them, while nobody runs the VM.
    case lastCommit
  }

  /// Counted by whoever sends orders, never given twice.
  package let number: Int
  /// Hosts that know of a newer epoch of the VM refuse the order.
  package let epoch: Int
  package let host: String
  package let vm: String
  package let action: Action
  /// The most that it may copy, MiB/s; nil for as fast as it goes.
  package let mostMiBPerSecond: Double?

  package init(number: Int, epoch: Int, host: String, vm: String, action: Action, mostMiBPerSecond: Double? = nil) {
    (self.number, self.epoch, self.host, self.vm, self.action) = (number, epoch, host, vm, action)
    self.mostMiBPerSecond = mostMiBPerSecond
  }
}

extension Order.Action {
  /// Whether it copies disks, or commits their logs: a host takes a second order of the same for the same.
  package var isDiskCopy: Bool {
    switch self {
    case .mirror, .diskPass, .diskRest, .copyBase, .commitLog, .lastCommit: true
    default: false
    }
  }
}

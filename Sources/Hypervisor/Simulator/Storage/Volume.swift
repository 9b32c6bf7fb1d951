/// A datastore, as the hardware has it.
struct Volume: Sendable {
  let name: String
  /// 0 where there is no limit.
  let capacityMiB: Double
  /// The hosts that see it; nil for all.
  let hosts: Set<String>?
  /// What files take that are of no VM.
  var otherMiB = 0.0
  /// What the files of VMs take.
  var filesMiB = 0.0

  var usedMiB: Double { otherMiB + filesMiB }
  var freeMiB: Double { capacityMiB > 0 ? max(0, capacityMiB - usedMiB) : .infinity }
  /// Fractions of a byte are none.
  var isOverfull: Bool { capacityMiB > 0 && usedMiB > capacityMiB + 1e-6 }

  /// The arithmetic of a refusal; nil where so much fits.
  func refusal(of mib: Double, for what: String) -> String? {
    guard mib > freeMiB else { return nil }
    let (free, used) = (Int64(freeMiB.rounded(.down)), Int64(usedMiB.rounded(.up)))
    return "\(what) \(Int64(mib.rounded(.up))) MiB on \(name), where \(Int64(capacityMiB)) less \(used) used leave \(free)"
  }
}

internal import Inventory

extension Pair {
  /// A VM keeps what it saw of the processor until it is off: the target has to have all of that. A VM that is off sees the
  /// new processor when it starts.
  func checkProcessor(_ found: inout Findings) {
    let severity: Reason.Severity = vm.isActive ? .error : .warning
    if let vendor = host.vendor, let source = vm.source, let own = source.vendor, vendor != own {
      found.add(.cpuVendorDiffers, severity) {
        "The processor of host \(host.name) is \(vendor), that of \(source.name) is \(own)."
      }
    }
    guard let features = host.features else {
      // Without a list a host has everything, unless we know its processor only in bits, which nobody reads here.
      if host.host.processor != nil, !vm.features.isEmpty || vm.frozenFeatures == nil { found.unknown.insert(.features) }
      return
    }
    if !vm.features.isSubset(of: features) {
      let missing = cluster.features.names(vm.features.subtracting(features)).sorted()
      found.add(.cpuFeaturesMissing, severity, features: missing) {
        "Host \(host.name) lacks CPU \(missing.count == 1 ? "feature" : "features") \(missing.joined(separator: ", ")) "
          + "of VM \(vm.name)."
      }
    }
    if vm.isActive, vm.frozenFeatures == nil { checkUnrecorded(against: features, &found) }
  }

  /// What the VM saw was not recorded: it may have seen all that its present host has.
  private func checkUnrecorded(against features: Bits, _ found: inout Findings) {
    guard let source = vm.source, let own = source.features else {
      found.unknown.insert(.features)
      return
    }
    if own.isSubset(of: features) { return }
    let perhaps = own.subtracting(features).filter { !vm.features.contains($0) }
    guard !perhaps.isEmpty else { return }
    let names = cluster.features.names(perhaps).sorted()
    found.warn(
      .cpuFeaturesUnproven, features: names,
      """
      Host \(host.name) lacks \(names.joined(separator: ", ")), which \(source.name) has; whether VM \(vm.name) saw that \
      when it was powered on was not recorded.
      """)
  }
}

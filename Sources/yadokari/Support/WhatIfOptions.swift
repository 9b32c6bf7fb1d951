internal import ArgumentParser
internal import Planning

/// What would be: on the commands about capacity.
struct WhatIfOptions: ParsableArguments {
  @Option(help: ArgumentHelp("What if: remove this host and move its VMs.", valueName: "host"))
  var without: [String] = []

  @Option(help: ArgumentHelp("What if: add N hosts like the one given by --like.", valueName: "count"))
  var addHosts: Int?

  @Option(help: ArgumentHelp("What if: add N running VMs like the one given by --like.", valueName: "count"))
  var addVms: Int?

  @Option(help: ArgumentHelp("The host or VM to copy for --add-hosts or --add-vms.", valueName: "name"))
  var like: String?

  func validate() throws {
    for count in [addHosts, addVms].compactMap(\.self) where !(1...10_000).contains(count) {
      throw ValidationError("a number of hosts or VMs is between 1 and 10000")
    }
    if addHosts != nil, addVms != nil {
      throw ValidationError("add hosts or VMs, not both at once: --like names one of them")
    }
    if addHosts != nil || addVms != nil, like == nil {
      throw ValidationError("--like NAME is missing: what is added is like that")
    }
    if like != nil, addHosts == nil, addVms == nil { throw ValidationError("--like goes with --add-hosts or --add-vms") }
    try refuseBlank(("--like", like))
  }

  var whatIf: WhatIf {
    var whatIf = WhatIf()
    whatIf.without = without
    if let like {
      whatIf.hosts = addHosts.map { ($0, like) }
      whatIf.vms = addVms.map { ($0, like) }
    }
    return whatIf
  }
}

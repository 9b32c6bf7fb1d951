import TestSupport

@testable import Planning

/// Small pools by chance, in which everything happens that binds VMs.
struct MixedPool {
  private var random: SplitMix64
  private let isPlain: Bool

  init(seed: UInt64, isPlain: Bool = false) {
    random = SplitMix64(seed: seed)
    self.isPlain = isPlain
  }

  mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }

  mutating func pool() -> Pool {
    var pool = Pool()
    let hosts = number(2...6)
    pool.hosts = (0..<hosts).map { Pool.Host(name: "h\($0)", memory: number(8...32) * 1024, cores: number(4...16)) }
    let reserves = number(0...1) == 0
    if reserves { for host in 0..<hosts { pool.hosts[host].mhz = number(4...12) * 1000 } }
    if !isPlain, number(0...2) == 0 { pool.vcpusPerCore = Double(number(2...8)) }
    for vm in 0..<number(0...20) {
      let origin = number(0...hosts - 1)
      var item = PackingItem(memory: number(1...16) * 512, cpu: number(1...4), origin: origin)
      if !isPlain {
        if reserves, number(0...2) == 0 { item.mhz = number(1...6) * 500 }
        if number(0...7) == 0 { item.groups = [number(0...1)] }
        if number(0...9) == 0 { item.allowed = (0..<hosts).map { $0 == origin || number(0...1) == 0 } }
      }
      let bin = pool.bins()[origin]
      // Most hosts are not overfull.
      guard bin.takes(item) || number(0...60) == 0 else { continue }
      pool.loads.append(Pool.Load(vms: ["v\(vm)"], item: item))
    }
    return pool
  }
}

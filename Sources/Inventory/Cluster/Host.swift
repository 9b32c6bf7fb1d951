/// A host as it stands in a cluster.
package struct Host: Sendable, Equatable {
  package var name: String
  package var cluster: String
  package var cores: Int
  /// Of one core; 0 where its source does not say it.
  package var mhz = 2000
  package var memoryMiB: Int64
  /// What the hypervisor keeps for itself.
  package var nodeMemoryMiB: Int64 = 0
  /// 0 where its source does not say it, as its cores.
  package var sockets = 1
  /// Nil where nobody says it.
  package var threads: Int?
  /// Product and version, such as `ESX 3.5`.
  package var product = "ESX 3.5"
  package var networks = ["VM Network"]
  package var isConnected = true
  /// What it is set to do; no cluster file says it.
  package var mode = HostMode.normal
  /// Names of CPU features; nil where nothing is said: then it has all that anybody asks for.
  package var features: Set<String>?
  /// What the processor says of itself; nil where nothing is known.
  package var processor: ProcessorID?
  package var wattsIdle: Double?
  package var wattsFull: Double?
  package var rackUnits: Double?
  package var licence: String?
  /// How much of its processors and of its memory was used when that was looked at; nil where nobody did. Of cluster files
  /// the VMs tell it.
  package var cpuUsedRatio: Double?
  package var memoryUsedRatio: Double?
  /// For migrations, in each direction.
  package var linkMiBPerSecond = 110.0

  package init(name: String, cluster: String, cores: Int, memoryMiB: Int64) {
    self.name = name
    self.cluster = cluster
    self.cores = cores
    self.memoryMiB = memoryMiB
  }
}

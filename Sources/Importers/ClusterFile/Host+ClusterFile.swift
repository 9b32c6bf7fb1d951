internal import Inventory

extension Host {
  init(_ value: ClusterFileValue, _ names: ClusterFileNames) throws {
    let fields = try value.object(
      "name", "cluster", "cores", "mhz", "mem_mib", "node_mem_mib", "sockets", "product", "networks", "connected",
      "features", "cpuid", "watts_idle", "watts_full", "rack_units", "licence", "link_mib_s")
    self.init(
      name: try fields.required("name").text(), cluster: try Self.cluster(fields, names),
      cores: try fields.required("cores").count(from: 1, to: 65_536),
      memoryMiB: try fields.required("mem_mib").memory(from: 1))
    mhz = try fields["mhz"]?.count(from: 1) ?? mhz
    nodeMemoryMiB = try fields["node_mem_mib"]?.memory(from: 0, to: memoryMiB) ?? nodeMemoryMiB
    sockets = try fields["sockets"]?.count(from: 1, to: Int64(cores)) ?? sockets
    product = try fields["product"]?.text() ?? product
    networks = try fields["networks"]?.texts() ?? networks
    isConnected = try fields["connected"]?.flag() ?? isConnected
    features = try fields.known("features").map { Set(try $0.texts()) }
    processor = try fields.known("cpuid").map { try ProcessorID($0) }
    wattsIdle = try fields.known("watts_idle")?.amount()
    wattsFull = try fields.known("watts_full")?.amount()
    rackUnits = try fields.known("rack_units")?.amount()
    licence = try fields.known("licence")?.text()
    linkMiBPerSecond = try fields["link_mib_s"]?.positiveAmount() ?? linkMiBPerSecond
  }

  /// Where there is one cluster only, it need not be said.
  private static func cluster(_ fields: ClusterFileObject, _ names: ClusterFileNames) throws -> String {
    if fields["cluster"] == nil, names.clusters.count == 1, let only = names.clusters.first { return only }
    return try fields.required("cluster").name(in: names.clusters, "cluster")
  }
}

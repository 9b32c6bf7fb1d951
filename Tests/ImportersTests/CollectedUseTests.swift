import Foundation
import Inventory
import Ledger
import TestSupport
import Testing

@testable import Importers

/// What a vCenter uses and reserves, in each of the forms in which its properties come.
@Suite struct CollectedUseTests {
  private func snapshot(_ objects: [(type: String, id: String, properties: String)]) async throws -> ClusterSnapshot {
    let folder = try ScratchFolder()
    let text = objects.map { object in
      let changes = try? JSONValue(parsing: Array(object.properties.utf8))
      guard case .object(let members)? = changes else { return "" }
      let set = members.map { #"{"name":"\#($0.key)","op":"assign","val":\#($0.value.compactText)}"# }
      return #"{"obj":{"type":"\#(object.type)","value":"\#(object.id)"},"changeSet":[\#(set.joined(separator: ","))]}"#
    }
    let ledger = try memoryLedger()
    let kinds = Dictionary(grouping: zip(objects, text), by: \.0.type)
    for (type, files) in kinds {
      _ = try folder.write(files.map(\.1).joined(separator: "\n"), to: "\(type).json")
    }
    let options = ImportOptions(at: testNow)
    for report in try await Importer(into: ledger, options: options, now: testNow).run(paths: [folder.url.path]) {
      if let error = report.error { throw error }
    }
    return try ledger.read { try $0.snapshot(at: testNow) }
  }

  private let host = """
    {"name":"h","parent":{"type":"ClusterComputeResource","value":"c-1"},"summary.hardware":{"numCpuCores":4,"numCpuPkgs":2,
     "cpuMhz":2500,"memorySize":8589934592},"summary.quickStats":{"overallCpuUsage":2500,"overallMemoryUsage":2048}}
    """

  private func vm(_ properties: String) async throws -> VirtualMachine {
    let found = try await snapshot([
      ("HostSystem", "host-1", host),
      ("VirtualMachine", "vm-1", #"{"name":"v","runtime.host":{"type":"HostSystem","value":"host-1"},\#(properties)}"#),
    ])
    return try #require(found.vms.first)
  }

  /// `summary.config` has the same facts as `resourceConfig` and `config`.
  @Test func theFormsOfOneFactAreOne() async throws {
    for form in [
      #""resourceConfig.cpuAllocation.reservation":700,"resourceConfig.memoryAllocation.reservation":256,"config.template":true"#,
      #""resourceConfig":{"cpuAllocation":{"reservation":700},"memoryAllocation":{"reservation":256}},"config.template":true"#,
      #""config":{"cpuAllocation":{"reservation":700},"memoryAllocation":{"reservation":256},"template":true}"#,
      #""summary.config":{"cpuReservation":700,"memoryReservation":256,"template":true}"#,
    ] {
      let vm = try await vm(form)
      #expect(vm.cpuReservationMHz == 700 && vm.memoryReservationMiB == 256 && vm.isTemplate, "\(form)")
      #expect(!vm.hasUnknownReservation)
    }
  }

  @Test func demandIsInCoresOfTheHost() async throws {
    let vm = try await vm(#""summary.quickStats":{"overallCpuUsage":1250,"guestMemoryUsage":300,"hostMemoryUsage":900}"#)
    #expect(vm.cpuDemand == 0.5 && vm.memoryActiveMiB == 300 && vm.memoryOverheadMiB == 0)
  }

  /// The property collector prints what is not set as null; -1 is no amount.
  @Test func whatIsNotSetIsUnknown() async throws {
    for form in [
      #""summary.quickStats":null,"resourceConfig.cpuAllocation.reservation":null,"runtime.memoryOverhead":null"#,
      #""summary.quickStats":{"overallCpuUsage":null,"guestMemoryUsage":-1},"summary.config":{"cpuReservation":-1}"#,
      #""summary.quickStats":[],"config":"nonsense","runtime.memoryOverhead":"much""#,
    ] {
      let vm = try await vm(form)
      #expect(vm.cpuDemand == nil && vm.memoryActiveMiB == nil && vm.cpuReservationMHz == 0, "\(form)")
      #expect(vm.hasUnknownReservation && vm.memoryOverheadMiB == 0 && !vm.isTemplate, "\(form)")
    }
  }

  @Test func overheadIsInWholeMiB() async throws {
    #expect(try await vm(#""runtime.memoryOverhead":1048577"#).memoryOverheadMiB == 2)
    #expect(try await vm(#""summary.runtime":{"memoryOverhead":1048576}"#).memoryOverheadMiB == 1)
  }

  @Test func hostsTellWhatIsUsedOfThem() async throws {
    let found = try await snapshot([("HostSystem", "host-1", host)])
    let host = try #require(found.hosts.first)
    #expect(host.cpuUsedRatio == 0.25 && host.memoryUsedRatio == 0.25 && host.mhz == 2500 && host.sockets == 2)
    let bare = try await snapshot([("HostSystem", "host-1", #"{"name":"h","hardware.memorySize":8589934592}"#)])
    let other = try #require(bare.hosts.first)
    #expect(other.cpuUsedRatio == nil && other.mhz == 0 && other.sockets == 0 && other.cores == 0)
  }

  @Test func datastoresAreThereWithoutVMs() async throws {
    let space = #""summary.capacity":1073741824,"summary.freeSpace":536870912"#
    let found = try await snapshot([
      ("HostSystem", "host-1", host),
      ("Datastore", "datastore-1", #"{"name":"a",\#(space),"summary.uncommitted":1073741824}"#),
      ("Datastore", "datastore-2", #"{"summary.name":"b",\#(space),"summary.uncommitted":null}"#),
      ("Datastore", "datastore-3", #"{"name":"c","summary.capacity":null}"#),
    ])
    #expect(found.datastores.map(\.name) == ["a", "b"])
    #expect(found.datastores.map(\.usedMiB) == [512, 512] && found.datastores.map(\.provisionedMiB) == [1536, nil])
  }
}

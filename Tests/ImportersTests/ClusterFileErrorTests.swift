import Foundation
import Importers
import Inventory
import TestSupport
import Testing

/// Files with one thing wrong: the message names the file, the place and what was expected.
@Suite struct ClusterFileErrorTests {
  private func message(_ text: String) -> String? {
    do {
      _ = try ClusterFileReader.scenario(from: Array(text.utf8), file: "lab.json")
      return nil
    } catch let error as YadokariError {
      return error.code == .failed ? error.message : "\(error.code)"
    } catch { return "\(error)" }
  }

  /// A sound file, with more keys at the top.
  private func file(_ more: String = "", host: String = "", vm: String = "", datastore: String = "") -> String {
    func list(_ key: String, _ first: String, _ more: String) -> String {
      more.hasPrefix("=") ? "\"\(key)\": \(more.dropFirst())" : "\"\(key)\": [{\(first)\(more)}]"
    }
    return """
      {"name": "lab", \(list("hosts", #""name": "h", "cores": 4, "mem_mib": 4096"#, host)),
       \(list("datastores", #""name": "d", "capacity_mib": 1000"#, datastore)),
       \(list("vms", #""name": "v", "host": "h", "mem_mib": 1024, "vcpus": 1"#, vm))\(more)}
      """
  }

  @Test func theFrameIsSound() {
    #expect(message(file()) == nil)
    #expect(message(file(vm: "=[]", datastore: "=[]")) == nil)
  }

  @Test(arguments: [
    ("", "lab.json, line 1: no JSON: the text ends before a value at byte 0"), ("[]", "lab.json: expected an object"),
    ("{\"name\":\n\"a\"", "lab.json, line 2: no JSON"), ("{}", "lab.json: name: is missing"), ("7", "found 7"),
    (#"{"name": ""}"#, "lab.json: name: expected a text, found \"\""), (#"{"name": "a\u0000"}"#, "name: expected a text"),
    (#"{"name": "a", "name": "b"}"#, "lab.json: the key name stands there twice"),
    (#"{"name": "a", "Hosts": []}"#, "lab.json: Hosts: no such key"),
    (#"{"name": "a", "hosts": {}}"#, "hosts: expected a list"),
    (#"{"name": "a", "hosts": [1]}"#, "hosts[0]: expected an object, found 1"),
    (#"{"name": "a", "seed": -1}"#, "seed: expected a whole number from 0"),
    (#"{"name": "a", "seed": null}"#, "seed: expected"),
    (#"{"name": "a", "start": "2026-01-01"}"#, "start: expected a time such as"), (#"{"name": "a", "start": 7}"#, "start:"),
    (#"{"name": "a", "start": "9999-12-31T00:00:00Z"}"#, "start: expected a time"),
    (#"{"name": "a", "until_s": -1}"#, "until_s: expected a number from 0 to"), (#"{"name": "a", "about": 1}"#, "about:"),
    (#"{"name": "a", "vms": [{"name": "v", "mem_mib": 1, "vcpus": 1}]}"#, "vms[0]: v has no host"),
    (#"{"name": "a", "placement": {"v": "h"}}"#, "placement.v: there is no VM v"),
  ])
  func wrongAtTheTop(text: String, problem: String) throws {
    let found = try #require(message(text), "\(text) was read")
    #expect(found.hasPrefix("lab.json") && found.contains(problem), "\(found)")
  }

  @Test(arguments: [
    (#""clusters": [{}]"#, "clusters[0].name: is missing"),
    (#""clusters": [{"name": "c"}, {"name": "c"}]"#, "clusters[1].name: c stands"),
    (#""clusters": [{"name": "c"}, {"name": "b"}]"#, "hosts[0].cluster: is missing"),
    (#""clusters": []"#, "clusters: expected a list of clusters, found an empty list"),
    (#""clusters": [{"name": "c", "ha": {"on": true}}]"#, "clusters[0].ha.on: no such key; there are enabled"),
    (#""clusters": [{"name": "c", "ha": {"enabled": 1}}]"#, "clusters[0].ha.enabled: expected true or false, found 1"),
    (#""clusters": [{"name": "c", "ha": {"enabled": "true"}}]"#, "clusters[0].ha.enabled: expected true or false"),
    (
      #""clusters": [{"name": "c", "ha": {"admission": {"policy": "some"}}}]"#,
      "clusters[0].ha.admission.policy: expected one of none, hosts"
    ),
    (
      #""clusters": [{"name": "c", "ha": {"isolation_response": null}}]"#,
      "clusters[0].ha.isolation_response: expected one of leave_on"
    ),
    (
      #""clusters": [{"name": "c", "migration": {"max_passes": 0}}]"#,
      "clusters[0].migration.max_passes: expected a whole number from 1"
    ),
    (
      #""clusters": [{"name": "c", "migration": {"per_host": 1.5}}]"#,
      "clusters[0].migration.per_host: expected a whole number"
    ),
    (
      #""clusters": [{"name": "c", "migration": {"downtime_limit_ms": -1}}]"#,
      "migration.downtime_limit_ms: expected a number from 0"
    ),
    (#""clusters": [{"name": "c", "evc": "merom"}]"#, "clusters[0].evc: expected an object"),
    (#""clusters": [{"name": "c", "drs": true}]"#, "clusters[0].drs: expected an object"),
    (#""luns": [{"id": "l", "size_mib": 1, "hosts": {"x": 1}}]"#, "luns[0].hosts.x: there is no host x"),
    (#""luns": [{"id": "l", "size_mib": 1, "hosts": {"h": -1}}]"#, "luns[0].hosts.h: expected a whole number from 0"),
    (#""luns": [{"id": "l"}]"#, "luns[0].size_mib: is missing"), (#""luns": [{"size_mib": 1}]"#, "luns[0].id: is missing"),
    (#""luns": [{"id": "l", "size_mib": 1}, {"id": "l", "size_mib": 1}]"#, "luns[1].id: l stands there twice"),
    (#""placement": {"v": "x"}"#, "placement.v: there is no host x"), (#""placement": []"#, "placement: expected an object"),
    (#""rules": [{"kind": "near", "vms": ["v"]}]"#, "rules[0].kind: expected one of affinity"),
    (#""rules": [{"kind": "affinity"}]"#, "rules[0].vms: is missing"),
    (#""rules": [{"kind": "affinity", "vms": []}]"#, "rules[0].vms: expected the names"),
    (#""rules": [{"kind": "affinity", "vms": ["v"], "hosts": ["h"]}]"#, "rules[0].hosts: affinity is between VMs"),
    (#""rules": [{"kind": "must_run_on", "vms": ["v"]}]"#, "rules[0]: must_run_on needs hosts"),
    (#""rules": [{"kind": "must_run_on", "vms": ["v"], "hosts": ["x"]}]"#, "rules[0].hosts[0]: there is no host x"),
    (#""anti_affinity": [["v", "w"]]"#, "anti_affinity[0][1]: there is no VM w"),
    (#""anti_affinity": [["v", "v"]]"#, "anti_affinity[0][1]: v stands there twice"),
    (#""anti_affinity": ["v"]"#, "anti_affinity[0]: expected a list, found \"v\""),
  ])
  func wrongBeside(more: String, problem: String) throws {
    let found = try #require(message(file(", " + more)), "\(more) was read")
    #expect(found.hasPrefix("lab.json: ") && found.contains(problem), "\(found)")
  }

  @Test(arguments: [
    (#", "cluster": "x""#, "cluster: there is no cluster x"), (#", "memory": 1"#, "memory: no such key; there are name"),
    (#", "mhz": 0"#, "mhz: expected a whole number from 1"), (#", "mhz": "2000""#, "mhz: expected a whole number"),
    (#", "mhz": 1e300"#, "mhz:"), (#", "node_mem_mib": 4097"#, "node_mem_mib: expected a whole number from 0 to 4096"),
    (#", "sockets": 5"#, "sockets: expected a whole number from 1 to 4"),
    (#", "networks": "LAN""#, "networks: expected a list"),
    (#", "networks": ["a", "a"]"#, "networks[1]: a stands there twice"),
    (#", "networks": [1]"#, "networks[0]: expected a text"),
    (#", "connected": 0"#, "connected: expected true or false"),
    (#", "link_mib_s": 0"#, "link_mib_s: expected a number above 0"),
    (#", "watts_idle": -1"#, "watts_idle: expected a number from 0"), (#", "cpuid": {}"#, "cpuid.vendor: is missing"),
    (#", "cpuid": {"vendor": "x", "leaves": [[1, 2]]}"#, "cpuid.leaves[0]: expected six numbers"),
    (#", "cpuid": {"vendor": "x", "leaves": [[0, 0, 0, 0, 0, 4294967296]]}"#, "cpuid.leaves[0][5]: expected a whole number"),
    (
      #", "cpuid": {"vendor": "x", "leaves": [[0,0,1,1,1,1],[0,0,2,2,2,2]]}"#, "cpuid.leaves: one of them stands there twice"
    ),
    (#", "cpuid": {"vendor": "x", "msrs": [[1, "beef"]]}"#, "cpuid.msrs[0][1]: expected a whole number, or a text"),
  ])
  func wrongHost(more: String, problem: String) throws {
    let found = try #require(message(file(host: more)), "\(more) was read")
    #expect(found.hasPrefix("lab.json: hosts[0].\(problem)"), "\(found)")
  }

  @Test(arguments: [
    (#", "mem": 1"#, "mem: no such key"), (#", "power": "running""#, "power: expected one of on, off, suspended"),
    (#", "mem_active_mib": 1025"#, "mem_active_mib: expected a number from 0 to 1024"),
    (#", "mem_reservation_mib": 2000"#, "mem_reservation_mib: expected a whole number from 0 to 1024"),
    (#", "cpu_demand": "much""#, "cpu_demand: expected a number"),
    (#", "dirty_mib_s": -0.5"#, "dirty_mib_s: expected a number from 0"),
    (#", "template": null"#, "template: expected true or false, found null"),
    (#", "depends_on": ["v"]"#, "depends_on: v would wait for itself"),
    (#", "depends_on": ["x"]"#, "depends_on[0]: there is no VM x"),
    (#", "restart_priority": "urgent""#, "restart_priority: expected one of agent"),
    (#", "disks": [{"mib": 1}]"#, "disks[0].datastore: is missing"),
    (#", "disks": [{"datastore": "x", "mib": 1}]"#, "disks[0].datastore: there is no datastore x"),
    (#", "disks": [{"datastore": "d"}]"#, "disks[0].mib: is missing"),
    (#", "disks": [{"datastore": "d", "mib": 0}]"#, "disks[0].mib: expected a number above 0"),
    (
      #", "disks": [{"datastore": "d", "mib": 5, "write_set_mib": 6}]"#,
      "disks[0].write_set_mib: expected a number from 0 to 5"
    ),
    (
      #", "disks": [{"datastore": "d", "mib": 5, "rdm": {"lun": "l", "mode": "virtual"}}]"#,
      "disks[0].rdm.lun: there is no LUN l"
    ),
    (#", "frozen_features": "sse3""#, "frozen_features: expected a list, found \"sse3\""),
  ])
  func wrongVM(more: String, problem: String) throws {
    let found = try #require(message(file(vm: more)), "\(more) was read")
    #expect(found.hasPrefix("lab.json: vms[0].\(problem)"), "\(found)")
  }

  @Test(arguments: [
    (#"=[{"name": "v", "host": "x", "mem_mib": 1, "vcpus": 1}]"#, "vms[0].host: there is no host x"),
    (#"=[{"name": "v", "host": "h", "vcpus": 1}]"#, "vms[0].mem_mib: is missing"),
    (#"=[{"name": "v", "host": "h", "mem_mib": "1 GiB", "vcpus": 1}]"#, "vms[0].mem_mib: expected a whole number from 1"),
    (#"=[{"name": "v", "host": "h", "mem_mib": 0, "vcpus": 1}]"#, "vms[0].mem_mib: expected a whole number from 1"),
    (#"=[{"name": "v", "host": "h", "mem_mib": 1, "vcpus": -1}]"#, "vms[0].vcpus: expected a whole number from 1"),
    (
      #"=[{"name": "v", "host": "h", "mem_mib": 1, "vcpus": 1}, {"name": "v", "host": "h", "mem_mib": 1, "vcpus": 1}]"#,
      "vms[1].name: v stands there twice"
    ),
    (
      #"=[{"name": "a", "host": "h", "mem_mib": 1, "vcpus": 1, "depends_on": ["b"]}, {"name": "b", "host": "h", "mem_mib": 1, "vcpus": 1, "depends_on": ["a"]}]"#,
      "vms[0].depends_on: a would wait for itself"
    ),
    (
      #"=[{"name": "a", "host": "h", "mem_mib": 1, "vcpus": 1, "disks": [{"datastore": "d", "mib": 1001}]}]"#,
      "datastores[0].capacity_mib: the disks on d take"
    ),
  ])
  func wrongVMs(vms: String, problem: String) throws {
    let found = try #require(message(file(vm: vms)), "\(vms) was read")
    #expect(found.hasPrefix("lab.json: \(problem)"), "\(found)")
  }

  @Test(arguments: [
    (#", "used_mib": 1001"#, "used_mib: expected a number from 0 to 1000"), (#", "size": 1"#, "size: no such key"),
    (#", "hosts": ["x"]"#, "hosts[0]: there is no host x"), (#", "copy_mib_s": 0"#, "copy_mib_s: expected a number above 0"),
  ])
  func wrongDatastore(more: String, problem: String) throws {
    let found = try #require(message(file(datastore: more)), "\(more) was read")
    #expect(found.hasPrefix("lab.json: datastores[0].\(problem)"), "\(found)")
  }

  @Test(arguments: [
    (#"{"do": "host.hang", "host": "h"}"#, "at_s: is missing"),
    (#"{"at_s": -1, "do": "host.hang", "host": "h"}"#, "at_s: expected a number from 0"),
    (#"{"at_s": 1}"#, "do: is missing"),
    (#"{"at_s": 1, "do": "host.explode"}"#, "do: no such verb: host.explode; there are datastore.fill"),
    (#"{"at_s": 1, "do": "host.hang"}"#, "host: is missing"),
    (#"{"at_s": 1, "do": "host.hang", "host": "x"}"#, "host: there is no host x"),
    (#"{"at_s": 1, "do": "host.hang", "host": "h", "vm": "v"}"#, "vm: no such key; there are at_s, do, host"),
    (#"{"at_s": 1, "do": "vm.power_on", "vm": "x"}"#, "vm: there is no VM x"),
    (#"{"at_s": 1, "do": "service.crash", "host": "h"}"#, "host: no such key"),
    (#"{"at_s": 1, "do": "vm.migrate", "vm": "v", "to": "x"}"#, "to: there is no host x"),
    (#"{"at_s": 1, "do": "vm.migrate", "vm": "v"}"#, "to: is missing"),
    (
      #"{"at_s": 1, "do": "vm.migrate_storage", "vm": "v", "datastore": "d", "way": "slow"}"#,
      "way: expected one of mirror, changed_blocks, redo_log"
    ),
    (
      #"{"at_s": 1, "do": "vm.upgrade_migrate", "vm": "v", "to": "h", "datastore": "x"}"#,
      "datastore: there is no datastore x"
    ),
    (#"{"at_s": 1, "do": "vm.start_fails", "vm": "v", "host": "h", "times": 0}"#, "times: expected a whole number from 1"),
    (#"{"at_s": 1, "do": "datastore.fill", "datastore": "d", "percent": 101}"#, "percent: expected a number from 0 to 100"),
    (#"{"at_s": 1, "do": "host.clock_jump", "host": "h", "by_s": "1h"}"#, "by_s: expected a number"),
  ])
  func wrongEntry(entry: String, problem: String) throws {
    let found = try #require(message(file(", \"timeline\": [\(entry)]")), "\(entry) was read")
    #expect(found.hasPrefix("lab.json: timeline[0].\(problem)"), "\(found)")
  }

  @Test func damagedFilesAreReadOrRefused() throws {
    let whole = try Data(contentsOf: URL(fileURLWithPath: Project.fixture("clusters/everything.json")))
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SplitMix64(seed: seed)
    let pieces = ["9", "-", "e300", "null", "\"", "{", "]", ",", "0.5", "\u{0}", "9223372036854775807", "true"].map {
      Array($0.utf8)
    }
    var refused = 0
    for _ in 0..<400 {
      var bytes = Array(whole)
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        let start = Int.random(in: 0..<bytes.count, using: &random)
        let end = min(bytes.count, start + Int.random(in: 0...5, using: &random))
        bytes.replaceSubrange(start..<end, with: pieces.randomElement(using: &random) ?? [])
      }
      do {
        _ = try ClusterFileReader.scenario(from: bytes, file: "lab.json")
      } catch let error as YadokariError {
        refused += 1
        #expect(error.code == .failed && error.message.hasPrefix("lab.json"), "\(error.message), seed \(seed)")
      }
    }
    #expect(refused > 100, "seed \(seed)")
  }

  @Test func hugeListsAndDeepNestingAreRefused() {
    #expect(message(String(repeating: "[", count: 100_000))?.contains("nested deeper") == true)
  }
}

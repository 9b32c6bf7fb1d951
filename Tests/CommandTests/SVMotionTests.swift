import Foundation
import Inventory
import TestSupport
import Testing

/// `svmotion`, as the scripts of 2008 call it.
@Suite struct SVMotionTests {
  /// VMs and datastores with names that other programs trip over.
  private static let odd = #"""
    {"name": "odd", "hosts": [{"name": "esx01", "cores": 8, "mem_mib": 16384}],
     "datastores": [{"name": "store 1", "capacity_mib": 99999}, {"name": "a:b, c", "capacity_mib": 99999},
       {"name": "x[1]", "capacity_mib": 99999}],
     "vms": [
       {"name": "web 1", "host": "esx01", "mem_mib": 1024, "vcpus": 1, "disks": [{"datastore": "store 1", "mib": 100},
         {"datastore": "a:b, c", "mib": 200}, {"datastore": "x[1]", "mib": 300}]},
       {"name": "a,b:c", "host": "esx01", "mem_mib": 1024, "vcpus": 1, "disks": [{"datastore": "x[1]", "mib": 100}]},
       {"name": "bare", "host": "esx01", "mem_mib": 1024, "vcpus": 1}]}
    """#

  private let lab = ["--from", "clusters/where-can-it-go.json", "--datacenter=DC 1"]

  private func run(_ arguments: [String], environment: [String: String] = [:]) throws -> Program.Result {
    try Program.run(["svmotion"] + arguments, environment: ["HOME": "/nowhere"].merging(environment) { $1 })
  }

  /// The files of a plan: `file: from > to`.
  private func files(_ arguments: [String]) throws -> [String] {
    let result = try run(arguments + ["--plan", "-o", "json"])
    let document = try JSONValue(parsing: Data(result.output.utf8))
    #expect(document["schema"]?.stringValue == "yadokari.migration-plan/1", "\(result.errors)")
    return (document["files"]?.arrayValue ?? []).map { file in
      let (name, from, to) = (file["file"]?.stringValue, file["from"]?.stringValue, file["to"]?.stringValue)
      return "\(name ?? "?"): \(from ?? "?") > \(to ?? "?")"
    }
  }

  private func oddCluster(_ folder: ScratchFolder) throws -> [String] {
    ["--from", try folder.write(Self.odd, to: "odd.json"), "--datacenter", "DC"]
  }

  @Test func disksFollowTheVMUnlessTheyAreNamed() throws {
    let folder = try ScratchFolder()
    let odd = try oddCluster(folder)
    #expect(
      try files(odd + ["--vm", "[store 1] web 1/web 1.vmx:a:b, c"]) == [
        "web 1/web 1.vmx: store 1 > a:b, c", "web 1/web 1.vmdk: store 1 > a:b, c", "web 1/web 1_1.vmdk: a:b, c > a:b, c",
        "web 1/web 1_2.vmdk: x[1] > a:b, c",
      ])
    let disks = "[a:b, c] web 1/web 1_1.vmdk:store 1, , [x[1]]   web 1/web 1_2.vmdk:x[1],"
    #expect(
      try files(odd + ["--vm=[store 1]    web 1/web 1.vmx:x[1]", "--disks=\(disks)"]) == [
        "web 1/web 1.vmx: store 1 > x[1]", "web 1/web 1.vmdk: store 1 > x[1]", "web 1/web 1_1.vmdk: a:b, c > store 1",
        "web 1/web 1_2.vmdk: x[1] > x[1]",
      ])
    let first = odd + ["--vm=[store 1] web 1/web 1.vmx:x[1]", "--disks=[store 1] web 1/web 1.vmdk:store 1"]
    #expect(try files(first).prefix(2) == ["web 1/web 1.vmx: store 1 > store 1", "web 1/web 1.vmdk: store 1 > store 1"])
    #expect(try run(first + ["--plan"]).errors.contains("lies with its first disk: it will be on store 1, too"))
    #expect(try files(odd + ["--vm='[x[1]]", "a,b:c/a,b:c.vmx:store", "1'"]).first == "a,b:c/a,b:c.vmx: x[1] > store 1")
  }

  @Test func errorsHaveTheirCodes() throws {
    let vm = "--vm=[san1] db1/db1.vmx:san2"
    let cases: [([String], Int32, String)] = [
      ([vm, "--plan"], 0, "is taken as given"), ([vm], 7, "no driver reaches its host"),
      (["--vm=[san1] db1/db1.vmx:san1", "--plan"], 4, "taken as"),
      (["--vm=[san1] db1/db1.vmx:legacy", "--plan"], 4, "taken as"),
      ([vm, "--disks=[san1] db1/db1_1.vmdk:san1", "--plan"], 0, "taken as"),
      ([vm, "--way=redo_log", "--plan"], 4, "taken as"),
      (["--vm=[san2] db1/db1.vmx:san1"], 3, "[san1] db1/db1.vmx, [san1] db1/db1.vmdk, [san1] db1/db1_1.vmdk"),
      (["--vm=[san1] ghost/ghost.vmx:san1"], 3, "There are 6 VMs"), (["--vm=[san1] db1/db1.vmx:nowhere"], 3, "nowhere"),
      ([vm, "--disks=[san1] db1/db1_7.vmdk:san1"], 3, "Its files: [san1] db1/db1.vmx"),
      ([vm, "--disks=[san1] db1/db1.vmdk:nowhere"], 3, "nowhere"), ([vm, "--disks="], 64, "Missing value"),
      ([vm, "--disks=[san1] db1/db1.vmdk"], 64, "new datastore is missing"), ([], 64, "--vm is missing"),
      (["--vm=db1:san2"], 64, "in the form [datastore]"), ([vm, vm], 64, "twice"), ([vm, "--url=vc"], 64, "--url"),
      ([vm, "--portnumber=x"], 64, "--portnumber (command line)"), ([vm, "--config=nowhere"], 3, "nowhere"),
      ([vm, "--source=other"], 3, "no source"), ([vm, "-o", "json"], 64, "--plan"), ([vm, "stray"], 64, "stray"),
      (["--interactive", "--plan", "-o", "json"], 64, "dialogue"), ([vm, "--colour"], 64, "--colour"),
    ]
    for (arguments, code, words) in cases {
      let result = try run(lab + arguments)
      #expect(result.code == code && result.errors.contains(words), "\(arguments): \(result.code) \(result.errors)")
      #expect(code == 0 || code == 4 || result.output.isEmpty, "\(arguments)")
    }
    #expect(try run(["--vm=[san1] a/a.vmx:b", "--from", "clusters/where-can-it-go.json"]).errors.contains("--datacenter"))
  }

  @Test func aVMWithoutFilesIsSaidToHaveNone() throws {
    let folder = try ScratchFolder()
    let result = try run(oddCluster(folder) + ["--vm", "[store 1] bare/bare.vmx:x[1]"])
    #expect(result.code == 3 && result.errors.contains("VM bare: none that are known"), "\(result.errors)")
  }

  @Test func aLinkOfItsNameIsTheCommand() throws {
    let folder = try ScratchFolder()
    let vm =
      "--from \(Project.fixture("clusters/where-can-it-go.json")) --datacenter DC --vm '[san1] db1/db1.vmx:san2' --plan"
    let script = """
      cd \(folder.url.path); ln -s "$0" svmotion; ln -s "$0" other
      ./svmotion \(vm) > a 2> a.errors; "$0" svmotion \(vm) > b; (exec -a svmotion "$0" \(vm)) > c; cmp a b && cmp b c && cat a
      ./svmotion --version; ./svmotion --help | head -2; ./other svmotion --version; ./svmotion vm list; echo "code $?"
      ./svmotion --interactive < /dev/null > /dev/null 2> errors; head -1 errors; head -1 a.errors
      """
    let result = try Program.shell(script, environment: ["HOME": "/nowhere", "YADOKARI_DB": "none.db"])
    let lines = result.output.split(separator: "\n").map(String.init)
    #expect(
      lines.first == "VM db1 can go to san2 on esx01 (storage)."
        && lines.contains { $0.hasPrefix("OVERVIEW: Move the files") })
    #expect(lines.filter { $0 == "svmotion (yadokari 0.1.0)" }.count == 2 && lines.contains("code 64"), "\(result)")
    #expect(lines.suffix(2).allSatisfy { $0.hasPrefix("svmotion: ") }, "\(lines.suffix(2))")
  }

  @Test func theConnectionIsExplainedWhereAskedFor() throws {
    let folder = try ScratchFolder()
    _ = try folder.write("VI_SERVER = vc2\nVI_USERNAME = carla\nVI_PASSWORD = s3cret\n", to: ".visdkrc")
    let vm = lab + ["--vm", "[san1] db1/db1.vmx:san2", "--plan"]
    let environment = ["HOME": folder.url.path, "VI_USERNAME": "dora", "VI_PORTNUMBER": "8443", "VI_PASSWORD": "s3cret"]
    let quiet = try run(vm + ["--url", "https://vc/sdk", "--passthroughauth"], environment: environment)
    #expect(quiet.code == 0 && !quiet.errors.contains("VirtualCenter"))
    let all = [
      "--server=vc1", "--protocol=https", "--servicepath=/sdk/webService", "--sessionfile=s", "--savesessionfile=t",
    ]
    let loud = try run(vm + ["--verbose", "--url", "https://vc/sdk", "--passthroughauth"] + all, environment: environment)
    #expect(loud.code == 0 && loud.output == quiet.output)
    let places = [
      "--server (command line)", "--url (command line)", "--portnumber (VI_PORTNUMBER)", "--username (VI_USERNAME)",
      "--password (VI_PASSWORD)", "--passthroughauth (command line)",
    ]
    for place in places { #expect(loud.errors.contains(place), "\(place): \(loud.errors)") }
    let file = try run(vm, environment: ["HOME": folder.url.path, "VI_VERBOSE": "1"])
    #expect(file.errors.contains("--password (\(folder.path(".visdkrc")), line 3)"), "\(file.errors)")
    #expect(!(quiet.errors + loud.errors + file.errors).contains("s3cret"))
    for bad in [["VI_PORTNUMBER": "many"], ["VI_CONFIG": "nowhere"], ["VI_VERBOSE": "perhaps"]] {
      #expect(try [64, 3].contains(run(vm, environment: bad).code), "\(bad)")
    }
    #expect(try !FileManager.default.contentsOfDirectory(atPath: folder.url.path).contains("t"), "no session is saved")
  }

  @Test func noErrorHoldsThePassword() throws {
    for words in [["--password", "s3cret", "more"], ["--password=s3cret", "--vm"], ["--password", "--s3cret", "--x"]] {
      let result = try run(lab + words)
      #expect(
        result.code == 64 && !result.errors.contains("s3cret") && !result.output.contains("s3cret"), "\(result.errors)")
    }
  }

  @Test func inventoriesOfVCenterTellTheirPaths() throws {
    let folder = try ScratchFolder()
    let original = try String(contentsOfFile: Project.fixture("vcenter-a-run2/govc-vm.info.json"), encoding: .utf8)
    let renamed = original.replacing("DC0_C0_RP0_VM0/DC0_C0_RP0_VM0.vmx", with: "old name/old, name.vmx")
    let vcenter = ["--from", try folder.write(renamed, to: "vms.json"), "--datacenter=DC0"]
    #expect(try files(vcenter + ["--vm=[LocalDS_0] old name/old, name.vmx:LocalDS_0"]).first?.hasPrefix("old name/") == true)
    let lost = try run(vcenter + ["--vm=[LocalDS_0] DC0_C0_RP0_VM0/DC0_C0_RP0_VM0.vmx:LocalDS_0"])
    #expect(lost.code == 3 && lost.errors.contains("[LocalDS_0] old name/old, name.vmx"), "\(lost.errors)")
    let disk = "--disks=[LocalDS_0] old name/old, name.vmdk:LocalDS_0"
    let unlisted = try run(vcenter + ["--vm=[LocalDS_0] old name/old, name.vmx:LocalDS_0", disk, "--plan"])
    #expect(unlisted.code == 3 && unlisted.errors.contains("leave --disks out"), "\(unlisted.errors)")
  }

  @Test func theDatacenterIsTheOneOfTheRecords() throws {
    let story = ["--from", "stories/two-hosts", "--vm=[san-a] web1/web1.vmx:san-b", "--plan"]
    let known = try run(story + ["--datacenter=Lyon"])
    #expect(known.code == 0 && !known.errors.contains("Lyon"), "\(known.errors)")
    #expect(try run(story + ["--datacenter=datacenter-2"]).code == 0)
    let other = try run(story + ["--datacenter=Paris"])
    #expect(other.code == 3 && other.errors.contains("is in datacenter Lyon"), "\(other.errors)")
  }

  @Test func aPathThatSeveralVMsHaveIsRefused() throws {
    let folder = try ScratchFolder()
    let database = ["--db", folder.path("a.db")]
    for source in ["a", "b"] {
      #expect(try Program.run(["import", "clusters/where-can-it-go.json", "--source", source] + database).code == 0)
    }
    let vm = ["--datacenter=DC", "--vm=[san1] db1/db1.vmx:san2", "--plan"]
    let both = try run(vm + database)
    #expect(both.code == 5 && both.errors.contains("--source"), "\(both.errors)")
    #expect(try run(vm + database + ["--source", "b"]).code == 0)
  }

  @Test func theDialogueEndsInAPlan() throws {
    let start = #"https://vc/sdk\ncarla\ns3cret\nDC 1\n"#
    let end = #"[san1] db1/db1.vmx\nsan2\nmaybe\nyes\n[san1] db1/db1_1.vmdk\nsan1\nno\n"#
    func talk(_ answers: String) throws -> Program.Result {
      let command = #""$0" svmotion --interactive --plan --from clusters/where-can-it-go.json --vm=x:y"#
      return try Program.shell("printf '\(answers)' | \(command)", environment: ["HOME": "/nowhere"])
    }
    let result = try talk(start + #"[san1] db2/db1.vmx\n"# + end)
    #expect(result.code == 0 && result.output.contains("no VM has the .vmx file [san1] db2/db1.vmx"), "\(result)")
    #expect(
      result.output.contains("answer yes or no") && result.output.contains("VM db1 can go to san2 on esx01 (storage)."))
    #expect(
      result.output.contains("Password") && !result.output.contains("s3cret") && result.errors.contains("does not count"))
    let broken = try talk(start)
    #expect(broken.code == 64 && broken.errors.contains("the input ended at the question"), "\(broken.errors)")
    let lost = try talk(start + #"[san1] x/x.vmx\n[san1] y/y.vmx\n[san1] z/z.vmx\n"# + end)
    #expect(lost.code == 3 && lost.errors.contains("[san1] z/z.vmx"), "\(lost.errors)")
    #expect(try Program.shell("\"$0\" svmotion --interactive < /dev/zero", environment: ["YADOKARI_DB": "none"]).code == 3)
    let flood = "\"$0\" svmotion --interactive --from clusters/where-can-it-go.json < /dev/zero"
    let flooded = try Program.shell(flood, environment: ["HOME": "/nowhere"])
    #expect(flooded.code == 64 && flooded.errors.contains("longer than any can be"), "\(flooded.errors)")
  }

  @Test func theFilesMoveOnSimulatedHardware() throws {
    let folder = try ScratchFolder()
    let lab = ["--db", folder.path("lab.db")]
    #expect(try Program.run(["sim", "run", folder.write(Self.odd, to: "odd.json")] + lab).code == 0)
    let disks = "--disks=[a:b, c] web 1/web 1_1.vmdk:a:b, c"
    let words = lab + ["--datacenter=DC", "--vm=[store 1] web 1/web 1.vmx:x[1]", disks, "--actor=carla", "--reason=full"]
    let moved = try run(words)
    #expect(moved.code == 0 && moved.output.contains("web 1"), "\(moved)")
    #expect(try run(words).code == 3, "its files are elsewhere now")
    let back = try files(lab + ["--datacenter=DC", "--vm=[x[1]] web 1/web 1.vmx:store 1"])
    #expect(back.prefix(2) == ["web 1/web 1.vmx: x[1] > store 1", "web 1/web 1.vmdk: x[1] > store 1"])
    #expect(back.last == "web 1/web 1_2.vmdk: x[1] > store 1" && back.count == 4)
    let event = try Program.run(["event", "list", "--vm", "web 1", "-o", "json"] + lab)
    #expect(event.output.contains("carla"))
  }
}

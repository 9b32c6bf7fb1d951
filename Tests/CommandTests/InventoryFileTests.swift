import Foundation
import Inventory
import TestSupport
import Testing

/// The inventory as a workbook.
@Suite struct InventoryFileTests {
  /// Reads a workbook without any of our own code: each tab as a list of objects.
  private static let reader = #"""
    import json, re, sys, zipfile
    from xml.etree import ElementTree as T
    N = '{http://schemas.openxmlformats.org/spreadsheetml/2006/main}'
    R = '{http://schemas.openxmlformats.org/officeDocument/2006/relationships}'
    z = zipfile.ZipFile(sys.argv[1])
    assert z.testzip() is None
    for name in z.namelist(): T.fromstring(z.read(name))
    targets = {r.get('Id'): r.get('Target') for r in T.fromstring(z.read('xl/_rels/workbook.xml.rels'))}
    book = {}
    for sheet in T.fromstring(z.read('xl/workbook.xml')).iter(N + 'sheet'):
        rows = []
        for row in T.fromstring(z.read('xl/' + targets[sheet.get(R + 'id')])).iter(N + 'row'):
            cells = {}
            for c in row:
                value = c.find(N + 'v')
                text = ''.join(t.text or '' for t in c.iter(N + 't'))
                cells[re.match('[A-Z]+', c.get('r')).group()] = text if c.get('t') == 'inlineStr' else float(value.text)
            rows.append(cells)
        book[sheet.get('name')] = [{h: row.get(c) for c, h in rows[0].items()} for row in rows[1:]]
    core = T.fromstring(z.read('docProps/core.xml'))
    book['created'] = core.find('{http://purl.org/dc/terms/}created').text
    print(json.dumps(book))
    """#

  private func book(_ path: String) throws -> JSONValue {
    let result = try Program.shell(
      "python3 -c \"$READER\" \"$BOOK\"", environment: ["READER": Self.reader, "BOOK": path])
    #expect(result.code == 0, "\(result.errors)")
    return try JSONValue(parsing: Data(result.output.utf8))
  }

  private func write(_ arguments: String..., to path: String) throws -> Program.Result {
    try Program.run(["report", "inventory", "--format", "rvtools", "--out", path] + arguments)
  }

  @Test func eachFactHasItsCell() throws {
    let folder = try ScratchFolder()
    let path = folder.path("lab.xlsx")
    let result = try write("--from", "clusters/everything.json", to: path)
    #expect(result.code == 0 && result.output.isEmpty && result.errors.contains("vInfo 3, "), "\(result.errors)")
    let book = try book(path)
    #expect(book["created"] == "2026-03-01T05:30:00Z")
    let db1 = try #require(book["vInfo"]?.arrayValue?.first { $0["VM"] == "db1" })
    #expect(db1["Powerstate"] == "suspended" && db1["Template"] == "True" && db1["Host"] == "esx01")
    #expect(db1["CPUs"]?.doubleValue == 2 && db1["Memory"]?.doubleValue == 4096 && db1["Disks"]?.doubleValue == 3)
    #expect(db1["Provisioned MiB"] == .null && db1["Datacenter"] == .null && db1["VM UUID"] == .null)
    let host = try #require(book["vHost"]?.arrayValue?.first { $0["Host"] == "esx01" })
    #expect(host["# CPU"]?.doubleValue == 2 && host["Cores per CPU"]?.doubleValue == 4 && host["# Cores"]?.doubleValue == 8)
    #expect(host["Speed"]?.doubleValue == 2660 && host["# Memory"]?.doubleValue == 32_768)
    #expect(host["Assigned License(s)"] == "standard" && host["CPU Model"] == .null && host["Cluster"] == "old")
    let old = try #require(book["vCluster"]?.arrayValue?.first { $0["Name"] == "old" })
    #expect(old["NumHosts"]?.doubleValue == 2 && old["HA enabled"] == "True" && old["AdmissionControlEnabled"] == "True")
    #expect(old["NumCpuCores"]?.doubleValue == 12 && old["DRS enabled"] == .null)
    #expect(old["TotalCpu"]?.doubleValue == 29_280)
    let disks = book["vDisk"]?.arrayValue ?? []
    #expect(disks.map { $0["Path"] } == ["[store 1]", "[store 1]", "[san2]"])
    #expect(disks.map { $0["Raw Comp. Mode"] } == [.null, "physicalMode", "virtualMode"])
    let store = try #require(book["vDatastore"]?.arrayValue?.first { $0["Name"] == "store 1" })
    #expect(store["Capacity MiB"]?.doubleValue == 102_400 && store["In Use MiB"]?.doubleValue == 50_000)
    #expect(book["vPartition"] == nil && book["vTools"] == nil)
  }

  /// A workbook of RVTools that was imported and is written again says the same, but for the number of snapshots.
  @Test(arguments: ["two-clusters", "four-clusters", "small"])
  func whatWasImportedIsWrittenAgain(name: String) throws {
    let folder = try ScratchFolder()
    let paths = [Project.fixture("rvtools/\(name).xlsx"), folder.path("one.xlsx"), folder.path("two.xlsx")]
    var facts: [String] = []
    for (number, path) in paths.dropLast().enumerated() {
      let db = ["--db", folder.path("\(number).db")]
      #expect([0, 2].contains(try Program.run(["import", path, "--at", "2026-11-23T00:00:00Z"] + db).code))
      let query = """
        SELECT o.kind, o.name, s.key, s.value FROM setting AS s JOIN v_object AS o ON o.id = s.object WHERE s.key <> 'needs'
        UNION SELECT 'vm', vm, host, power FROM v_placement JOIN v_power USING (vm, vm_id, source)
        UNION SELECT 'size', name, vcpus, memory_mib FROM vm_shape JOIN v_object ON id = vm ORDER BY 1, 2, 3
        """
      facts.append(try Program.run(["db", "query", query, "-o", "csv"] + db).output)
      #expect(try Program.run(["report", "inventory", "--format", "rvtools", "--out", paths[number + 1]] + db).code == 0)
    }
    #expect(facts[0] == facts[1] && facts[0].count > 1000)
    #expect(FileManager.default.contentsEqual(atPath: paths[1], andPath: paths[2]))
  }

  @Test func oneClusterAtOneTime() throws {
    let folder = try ScratchFolder()
    let db = ["--db", folder.path("lab.db")]
    #expect(try Program.run(["import", "clusters/everything.json"] + db).code == 0)
    let path = folder.path("new.xlsx")
    #expect(
      try Program.run(["report", "inventory", "--format", "rvtools", "--cluster", "new", "--out", path] + db).code == 0)
    let book = try book(path)
    #expect(book["vInfo"]?.arrayValue?.map { $0["VM"] } == ["web1"])
    #expect(book["vHost"]?.arrayValue?.map { $0["Host"] } == ["esx03"])
    #expect(book["vCluster"]?.arrayValue?.map { $0["Name"] } == ["new"])
    let before = try Program.run(
      ["report", "inventory", "--format", "rvtools", "--at", "2020-01-01T00:00:00Z", "--out", folder.path("old.xlsx")] + db)
    #expect(before.code == 3 && before.errors.contains("no inventory is known"), "\(before.errors)")
    #expect(!FileManager.default.fileExists(atPath: folder.path("old.xlsx")))
  }

  /// Nothing in the column would say that EVC is off.
  @Test func wherePartOfEVCIsUnknownItsColumnIsLeftOut() throws {
    let folder = try ScratchFolder()
    func host(_ id: Int, _ evc: String?) -> String {
      let value = evc.map { #",{"name":"summary.currentEVCModeKey","op":"assign","val":\#($0)}"# } ?? ""
      let name = #"{"name":"name","op":"assign","val":"esx\#(id)"}"#
      return
        #"{"kind":"enter","obj":{"type":"HostSystem","value":"host-\#(id)"},"changeSet":[\#(name)\#(value)]}"#
    }
    let cases = [
      (host(1, #""intel-merom""#) + host(2, nil), false, true), (host(1, nil) + host(2, nil), false, false),
      (host(1, #""intel-merom""#) + host(2, "null"), true, false),
    ]
    for (number, (text, isThere, isTold)) in cases.enumerated() {
      let file = try folder.write(text, to: "hosts\(number).json")
      let path = folder.path("\(number).xlsx")
      let result = try write("--from", file, to: path)
      #expect(result.code == 0 && result.errors.contains("of 1 host it is not known") == isTold, "\(result.errors)")
      let hosts = try #require(book(path)["vHost"]?.arrayValue)
      #expect(hosts.map { $0["Current EVC"] } == (isThere ? ["intel-merom", .null] : [nil, nil]))
    }
  }

  @Test func whatCannotBeWrittenIsRefused() throws {
    let folder = try ScratchFolder()
    let there = try folder.write("mine", to: "there.xlsx")
    let exists = try write("--from", "clusters/everything.json", to: there)
    #expect(exists.code == 5 && exists.errors.contains("is there already"))
    #expect(try String(contentsOfFile: there, encoding: .utf8) == "mine")
    for (arguments, code) in [
      (["--format", "excel", "--out", "x"], 64), (["--out", "x"], 64), (["--format", "rvtools"], 64),
      (["--format", "rvtools", "--out", folder.path("a"), "--cluster", "nobody"], 3),
      (["--format", "rvtools", "--out", folder.path("a"), "--source", "nobody"], 3),
      (["--format", "rvtools", "--out", folder.path("a"), "--from", "vcenter-a/govc-events.xml", "--source", " "], 64),
    ] as [([String], Int32)] {
      let result = try Program.run(["report", "inventory", "--from", "clusters/everything.json"] + arguments)
      #expect(result.code == code, "\(arguments) \(result.errors)")
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == ["there.xlsx"])
  }
}

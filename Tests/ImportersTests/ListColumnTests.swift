import Inventory
import TestSupport
import Testing

@testable import Importers

/// The columns of lists of events and moves, whatever scripts call them.
@Suite struct ListColumnTests {
  private func format(_ text: String, _ columns: String? = nil) throws -> ImportFormat? {
    let folder = try ScratchFolder()
    let path = InputPath(try folder.write(text, to: "list.csv"))
    return try ImportFormat.recognise(path: path, columns: columns.map { try ColumnChoice(parsing: $0) })
  }

  @Test(
    "Lists are known by what their columns are",
    arguments: [
      ("VM Name,Event Time,Event Message\n", ImportFormat.powerCLIEvents), ("Created_Time;Message\n", .powerCLIEvents),
      ("#TYPE X\nTime,VM,Source Host,Destination Host\n", .powerCLIMoves),
      ("Name,Type,SrcHost,DstHost,SrcDS,DstDS,Duration,StartTime,EndTime,Username,ChainID\n", .powerCLIMoves),
      ("Date,VirtualMachine,From,To\n", .powerCLIMoves),
    ])
  func listsAreKnown(header: String, expected: ImportFormat) throws {
    #expect(try format(header + "a,b,c\n") == expected)
  }

  @Test(
    "What a person says counts",
    arguments: [
      ("When,What\na,b\n", "time=When,message=What", ImportFormat.powerCLIEvents),
      ("Wann;Gast;Vorher;Nachher\na;b;c;d\n", "time=Wann,vm=Gast,source_host=Vorher,target_host=Nachher", .powerCLIMoves),
    ])
  func columnsCanBeSaid(text: String, columns: String, expected: ImportFormat) throws {
    #expect(try format(text, columns) == expected)
    #expect(try format(text) == nil)
  }

  @Test(
    "A choice that cannot be is refused with what there is",
    arguments: [
      ("time=When,message=Text", "\"Text\""), ("time=When", "--columns has to name"), ("tim=When", "\"tim=When\" is none"),
      ("time", "needs pairs"), ("time=a,time=b", "twice"), ("", "names no column"),
    ])
  func wrongChoicesAreRefused(columns: String, words: String) throws {
    let error = #expect(throws: YadokariError.self) { try format("When,What\na,b\n", columns) }
    #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
  }

  @Test(
    "A row with both ends of a move is a move that began and ended",
    arguments: [
      "StartTime,EndTime\n2026-03-14 02:10:11,2026-03-14 02:10:25", "StartTime,Duration\n2026-03-14 02:10:11,00:00:14",
    ])
  func bothEndsAreTold(times: String) throws {
    let lines = times.split(separator: "\n")
    let text = "Name,SrcHost,DstHost,\(lines[0])\nsql07,a,b,\(lines[1])\n"
    let folder = try ScratchFolder()
    let path = InputPath(try folder.write(text, to: "list.csv"))
    var records: [SparseRecord] = []
    try PowerCLIReader(path: path, dateOrder: nil, zone: "UTC").forEachRecord { item in
      if case .piece(let record, _) = item { records.append(record) }
    }
    #expect(records.map(\.move) == [.began, .ended])
    #expect(records.map { $0.at.wholeSeconds - records[0].at.wholeSeconds } == [0, 14])
    #expect(records.map { $0.host?.name } == ["a", "b"] && records.map { $0.otherHost?.name } == ["b", "a"])
  }
}

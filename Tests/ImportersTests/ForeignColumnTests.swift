import Inventory
import Ledger
import TestSupport
import Testing

@testable import Importers

/// What a list's columns hold and no field of ours takes is kept, and what was not used is not recorded as used.
@Suite struct ForeignColumnTests {
  @Test(arguments: [
    (
      "Key,CreatedTime,Datacenter,ObjectId,FullFormattedMessage\n7,2026-11-23T11:18:51Z,DC9,host-7,hello\n",
      ["DC9", "host-7"]
    ),
    (
      "CreatedTime,Type,UserName,VM,SrcVMHost,TgtVMHost,SrcDatastore,TgtDatastore,Key,Notes\n"
        + "2026-11-23T11:18:52Z,vMotion,alice,db1,esx1,esx2,ds1,,77,keepme\n", ["keepme", "\"foreign_key\":\"77\""]
    ),
  ])
  func columnsThatNothingTakesAreKept(text: String, kept: [String]) async throws {
    let ledger = try memoryLedger()
    _ = try await read(text: text, into: ledger)
    var found = ""
    try ledger.read { reader in
      try reader.forEachRecordedEvent(EventFilter()) { event in
        found += event.event.detail?.compactText ?? ""
        found += event.event.foreignKey.map { "\"foreign_key\":\"\($0)\"" } ?? ""
      }
    }
    for word in kept { #expect(found.contains(word), "\(word) in \(found)") }
  }

  @Test func aZoneThatAFormatDoesNotNeedIsNotRecorded() async throws {
    let ledger = try memoryLedger()
    _ = try await read(Sparse.path("govc-events.json"), into: ledger, zone: "Asia/Tokyo")
    let zones = try ledger.read { try $0.imports().map(\.zone) }
    #expect(zones == [nil])
  }
}

import Foundation
import Inventory
import TestSupport
import Testing

@testable import Ledger

/// A ledger that was made and that nothing came into.
@Suite struct NewLedgerTests {
  private func left(_ folder: ScratchFolder) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.url.path).sorted()
  }

  @Test func itIsRemovedWithAllThatLiesBesideIt() throws {
    let folder = try ScratchFolder()
    let ledger = try Ledger.create(folder.path("a.db"), now: testNow)
    #expect(try left(folder) == ["a.db", "a.db-shm", "a.db-wal"])
    ledger.removeIfUnfilled()
    #expect(try left(folder).isEmpty)
    ledger.removeIfUnfilled()
  }

  @Test func oneThatIsUsedByAnotherProcessStaysUntilThatEnds() throws {
    let folder = try ScratchFolder()
    let ledger = try Ledger.create(folder.path("a.db"), now: testNow)
    let (input, output) = (Pipe(), Pipe())
    let other = Process()
    other.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    other.arguments = ["sqlite3", folder.path("a.db")]
    (other.standardInput, other.standardOutput) = (input, output)
    try other.run()
    try input.fileHandleForWriting.write(contentsOf: Data("SELECT count(*) FROM event;\n.print here\n".utf8))
    var said = ""
    while !said.contains("here"), case let data = output.fileHandleForReading.availableData, !data.isEmpty {
      said += String(decoding: data, as: UTF8.self)
    }
    ledger.removeIfUnfilled()
    #expect(said == "0\nhere\n" && FileManager.default.fileExists(atPath: folder.path("a.db")))
    try input.fileHandleForWriting.close()
    other.waitUntilExit()
    ledger.removeIfUnfilled()
    #expect(try left(folder).isEmpty)
  }

  @Test func oneWithAnEventStaysAndSoDoesOneThatWasThere() async throws {
    let folder = try ScratchFolder()
    let filled = try Ledger.create(folder.path("a.db"), now: testNow)
    try await filled.write(at: testNow) { _ = try $0.append(Event(occurredAt: testNow, type: .ledgerGap)) }
    filled.removeIfUnfilled()
    _ = try Ledger.create(folder.path("b.db"), now: testNow)
    for found in [
      try Ledger.create(folder.path("b.db"), now: testNow), try Ledger.open(folder.path("b.db"), for: .write, now: testNow),
    ] {
      found.removeIfUnfilled()
    }
    #expect(try left(folder).filter { $0.hasSuffix(".db") } == ["a.db", "b.db"])
  }

  /// Whoever waits for the lock finds that the file has gone, and keeps nothing in it.
  @Test func whatIsWrittenToOneThatWasRemovedIsAnError() async throws {
    let folder = try ScratchFolder()
    let ledger = try Ledger.create(folder.path("a.db"), now: testNow)
    ledger.removeIfUnfilled()
    await #expect(throws: YadokariError.self) {
      try await ledger.write(at: testNow) { _ = try $0.append(Event(occurredAt: testNow, type: .ledgerGap)) }
    }
  }

  @Test func aMakingThatFailsLeavesNothing() throws {
    let folder = try ScratchFolder()
    let text = Array("CREATE TABLE event (seq); CREATE TABLE event (seq);".utf8)
    let schema = text.withUnsafeBufferPointer { bytes in
      Schema(current: Schema.File(name: "bad.sql", bytes: bytes), migrations: Schema.builtIn.migrations)
    }
    #expect(throws: YadokariError.self) { try Ledger.create(folder.path("a.db"), now: testNow, schema: schema) }
    #expect(try left(folder).isEmpty)
  }
}

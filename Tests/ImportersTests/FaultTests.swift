import FaultSQLite
import Foundation
import Inventory
import Ledger
import TestSupport
import Testing

@testable import Importers

/// A call to the disk fails, or memory has run out, once at every step of an import: the file holds all of it or nothing,
/// the error says what happened, and the same import, repeated, completes it.
///
/// The steps are taken evenly out of thousands; `YADOKARI_FAULT_STEPS` says of how many, a million takes each.
@Suite(.serialized) struct FaultTests {
  struct DiskFault: Sendable, CustomTestStringConvertible {
    let name: String
    let kinds: Int
    let manner: fault_manner

    var testDescription: String { name }
  }

  static let diskFaults = [
    DiskFault(name: "write", kinds: fault_write, manner: fault_error),
    DiskFault(name: "write, disk full", kinds: fault_write, manner: fault_full),
    DiskFault(name: "half a write", kinds: fault_write, manner: fault_short),
    DiskFault(name: "sync", kinds: fault_sync, manner: fault_error),
    DiskFault(name: "truncate, delete", kinds: fault_truncate | fault_delete, manner: fault_error),
    DiskFault(name: "open", kinds: fault_open, manner: fault_error),
    DiskFault(name: "shared memory", kinds: fault_shm, manner: fault_error),
    DiskFault(name: "shared memory, disk full", kinds: fault_shm, manner: fault_full),
    DiskFault(name: "read", kinds: fault_read, manner: fault_error),
  ].map { DiskFault(name: $0.name, kinds: Int($0.kinds), manner: $0.manner) }

  @Test(arguments: diskFaults, [false, true]) func theDiskFails(fault: DiskFault, isFilled: Bool) async throws {
    try #require(fault_files_install() == 0)
    defer { fault_files_arm("", 0, 0, fault_error) }
    try await FaultSweep(isFilled: isFilled, samples: 5).run(
      arm: { folder, step in fault_files_arm(folder, Int32(fault.kinds), step, fault.manner) },
      disarm: {
        defer { fault_files_arm("", 0, 0, fault_error) }
        return fault_files_count()
      })
  }

  @Test func memoryFails() async {
    // Its own process: the allocator can only be changed before SQLite is used.
    await #expect(processExitsWith: .success) {
      try #require(fault_memory_install() == 0)
      for (isFilled, length) in [(false, 1), (true, 1), (true, 1_000_000)] {
        try await FaultSweep(isFilled: isFilled, samples: 20).run(
          arm: { _, step in fault_memory_arm(step, length) },
          disarm: {
            defer { fault_memory_arm(0, 0) }
            return fault_memory_count()
          })
      }
    }
  }
}

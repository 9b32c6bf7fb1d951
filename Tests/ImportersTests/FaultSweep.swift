import Foundation
import Inventory
import Ledger
import TestSupport
import Testing

@testable import Importers

/// An import of two files that is tried again and again, with a fault at another step each time.
struct FaultSweep {
  /// Whether the ledger holds an earlier import already; else it is made with the import.
  let isFilled: Bool
  /// Steps at which the fault is tried, evenly out of all.
  let samples: Int

  private static let earlier = Project.fixture("stories/two-hosts/govc-collect-vms.json")
  private static let files = ["govc-collect-hosts.json", "govc-events.xml"].map {
    Project.fixture("stories/two-hosts/\($0)")
  }

  /// - Parameters:
  ///   - arm: makes the call of this number fail, in files below a folder; 0 for none.
  ///   - disarm: lets nothing fail any more, and says how many calls were counted.
  func run(arm: (_ folder: String, _ step: Int) -> Void, disarm: () -> Int) async throws {
    let before = isFilled ? try await events(importing: [Self.earlier]) : 0
    let added = try await [events(importing: [Self.files[0]]), events(importing: [Self.files[1]])]
    let calls = try await attempt(step: 0, arm: arm, disarm: disarm).calls
    try #require(calls > 0)
    let wanted = ProcessInfo.processInfo.environment["YADOKARI_FAULT_STEPS"].flatMap { Int($0) } ?? samples
    for step in stride(from: 1, through: calls, by: max(1, calls / wanted)) {
      let (folder, met, errors) = try await attempt(step: step, arm: arm, disarm: disarm)
      #expect(met >= step, "the fault was not met")
      let path = folder.path("a.db")
      for error in errors.compactMap(\.self) {
        #expect(error.message.contains(path), "step \(step): \(error.message)")
      }
      // A file whose import failed is there as a whole, or nothing of it.
      let possible = (0..<4).filter { set in errors.indices.allSatisfy { errors[$0] != nil || set >> $0 & 1 == 1 } }
        .map { set in before + (set & 1 == 1 ? added[0] : 0) + (set & 2 == 2 ? added[1] : 0) }
      let kept = try held(path, step: step)
      #expect(possible.contains(kept), "step \(step): \(kept) events, \(errors)")
      let reports = try await importer(Ledger.create(path, now: testNow)).run(paths: Self.files)
      #expect(reports.allSatisfy { $0.error == nil }, "step \(step): \(reports.compactMap(\.error))")
      #expect(try held(path, step: step) == before + added[0] + added[1], "step \(step)")
    }
  }

  /// One import with a fault, and what went wrong with each file. What is thrown and what is reported is the same to a person.
  private func attempt(
    step: Int, arm: (String, Int) -> Void, disarm: () -> Int
  ) async throws -> (folder: ScratchFolder, calls: Int, errors: [YadokariError?]) {
    let folder = try ScratchFolder(inMemory: true)
    let path = folder.path("a.db")
    if isFilled { _ = try await importer(Ledger.create(path, now: testNow)).run(paths: [Self.earlier]) }
    var errors: [YadokariError?]
    arm(folder.url.path, step)
    do {
      errors = try await importer(Ledger.create(path, now: testNow)).run(paths: Self.files).map(\.error)
    } catch let failure as YadokariError {
      errors = Self.files.map { _ in failure }
    }
    return (folder, disarm(), errors)
  }

  private func importer(_ ledger: Ledger) -> Importer {
    Importer(into: ledger, options: ImportOptions(at: testNow), now: testNow)
  }

  private func events(importing files: [String]) async throws -> Int64 {
    let ledger = try memoryLedger()
    _ = try await importer(ledger).run(paths: files)
    return try ledger.read { try $0.chainHead().seq }
  }

  /// How many events the file holds; it must be sound, or not be a ledger yet.
  private func held(_ path: String, step: Int) throws -> Int64 {
    let ledger: Ledger
    do {
      ledger = try Ledger.open(path, for: .read, now: testNow)
    } catch let error as YadokariError where error.code == .notFound || error.message.contains("holds nothing yet") {
      return 0
    }
    return try ledger.read { reader in
      #expect(try reader.check().problems == [], "step \(step)")
      #expect(try reader.verifyChain(wanted: nil).firstBad == nil, "step \(step)")
      return try reader.chainHead().seq
    }
  }
}

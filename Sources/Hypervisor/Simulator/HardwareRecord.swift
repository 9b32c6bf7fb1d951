internal import Foundation
internal import Inventory

/// The hardware's own record, in a file beside the database: the scenario, each order that reached a host, and when a play
/// of it ended. From it the hardware is played again as it was, whatever became of the service.
package final class HardwareRecord {
  /// An order that reached its host, or the end of a play.
  struct Arrival: Codable {
    /// Microseconds since 1970.
    let at: Int64
    /// Happenings in the hardware before it.
    let step: Int
    /// Nil at the end of a play.
    let order: Order?

    var isPossible: Bool { at >= 0 && at <= Instant.distantFuture.microseconds && step >= 0 }
  }

  private struct Head: Codable {
    let scenario: String
    /// Nil in records of older versions.
    var file: String?
  }

  /// What a play is of.
  package struct Origin: Sendable {
    /// The text of the scenario file.
    package let scenario: String
    /// The name of the file, as it was given; nil where an older version began the play.
    package let file: String?
  }

  private let path: String
  private let file: FileHandle
  /// What the play is of.
  package let origin: Origin
  /// Whether somebody only looks: then nothing is written, nor tidied.
  private let isReadOnly: Bool
  private let encoder = JSONEncoder()
  /// How far the last play had come, while no order came after it.
  private var end: Arrival?

  /// Where the record of a database's hardware lies.
  package static func path(besides database: String) -> String { database + ".hardware" }

  /// Begins the record of a play, beside the database and with its rights. It gets its name when its first line is whole.
  /// - Parameters:
  ///   - database: its path.
  ///   - scenario: the text of the scenario file.
  ///   - name: the name of that file, for messages and the import.
  /// - Throws: `conflict` where there is a record already, `failed` where it cannot be written.
  package init(besides database: String, scenario: String, file name: String) throws {
    path = Self.path(besides: database)
    guard !FileManager.default.fileExists(atPath: path) else {
      throw YadokariError(
        .conflict, "\(path) is there already, the hardware of another play; remove it or name another database")
    }
    let part = path + ".part"
    var original = stat()
    let rights = stat(database, &original) == 0 ? original.st_mode & 0o777 : nil
    guard let file = FileHandle.empty(part, rights: rights) else {
      throw YadokariError(.failed, "\(path) cannot be written; check that the folder exists and may be written")
    }
    self.file = file
    isReadOnly = false
    origin = Origin(scenario: scenario, file: name)
    encoder.outputFormatting = .sortedKeys
    do {
      try write(Head(scenario: scenario, file: name))
      try file.synchronize()
      try FileManager.default.moveItem(atPath: part, toPath: path)
    } catch {
      try? FileManager.default.removeItem(atPath: part)
      throw YadokariError(.failed, "\(path) cannot be written (\(error.localizedDescription)); make room, and try again")
    }
  }

  /// Opens a record, to go on with it.
  /// - Parameter path: of the record itself.
  /// - Throws: `notFound` where there is no such file, `failed` where it is damaged.
  package init(continuing path: String, isReadOnly: Bool = false) throws {
    self.path = path
    self.isReadOnly = isReadOnly
    guard FileManager.default.fileExists(atPath: path) else {
      throw YadokariError(.notFound, "there is no \(path): the hardware of this database is not simulated")
    }
    guard let file = isReadOnly ? FileHandle(forReadingAtPath: path) : FileHandle(forUpdatingAtPath: path) else {
      throw YadokariError(.failed, "\(path) cannot be opened; check its rights")
    }
    self.file = file
    guard let line = try Self.lines(of: file).whole.first, let head = try? JSONDecoder().decode(Head.self, from: line) else {
      throw YadokariError(.failed, "\(path), line 1: no scenario; play it again with \"yadokari sim run\"")
    }
    origin = Origin(scenario: head.scenario, file: head.file)
    encoder.outputFormatting = .sortedKeys
  }

  /// Removes the record of a play that was cut off before its first order, so that it can begin again.
  package static func removeUnbegun(_ path: String) throws {
    guard let file = FileHandle(forUpdatingAtPath: path), try lines(of: file).whole.count < 2 else { return }
    try FileManager.default.removeItem(atPath: path)
  }

  /// Plays the hardware again up to the last order that reached it, or the end of a play, and records what follows.
  package func resume(_ simulator: Simulator) throws {
    let (lines, length) = try Self.lines(of: file)
    for (number, line) in lines.enumerated().dropFirst() {
      guard let arrival = try? JSONDecoder().decode(Arrival.self, from: line), arrival.isPossible else {
        throw YadokariError(
          .failed, "\(path), line \(number + 1): no order; play the scenario again with \"yadokari sim run\"")
      }
      simulator.play(arrival)
      end = arrival.order == nil ? arrival : nil
    }
    if isReadOnly { return }
    try file.truncate(atOffset: length)
    try file.seekToEnd()
    listen(to: simulator)
  }

  /// Writes each order down before it is carried out.
  package func listen(to simulator: Simulator) {
    simulator.onArrival = { [unowned simulator] order in
      do {
        self.end = nil
        try self.write(Arrival(at: simulator.now.microseconds, step: simulator.steps, order: order))
      } catch {
        throw YadokariError(
          .failed, "\(self.path) cannot be written (\(error.localizedDescription)); make room, then \"yadokari sim resume\"")
      }
    }
  }

  /// Writes down how far a play has come: the next one goes on from there, though no order tells of that time. One that came
  /// no further leaves the record as it is.
  package func note(_ simulator: Simulator) throws {
    let now = Arrival(at: simulator.now.microseconds, step: simulator.steps, order: nil)
    guard now.at != end?.at || now.step != end?.step else { return }
    try write(now)
    end = now
  }

  /// The whole lines, and how many bytes they have; one that was being written when the service died does not count.
  private static func lines(of file: FileHandle) throws -> (whole: [Data], length: UInt64) {
    try file.seek(toOffset: 0)
    let content = try file.readToEnd() ?? Data()
    guard let end = content.lastIndex(of: 0x0a) else { return ([], 0) }
    return (content[..<end].split(separator: 0x0a).map { Data($0) }, UInt64(end + 1))
  }

  private func write(_ line: some Encodable) throws {
    try file.write(contentsOf: encoder.encode(line) + [0x0a])
  }
}

extension Simulator {
  /// Lets happen what happened before an order, and the order reach its host again.
  func play(_ arrival: HardwareRecord.Arrival) {
    while steps < arrival.step, queue.first != nil { _ = step(until: .distantFuture) }
    now = max(now, Instant(microseconds: arrival.at))
    if let order = arrival.order { arrive(order) }
    forgetMessages()
  }
}

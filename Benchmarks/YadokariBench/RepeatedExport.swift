internal import Foundation
internal import Inventory

/// An export of any size, made by repeating a sample of `govc events -xml`. Keys, chains and times move on with each
/// repetition, so every record is new; the names stay.
struct RepeatedExport {
  private enum Piece {
    case same([UInt8])
    case number(Int64)
    case time(Instant)
  }

  private var pieces: [Piece] = []
  private let sampleSize: Int
  private var records = 0
  private var highestKey: Int64 = 0
  private var (first, last) = (Instant.distantFuture, Instant.distantPast)

  init(sample: String) throws {
    guard let text = try? String(contentsOfFile: sample, encoding: .utf8) else {
      throw BenchError("the sample \(sample) cannot be read; name another with --sample")
    }
    sampleSize = text.utf8.count
    var same: [UInt8] = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if let (tag, piece) = varying(line) {
        pieces += [.same(same + "  <\(tag)>".utf8), piece]
        same = Array("</\(tag)>\n".utf8)
      } else {
        same += Array(line.utf8) + [0x0a]
      }
    }
    // What splits off behind the last line break is no line.
    pieces.append(.same(same.dropLast(same.suffix(2) == [0x0a, 0x0a] ? 1 : 0)))
    guard records > 0 else { throw BenchError("the sample \(sample) has no records in the form of govc events -xml") }
  }

  /// The piece for a line that is not the same in every repetition: one of these fields of the record itself.
  private mutating func varying(_ line: Substring) -> (tag: String, piece: Piece)? {
    for tag in ["key", "chainId", "createdTime"] where line.hasPrefix("  <\(tag)>") && line.hasSuffix("</\(tag)>") {
      let value = line.dropFirst(tag.count + 4).dropLast(tag.count + 3)
      if tag == "createdTime" {
        guard let time = Instant(rfc3339: String(value)) else { return nil }
        (first, last) = (min(first, time), max(last, time))
        return (tag, .time(time))
      }
      guard let number = Int64(value) else { return nil }
      if tag == "key" {
        records += 1
        highestKey = max(highestKey, number)
      }
      return (tag, .number(number))
    }
    return nil
  }

  /// Writes about `size` bytes.
  /// - Returns: how many bytes and records they are.
  func write(to path: String, size: Int) throws -> (bytes: Int, records: Int) {
    guard let file = fopen(path, "w") else { throw BenchError("\(path) cannot be written") }
    defer { fclose(file) }
    let repetitions = max(1, size / sampleSize)
    let period = last.seconds(since: first) + 60
    var bytes = 0
    for repetition in 0..<repetitions {
      for piece in pieces {
        let text: [UInt8]
        switch piece {
        case .same(let same): text = same
        case .number(let number): text = Array(String(number + Int64(repetition) * highestKey).utf8)
        case .time(let time): text = Array(time.adding(seconds: Double(repetition) * period).description.utf8)
        }
        guard fwrite(text, 1, text.count, file) == text.count else { throw BenchError("no space is left for \(path)") }
        bytes += text.count
      }
    }
    return (bytes, records * repetitions)
  }
}

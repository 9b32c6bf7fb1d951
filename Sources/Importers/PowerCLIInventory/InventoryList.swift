internal import Foundation
internal import Inventory

/// A list of objects that `Get-VM`, `Get-VMHost`, `Get-Datastore` or `Get-Cluster` gave, through `Export-Csv`.
struct InventoryList {
  let path: InputPath
  let kind: InventoryListKind
  private let separator: UInt8
  private let columns: [String: Int]
  private let width: Int
  private let headerLine: Int

  /// Nil for a file that is none.
  init?(path: InputPath) throws {
    for separator in CSVHeader.separators {
      let reader = try CSVRowReader(path: path, separator: separator)
      // `#TYPE …` and `sep=;` may stand before the names.
      for _ in 0..<3 {
        guard case .piece(let row, let line)? = try reader.next() else { break }
        let names = row.map { ListColumn.canonical($0) }
        guard let kind = InventoryListKind(columns: Set(names)) else { continue }
        (self.path, self.kind, self.separator, headerLine, width) = (path, kind, separator, line, row.count)
        columns = Dictionary(names.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        return
      }
    }
    return nil
  }

  /// Calls `body` with each row, or with what keeps one from being used.
  func forEachRow(_ body: (ReadItem<Row>) throws -> Void) throws {
    let reader = try CSVRowReader(path: path, separator: separator)
    while let item = try reader.next() {
      switch item {
      case .broken(let reason, let line): if line > headerLine { try body(.broken(reason: reason, line: line)) }
      case .piece(let fields, let line):
        guard line > headerLine, fields.contains(where: { !$0.trimmed.isEmpty }) else { continue }
        if let reason = CSVHeader.misfit(fields, under: width, hasLineEnd: reader.hasLineEnd) {
          try body(.broken(reason: reason, line: line))
        } else {
          try body(.piece(Row(fields: fields, columns: columns, line: line), line: line))
        }
      }
    }
  }

  /// One object.
  struct Row {
    fileprivate let fields: [String]
    fileprivate let columns: [String: Int]
    let line: Int

    fileprivate init(fields: [String], columns: [String: Int], line: Int) {
      (self.fields, self.columns, self.line) = (fields, columns, line)
    }

    func has(_ names: String...) -> Bool { names.contains { columns[$0] != nil } }

    /// The text of the first of these columns that is set.
    func text(_ names: String...) -> String? {
      names.lazy.compactMap { columns[$0] }.compactMap { CSVHeader.text(fields, at: $0) }.first
    }

    /// A number, with a point or with a comma; nil where there is none that an amount can be.
    func number(_ name: String) -> Double? {
      guard let text = text(name)?.replacing(",", with: "."), let number = Double(text), number >= 0, number <= 0x1p34
      else { return nil }
      return number
    }

    func count(_ name: String) -> Int64? { number(name).map { Int64($0.rounded()) } }

    /// Bytes by a column in GB, which are GiB there, or one in MB; nil for more than 16 PiB, so that sums fit into 64 bits.
    func bytes(gb: String, mb: String) -> Int64? {
      guard let size = number(gb).map({ $0 * 1_073_741_824 }) ?? number(mb).map({ $0 * 1_048_576 }), size <= 0x1p54 else {
        return nil
      }
      return Int64(size.rounded())
    }

    /// The same in MiB.
    func mib(gb: String, mb: String) -> Int64? { bytes(gb: gb, mb: mb).map { ($0 + 524_288) >> 20 } }

    func flag(_ name: String) -> Bool? {
      switch text(name)?.lowercased() {
      case "true": true
      case "false": false
      default: nil
      }
    }

    /// The vCenter's id of an object: `VirtualMachine-vm-101` is vm-101; empty where the column has none.
    func id(_ names: String...) -> String {
      for name in names {
        guard let text = text(name), let dash = text.firstIndex(of: "-"), text[..<dash].allSatisfy(\.isLetter) else {
          continue
        }
        let rest = text[text.index(after: dash)...]
        if rest.contains("-") { return String(rest) }
      }
      return ""
    }

    /// The name of the vCenter, from `Uid`: `/VIServer=lab\ops@vc01.example:443/VirtualMachine=VirtualMachine-vm-101/`.
    var server: String? {
      guard let uid = text("uid"), let begin = uid.range(of: "VIServer=") else { return nil }
      let rest = uid[begin.upperBound...].prefix { $0 != "/" }
      let host = (rest.split(separator: "@").last ?? rest).prefix { $0 != ":" }
      return host.isEmpty ? nil : String(host)
    }
  }
}

/// Reads the records of a `govc events -xml` file one after the other.
struct XMLEventReader {
  private var splitter: XMLDocumentSplitter
  /// What was read and not yet given away, the next one last.
  private var ready: [ReadItem<ForeignRecord>] = []

  /// Documents are parsed in runs of about this size: starting a parser costs more than reading a record.
  private static let runSize = 1 << 18
  private static let runLength = 1024

  init(path: InputPath) throws { splitter = try XMLDocumentSplitter(path: path) }

  /// The next record, or a place where there should have been one; nil at the end.
  mutating func next() throws -> ReadItem<ForeignRecord>? {
    if ready.isEmpty { try fill() }
    return ready.popLast()
  }

  private mutating func fill() throws {
    var run: [UInt8] = []
    var lengths: [(count: Int, line: Int)] = []
    while run.count < Self.runSize, ready.count + lengths.count < Self.runLength, let item = try splitter.next() {
      switch item {
      case .piece(let document, let line):
        run.append(contentsOf: document)
        lengths.append((document.count, line))
      case .broken(let reason, let line):
        parse(run, lengths)
        (run, lengths) = ([], [])
        ready.append(.broken(reason: reason, line: line))
      }
    }
    parse(run, lengths)
    ready.reverse()
  }

  /// Parses a run at once; where it is not well-formed, each document alone, to find the bad one.
  private mutating func parse(_ run: [UInt8], _ documents: [(count: Int, line: Int)]) {
    guard !documents.isEmpty else { return }
    if let records = XMLRecordParser.records(in: run), records.count == documents.count {
      for (record, document) in zip(records, documents) { ready.append(.piece(record, line: document.line)) }
      return
    }
    var start = 0
    for document in documents {
      let bytes = Array(run[start..<(start + document.count)])
      start += document.count
      if !XMLRecordParser.isUTF8(bytes) {
        ready.append(.broken(reason: "not UTF-8", line: document.line))
      } else if let record = XMLRecordParser.records(in: bytes)?.first {
        ready.append(.piece(record, line: document.line))
      } else {
        ready.append(.broken(reason: "not well-formed XML", line: document.line))
      }
    }
  }
}

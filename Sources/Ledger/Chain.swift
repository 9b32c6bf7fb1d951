internal import Inventory
internal import SQLite

extension Connection {
  func chainHead() throws -> ChainHead {
    try first("SELECT seq, hash FROM event ORDER BY seq DESC LIMIT 1") {
      ChainHead(seq: $0.int(0), hash: ChainHash(bytes: $0.blob(1)))
    } ?? ChainHead(seq: 0, hash: .origin)
  }

  func sourceNames() throws -> [Int64: String] {
    Dictionary(uniqueKeysWithValues: try all("SELECT id, name FROM source") { ($0.int(0), $0.text(1)) })
  }
}

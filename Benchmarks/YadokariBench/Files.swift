internal import Foundation

/// Removes a database with what stands beside it; none is fine.
func removeDatabase(_ path: String) throws {
  for suffix in ["", "-wal", "-shm"] where FileManager.default.fileExists(atPath: path + suffix) {
    try FileManager.default.removeItem(atPath: path + suffix)
  }
}

/// Bytes of a database with what stands beside it.
func databaseSize(_ path: String) -> Int { ["", "-wal"].reduce(0) { $0 + fileSize(path + $1) } }

/// Bytes of a file; 0 where there is none.
func fileSize(_ path: String) -> Int {
  let attributes = try? FileManager.default.attributesOfItem(atPath: path)
  return (attributes?[.size] as? NSNumber)?.intValue ?? 0
}

internal import Crypto
internal import Ledger

/// SHA-256 of what a file says, in hexadecimal: unpacked and in UTF-8, so that a compressed copy is the same.
func fileDigest(path: InputPath) throws -> String {
  let file = try ChunkedFile(path: path)
  var hash = SHA256()
  while let data = try file.next() { hash.update(data: data) }
  return hash.finalize().hexadecimal
}

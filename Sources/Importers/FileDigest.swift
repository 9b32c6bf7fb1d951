internal import Crypto
internal import Ledger

/// SHA-256 of a file's content, in hexadecimal.
func fileDigest(path: String) throws -> String {
  let file = try ChunkedFile(path: path)
  var hash = SHA256()
  while let data = try file.next() { hash.update(data: data) }
  return hash.finalize().hexadecimal
}

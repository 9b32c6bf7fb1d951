/// What is wrong with a compressed file. Found in a folder, too, it is an error: what is in it nobody can know.
struct GzipDamage: Error, CustomStringConvertible {
  let problem: String

  var description: String { "the compressed file \(problem); nothing of it was kept, copy or export it again" }
}

/// What is wrong with a zip archive. Found in a folder, too, it is an error: what is in it nobody can know.
struct ZipDamage: Error, CustomStringConvertible {
  let problem: String

  var description: String { "\(problem); nothing of it was kept, copy or export it again" }
}

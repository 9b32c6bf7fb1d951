internal import Inventory

extension LedgerTransaction {
  /// The source that a file's records belong to, created where it is new.
  ///
  /// A given name wins. Else the vCenter's own id decides, where the file carries one: the source that has it, or the one
  /// provisional source, which adopts it. Else it is the only source there is; with none, a provisional one begins. A
  /// cluster that a file describes, such as that of a play, is no vCenter: it is joined only by name.
  /// - Throws: `usage` where several sources fit, with their list; `refused` where a named source has another id.
  package func source(named name: String?, instanceUUID: String?) throws -> Source {
    let known = try connection.foreignSources()
    if let name {
      guard !name.isEmpty, name != Source.own.name, !name.unicodeScalars.contains("\0") else {
        throw YadokariError(.usage, "\"\(name)\" cannot name a source; choose another --source")
      }
      guard let source = known.first(where: { ExactText($0.name) == ExactText(name) }) else {
        guard !Source.isMadeUp(name) else {
          throw YadokariError(.usage, "names such as \"\(name)\" are given by yadokari itself; choose another --source")
        }
        return try connection.insertSource(name: name)
      }
      if let instanceUUID, let own = source.instanceUUID, own != instanceUUID {
        throw YadokariError(
          .refused,
          "source \(name) is the vCenter \(own), but the file comes from \(instanceUUID); give it another --source")
      }
      return source
    }
    if let instanceUUID {
      let same = known.filter { $0.instanceUUID == instanceUUID }
      if same.count == 1 { return same[0] }
      if same.count > 1 { throw ambiguous(same, "several sources have the vCenter id \(instanceUUID)") }
      let provisional = known.filter(\.isProvisional)
      if provisional.count == 1 { return provisional[0] }
      return try connection.insertSource(name: freshName(known))
    }
    let centers = try known.filter { try !connection.isDescribedByFiles($0) }
    // A source whose imports were all retracted was a mistake.
    let live = try centers.filter { try connection.hasLiveImports($0) }
    if live.count > 1 { throw ambiguous(live, "the file does not say which vCenter it comes from") }
    return try live.first ?? centers.last ?? connection.insertSource(name: freshName(known))
  }

  private func ambiguous(_ sources: [Source], _ reason: String) -> YadokariError {
    let list = sources.map(\.name).joined(separator: ", ")
    return YadokariError(.usage, "\(reason); choose with --source: \(list)")
  }

  private func freshName(_ known: [Source]) -> String {
    let taken = Set(known.map(\.name))
    var number = 1
    while taken.contains("\(Source.provisionalPrefix)\(number)") { number += 1 }
    return "\(Source.provisionalPrefix)\(number)"
  }
}

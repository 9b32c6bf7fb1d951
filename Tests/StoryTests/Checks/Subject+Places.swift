import Inventory

/// Where each VM was, and whether it ran.
extension Subject {
  /// Checks the list of VMs at a moment.
  mutating func checkPlaces(at moment: Int64) throws {
    var rows = try product.vms(at: moment).filter(isOurs)
    var open: [Int] = []
    // Of VMs that share a name, and have no ids, each takes the row with its host first: what remains is of the others.
    for number in truth.stays.keys.sorted() {
      guard let stay = truth.stay(number, at: moment), stay.host != nil else { continue }
      let exact = rows.indices.first { index in
        isRow(rows[index], of: number, stay) && isHost(stay.host, rows[index]["host"]?.stringValue, nil)
      }
      guard let exact else {
        open.append(number)
        continue
      }
      let isShown = (truth.shownVMs[number] ?? .max) <= moment
      check(rows.remove(at: exact), number, stay, isShown: isShown && form.isWhole, at: moment)
    }
    for number in open {
      guard let stay = truth.stay(number, at: moment), stay.host != nil else { continue }
      let best = rows.indices.first { isRow(rows[$0], of: number, stay) }
      let isShown = (truth.shownVMs[number] ?? .max) <= moment
      guard let best else {
        if form.isWhole, isShown { complain(.list, "\(stay.name) is not listed at \(Self.time(moment))") }
        continue
      }
      check(rows.remove(at: best), number, stay, isShown: isShown && form.isWhole, at: moment)
    }
    for row in rows { checkLeftOver(row, at: moment) }
  }

  private func isRow(_ row: Product.Row, of number: Int, _ stay: Truth.Stay) -> Bool {
    if let id = row["vm_id"]?.stringValue { return id == "vm-\(number)" }
    return row["vm"]?.stringValue == stay.name
  }

  /// VMs whose happenings the form leaves out: what was inferred of them may be wrong.
  func isUnfollowed(_ number: Int) -> Bool {
    if isHidden.contains(number) { return true }
    switch form {
    case .moves, .motions:
      let hasOther = truth.moves.contains { $0.vm == number && $0.isRestart }
      let names = truth.names[number] ?? []
      let isShared = truth.names.contains { $0.key != number && !$0.value.isDisjoint(with: names) }
      return hasOther || isShared || names.count > 1 || truth.onlyInXML.contains(number)
    case .inventories, .powerCLI: return false
    case .xml, .wholeJSON: return false
    default:
      let namesakes = namesakes(of: number)
      if !isHidden.isDisjoint(with: namesakes) { return true }
      return namesakes.count > 1 && !tellsDatacenters(ofHostsOf: namesakes)
    }
  }

  /// All VMs that ever bore a name which a VM bore, with that VM.
  private func namesakes(of number: Int) -> Set<Int> {
    let names = truth.names[number] ?? []
    return Set(truth.names.filter { !$0.value.isDisjoint(with: names) }.map(\.key)).union([number])
  }

  private mutating func check(
    _ row: Product.Row, _ number: Int, _ stay: Truth.Stay, isShown: Bool, at moment: Int64
  ) {
    guard !isUnfollowed(number) else { return }
    let words = "\(stay.name) at \(Self.time(moment))"
    let host = row["host"]?.stringValue
    if host != nil || isShown, !isHost(stay.host, host, row["host_id"]?.stringValue) {
      complain(.place, "\(words): on \(host ?? "null"), not \(hostName(stay.host) ?? "")")
    }
    guard !form.isMoves, truth.isClear(stay.doubt, of: number) else { return }
    guard !form.isInventories || canSee(stay, at: moment) else { return }
    let power = row["power"]?.stringValue
    if let power, power != stay.power?.rawValue {
      complain(.power, "\(words): \(power), not \(stay.power?.rawValue ?? "gone")")
    }
    let wasHit = truth.outages.contains { outage in
      outage.doubtful.contains(number) || outage.residents.contains(number)
    }
    let isPowerShown = isShown && (truth.shownPowers[number] ?? .max) <= moment
    if power == nil, isPowerShown, tellsPower, !wasHit, !life.isQuiet(number) {
      complain(.power, "\(words): null, not \(stay.power?.rawValue ?? "")")
    }
  }

  /// Whether an inventory of that moment can see a VM: its host answers.
  private func canSee(_ stay: Truth.Stay, at moment: Int64) -> Bool {
    let isAway = truth.outages.contains { $0.host == stay.host && $0.since <= moment && moment < $0.backAt ?? .max }
    return stay.doubt == nil && !isAway
  }

  /// A row of a VM that is not there.
  private mutating func checkLeftOver(_ row: Product.Row, at moment: Int64) {
    let (name, id) = (row["vm"]?.stringValue, row["vm_id"]?.stringValue)
    guard row["host"]?.stringValue != nil || form.isWhole else { return }
    let all = truth.stays.keys.filter { isVM($0, name, id) }
    if all.isEmpty {
      complain(.list, "\(name ?? "?") is listed at \(Self.time(moment)), which never was")
    } else if form.hasEvents || (form == .inventories && part.isRVTools), !all.contains(where: { isUnfollowed($0) }) {
      complain(.list, "\(name ?? "?") \(id ?? "") is listed at \(Self.time(moment)), but is gone or is listed twice")
    }
  }
}

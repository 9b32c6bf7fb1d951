/// Makes a story that fails smaller: leaves out what is not needed for the same complaint.
struct Shrinker {
  let check: StoryCheck
  /// How many smaller stories are tried at most.
  private(set) var triesLeft = 300

  init(_ check: StoryCheck) { self.check = check }

  /// The smallest story found that still gives a complaint of the same form and check.
  mutating func smallest(_ story: Story, _ complaint: Complaint) async -> (story: Story, complaint: Complaint) {
    let narrow = StoryCheck(forms: [complaint.form])
    var (story, complaint) = (story, complaint)
    for part in story.parts.indices {
      var size = max(1, story.parts[part].steps.count / 2)
      while true {
        var at = 0
        while at < story.parts[part].steps.count, triesLeft > 0 {
          triesLeft -= 1
          var smaller = story
          smaller.parts[part].steps.removeSubrange(at..<min(at + size, story.parts[part].steps.count))
          let old = smaller.parts[part]
          var life = Life(old.start, usesInventories: old.usesInventories, losses: old.losses)
          smaller.parts[part].steps = life.play(smaller.parts[part].steps)
          if let same = await narrow.complaints(smaller).first(where: { $0.check == complaint.check }) {
            (story, complaint) = (smaller, same)
          } else {
            at += size
          }
        }
        guard size > 1, triesLeft > 0 else { break }
        size /= 2
      }
    }
    return (story, complaint)
  }

  /// A story as lines of text.
  static func lines(_ story: Story) -> [String] {
    story.parts.flatMap { part in
      let life = part.life()
      var lines = part.source.map { ["source \($0)"] } ?? []
      if part.usesInventories { lines.append("inventories: \(part.isRVTools ? "RVTools" : "govc collect")") }
      if part.hasEventsFirst { lines.append("events before inventories") }
      if part.losses.before > 0 { lines.append("records from \(StoryClock(part.losses.before).govc) on") }
      if !part.losses.types.isEmpty { lines.append("without \(part.losses.types.sorted().joined(separator: ", "))") }
      let named = Set(life.records.compactMap { $0.vm?.id })
      for vm in part.start.vms.values.sorted(by: { $0.number < $1.number }) where named.contains(vm.id) {
        lines.append("  \(vm.id) \(vm.name) on \(part.start.hosts[vm.host]?.name ?? "") (host-\(vm.host))")
      }
      lines += part.steps.map { "  \(StoryClock($0.at).govc) \($0.deed)" }
      lines += life.numbered(from: part.firstKey).map {
        "    \(StoryClock($0.at).govc) \($0.listedType) \($0.vm?.id ?? "-") \($0.host?.id ?? "-"): \($0.text)"
      }
      return lines
    }
  }
}

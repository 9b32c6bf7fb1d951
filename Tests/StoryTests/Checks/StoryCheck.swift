import Foundation
import TestSupport

/// Writes a story out and compares the program's answers with the truth.
struct StoryCheck {
  let forms: [Form]

  /// What is wrong; nothing when all is right.
  func complaints(_ story: Story) async -> [Complaint] {
    let lives = story.parts.map { $0.life() }
    var complaints: [Complaint] = []
    // An empty file is refused: it is no data.
    let isEmpty = lives.contains { $0.numbered(from: 1).isEmpty }
    for form in forms where !isEmpty || form.isInventories {
      if form.isInventories, lives.contains(where: { $0.inventories.isEmpty }) { continue }
      if form.isMoves, lives.contains(where: { life in !life.numbered(from: 1).contains { $0.move != nil } }) { continue }
      do {
        complaints += try await check(story, lives, form)
      } catch { complaints.append(Complaint(form: form, check: .broken, text: "\(error)")) }
    }
    return complaints
  }

  /// Writes the files of a story into a new folder.
  func keep(_ story: Story, _ form: Form, in path: String) async throws {
    let folder = try ScratchFolder(inMemory: true)
    _ = try await Product(story, lives: story.parts.map { $0.life() }, form: form, folder: folder)
    try FileManager.default.createDirectory(
      atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    try FileManager.default.copyItem(atPath: folder.url.path, toPath: path)
  }

  private func check(_ story: Story, _ lives: [Life], _ form: Form) async throws -> [Complaint] {
    let folder = try ScratchFolder(inMemory: true)
    let product = try await Product(story, lives: lives, form: form, folder: folder)
    var complaints: [Complaint] = []
    for (part, life) in zip(story.parts, lives) {
      var subject = Subject(
        form: form, part: part, life: life, product: product, allowed: story.allowed, hasSources: lives.count > 1)
      if form.isInventories {
        for inventory in life.inventories.values.sorted(by: { $0.at < $1.at }) {
          try subject.checkPlaces(at: inventory.at / 1_000_000 * 1_000_000)
        }
      } else {
        let moments = Self.moments(life, seed: story.seed)
        for (index, moment) in moments.enumerated() {
          try subject.checkPlaces(at: moment)
          if index % 4 == 0 { try subject.checkLists(at: moment) }
        }
        try subject.checkIncidents()
        try subject.checkMoves()
      }
      try subject.checkAgreement()
      complaints += subject.complaints
    }
    return complaints
  }

  /// Twenty moments, apart from all records, and the time after the last.
  static func moments(_ life: Life, seed: UInt64) -> [Int64] {
    let times = life.records.map(\.at).sorted()
    guard let last = times.last else { return [] }
    var moments = zip(times, times.dropFirst()).filter { $1 - $0 >= 16_000_000 }.map { ($0 + $1) / 2 }
    var chance = SplitMix64(seed: seed)
    while moments.count > 19 { moments.remove(at: chance.below(moments.count)) }
    return moments + [last + 8_000_000]
  }
}

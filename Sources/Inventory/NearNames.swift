/// Which names a person may have meant who typed another.
package enum NearNames {
  /// The names that are nearest to a text: those that differ in case alone, else those with the fewest letters to change, as
  /// long as these are few beside the length of the text; at most three, in the order of the alphabet.
  package static func of(_ text: String, among names: some Sequence<String>) -> [String] {
    let typed = Array(text.lowercased())
    let most = max(1, typed.count / 3)
    var (best, nearest): (Int, Set<String>) = (most, [])
    for name in names where name != text {
      guard let distance = distance(typed, Array(name.lowercased()), most: best) else { continue }
      if distance < best { nearest = [] }
      best = distance
      nearest.insert(name)
    }
    return Array(nearest.sorted().prefix(3))
  }

  /// A question to follow an error: ` (did you mean "web1"?)`; nothing where no name is near.
  package static func question(_ text: String, among names: some Sequence<String>) -> String {
    let near = of(text, among: names).map { "\"\($0)\"" }
    guard let last = near.last else { return "" }
    return " (did you mean \(near.count > 1 ? "\(near.dropLast().joined(separator: ", ")) or \(last)" : last)?)"
  }

  /// Letters to insert, leave out, replace or swap with their neighbour, to make one text of another (optimal string
  /// alignment: Damerau 1964); nil for more than `most`.
  static func distance(_ one: [Character], _ other: [Character], most: Int) -> Int? {
    guard abs(one.count - other.count) <= most else { return nil }
    var beforeLast: [Int] = []
    var last = Array(0...other.count)
    for (row, letter) in one.enumerated() {
      var line = [row + 1]
      for (column, candidate) in other.enumerated() {
        var cost = min(last[column] + (letter == candidate ? 0 : 1), last[column + 1] + 1, line[column] + 1)
        if row > 0, column > 0, letter == other[column - 1], one[row - 1] == candidate {
          cost = min(cost, beforeLast[column - 1] + 1)
        }
        line.append(cost)
      }
      guard line.min().map({ $0 <= most }) ?? true else { return nil }
      (beforeLast, last) = (last, line)
    }
    return last[other.count] <= most ? last[other.count] : nil
  }
}

/// Names and their numbers, from 0.
struct NameTable: Sendable {
  private(set) var names: [String] = []
  private var numbers: [String: Int] = [:]

  init(_ names: [String] = []) { for name in names { _ = add(name) } }

  /// The number of a name; a new one where it is new.
  mutating func add(_ name: String) -> Int {
    if let number = numbers[name] { return number }
    numbers[name] = names.count
    names.append(name)
    return names.count - 1
  }

  subscript(name: String) -> Int? { numbers[name] }

  mutating func bits(_ names: some Sequence<String>) -> Bits {
    var bits = Bits()
    for name in names { bits.insert(add(name)) }
    return bits
  }

  /// The names of numbers.
  func names(_ numbers: [Int]) -> [String] { numbers.map { names[$0] } }
}

internal import Inventory

extension ProcessorID {
  init(_ value: ClusterFileValue) throws {
    let fields = try value.object("vendor", "leaves", "msrs")
    self.init(vendor: try fields.required("vendor").text())
    leaves =
      try fields["leaves"]?.list().map { item in
        let numbers = try Self.numbers(item, count: 6, "six numbers: leaf, subleaf, eax, ebx, ecx, edx")
          .map { UInt32(try $0.integer(0...0xffff_ffff)) }
        return Leaf(
          leaf: numbers[0], subleaf: numbers[1], eax: numbers[2], ebx: numbers[3], ecx: numbers[4], edx: numbers[5])
      } ?? []
    registers =
      try fields["msrs"]?.list().map { item in
        let numbers = try Self.numbers(item, count: 2, "two numbers: index, value")
        return Register(index: UInt32(try numbers[0].integer(0...0xffff_ffff)), value: try Self.register(numbers[1]))
      } ?? []
    for (key, isTwice) in [
      ("leaves", Set(leaves.map { [$0.leaf, $0.subleaf] }).count < leaves.count),
      ("msrs", Set(registers.map(\.index)).count < registers.count),
    ] where isTwice {
      throw try fields.required(key).error("one of them stands there twice")
    }
  }

  private static func numbers(_ item: ClusterFileValue, count: Int, _ expected: String) throws -> [ClusterFileValue] {
    let numbers = try item.list()
    guard numbers.count == count else { throw item.error("expected \(expected), found \(numbers.count)") }
    return numbers
  }

  /// Values of 64 bits pass what JSON's whole numbers hold for sure: they may stand there in hexadecimal, as a text.
  private static func register(_ value: ClusterFileValue) throws -> UInt64 {
    guard let text = value.value.stringValue else { return UInt64(try value.integer(0...Int64.max)) }
    guard text.hasPrefix("0x"), let number = UInt64(text.dropFirst(2), radix: 16) else {
      throw value.error(expected: "a whole number, or a text such as \"0xffffffffffffffff\"")
    }
    return number
  }
}

extension ProcessorID {
  /// As in cluster files, but for the values of registers: texts in hexadecimal, since they have 64 bits.
  var json: JSONValue {
    .object([
      .init("vendor", .string(vendor)),
      .init(
        "leaves",
        .array(
          leaves.map { leaf in
            .array([leaf.leaf, leaf.subleaf, leaf.eax, leaf.ebx, leaf.ecx, leaf.edx].map { .int(Int64($0)) })
          })),
      .init(
        "msrs",
        .array(registers.map { .array([.int(Int64($0.index)), .string("0x" + String($0.value, radix: 16))]) })),
    ])
  }

  /// Nil where it is none.
  init?(json: JSONValue) {
    guard let vendor = json["vendor"]?.stringValue else { return nil }
    self.init(vendor: vendor)
    leaves = (json["leaves"]?.arrayValue ?? []).compactMap { item in
      let numbers = item.arrayValue?.compactMap(\.intValue).compactMap { UInt32(exactly: $0) } ?? []
      guard numbers.count == 6 else { return nil }
      return Leaf(
        leaf: numbers[0], subleaf: numbers[1], eax: numbers[2], ebx: numbers[3], ecx: numbers[4], edx: numbers[5])
    }
    registers = (json["msrs"]?.arrayValue ?? []).compactMap { item in
      guard let pair = item.arrayValue, pair.count == 2, let index = pair[0].intValue.flatMap({ UInt32(exactly: $0) }),
        let text = pair[1].stringValue, let value = UInt64(text.dropFirst(2), radix: 16)
      else { return nil }
      return Register(index: index, value: value)
    }
  }
}

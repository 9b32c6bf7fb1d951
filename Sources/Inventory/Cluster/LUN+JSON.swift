extension LUN {
  /// As in cluster files.
  var json: JSONValue {
    let paths = numbers.sorted { $0.key < $1.key }.map { JSONValue.Member($0.key, .int(Int64($0.value))) }
    return ["id": .string(id), "size_mib": .double(sizeMiB), "hosts": .object(paths)]
  }

  /// Nil where it is none.
  init?(json: JSONValue) {
    guard let id = json["id"]?.stringValue, let size = json["size_mib"]?.doubleValue else { return nil }
    self.init(id: id, sizeMiB: size)
    guard case .object(let paths)? = json["hosts"] else { return }
    for path in paths { numbers[path.key] = path.value.int }
  }
}

/// Versions of virtual hardware, as inventories write them.
enum VirtualHardware {
  /// `vmx-19`, `v19` or `19`; nil for any other text.
  static func version(_ text: String?) -> Int64? {
    guard let text else { return nil }
    var digits = text.lowercased()[...]
    if let prefix = ["vmx-", "v"].first(where: digits.hasPrefix) { digits = digits.dropFirst(prefix.count) }
    guard digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let version = Int64(digits), (1...1000).contains(version)
    else { return nil }
    return version
  }
}

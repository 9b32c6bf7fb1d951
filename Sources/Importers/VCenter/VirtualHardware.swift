/// Versions of virtual hardware, as inventories write them.
enum VirtualHardware {
  /// `vmx-19`, `v19` or `19`; nil for any other text.
  static func version(_ text: String?) -> Int64? {
    guard let text else { return nil }
    let digits = text.lowercased().drop { "vmx-".contains($0) }
    guard text.count - digits.count <= 4, digits.count <= 3, let version = Int64(digits), version > 0 else { return nil }
    return version
  }
}

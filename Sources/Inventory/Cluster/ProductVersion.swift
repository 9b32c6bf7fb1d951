/// The version of a host's software: three numbers, of which those that its name leaves out are 0.
package struct ProductVersion: Sendable, Equatable {
  /// 6 in `ESXi 6.5.1`.
  package let major: Int
  /// 5 in `ESXi 6.5.1`.
  package let minor: Int
  /// 1 in `ESXi 6.5.1`.
  package let patch: Int

  /// - Parameter product: such as `ESX 2.5.3` or `VMware ESXi 6.5.0 build-1`; nil for any other software.
  package init?(_ product: String) {
    // No pattern: it would be compiled again for each host of each check, which took longer than the rest of the check.
    let text = product.lowercased().utf8
    guard let name = text.firstRange(of: "esx".utf8) else { return nil }
    let version = text[name.upperBound...].drop { !Self.isDigit($0) }
    let parts = version.prefix { Self.isDigit($0) || $0 == UInt8(ascii: ".") }.split(separator: UInt8(ascii: "."))
    func number(_ place: Int) -> Int? { parts.indices.contains(place) ? Int(Substring(parts[place])) : nil }
    guard let major = number(0) else { return nil }
    self.major = major
    minor = number(1) ?? 0
    patch = number(2) ?? 0
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

  /// The newest version of virtual hardware that it runs; nil for products that are not known, and later ones.
  ///
  /// Of releases whose updates do not show in the version, such as 6.7.0, it is that of the last update. Source: VMware's
  /// article 1003746, "Virtual machine hardware versions".
  package var newestHardware: Int? {
    switch (major, minor, patch) {
    case (2, _, _): 3
    case (3, _, _): 4
    case (4, _, _): 7
    case (5, 0, _): 8
    case (5, 1, _): 9
    case (5, _, _): 10
    case (6, 0, _): 11
    case (6, 5, _): 13
    case (6, _, _): 15
    case (7, 0, 0): 17
    case (7, 0, 1): 18
    case (7, _, _): 19
    case (8, 0, ..<2): 20
    case (8, _, _): 21
    default: nil
    }
  }

  /// The version of virtual hardware with which it makes every VM; nil where there is a choice.
  package var onlyHardware: Int? { major == 2 || major == 3 ? newestHardware : nil }
}

import Testing

@testable import Importers

@Suite struct VirtualHardwareTests {
  @Test(
    "Versions of virtual hardware are read as inventories write them",
    arguments: [
      ("vmx-19", 19), ("VMX-04", 4), ("v13", 13), ("10", 10), ("vmx-", nil), ("xmv-9", nil), ("vmx-19a", nil), ("-4", nil),
      ("v0", nil), ("vmx-99999999999999999999", nil), ("", nil), (nil, nil),
    ] as [(String?, Int64?)])
  func versionsAreRead(text: String?, version: Int64?) {
    #expect(VirtualHardware.version(text) == version)
  }
}

import Inventory
import Planning
import Testing

@testable import SVMotion

/// From the words of the old command to a move.
@Suite struct StorageMotionTests {
  private let files = VMFiles(vm: "web1", home: "san 1", path: nil, disks: ["san 1", "san 1", "san2"])

  private func move(_ vm: String, _ disks: String? = nil, files: VMFiles? = nil) throws -> MoveRequest {
    try StorageMotion(datacenter: "DC 1", vm: vm, disks: disks).move(of: "web1", files ?? self.files) { name in
      guard name.hasPrefix("san") else { throw YadokariError(.notFound, "no datastore \(name)") }
      return name
    }
  }

  @Test func withoutDisksAllFollow() throws {
    var expected = MoveRequest(.storage, of: "web1", datastore: "san3")
    #expect(try move("[san 1] web1/web1.vmx:san3") == expected)
    expected.disks = [1: "san 1", 2: "san4"]
    let disks = "[san2]  web1/web1_2.vmdk:san4, [san 1] web1/web1_1.vmdk:san 1"
    #expect(try move("[san 1] web1/web1.vmx:san3", disks) == expected)
  }

  @Test(
    arguments: [
      ("[san 1] web1/web1_2.vmdk:san3", .notFound, "[san2] web1/web1_2.vmdk"),
      ("[san2] web1/web2.vmdk:san3", .notFound, "has no"),
      ("[san 1] web1/web1.vmdk:nas", .notFound, "no datastore nas"),
      ("[san 1] web1/web1.vmdk:san3, [san 1]  web1/web1.vmdk:san4", .usage, "twice"),
    ] as [(String, YadokariError.Code, String)])
  func aDiskThatIsNotThereIsRefused(disks: String, code: YadokariError.Code, words: String) {
    let error = #expect(throws: YadokariError.self) { try move("[san 1] web1/web1.vmx:san3", disks) }
    #expect(error?.code == code && error?.message.contains(words) == true, "\(error?.message ?? "")")
  }

  @Test func whatIsMissingIsSaid() {
    let cases: [(String?, String?, String)] = [
      (nil, "[a] w/w.vmx:b", "--datacenter is missing"), ("DC", nil, "--vm is missing"),
      (nil, nil, "--datacenter is missing"),
      (" ", "[a] w/w.vmx:b", "--datacenter is blank"),
    ]
    for (datacenter, vm, words) in cases {
      let error = #expect(throws: YadokariError.self) { try StorageMotion(datacenter: datacenter, vm: vm, disks: nil) }
      #expect(error?.code == .usage && error?.message.contains(words) == true)
    }
  }

  @Test func filesHaveTheNamesThatTheInventoryTells() throws {
    let moved = VMFiles(vm: "new name", home: "b", path: "[a] old/old name.vmx", disks: ["b", "c"])
    #expect(moved.list == "[b] old/old name.vmx, [b] old/old name.vmdk, [c] old/old name_1.vmdk")
    #expect(try moved.isNamed(by: DatastorePath("[b]  old/old name.vmx", .configuration)))
    #expect(try !moved.isNamed(by: DatastorePath("[a] old/old name.vmx", .configuration)))
    let odd = VMFiles(vm: "x", home: "a]b", path: "[a]b] x:y/x.vmx", disks: [])
    #expect(try odd.configuration == "x:y/x.vmx" && odd.isNamed(by: DatastorePath("[a]b] x:y/x.vmx", .configuration)))
    for path in ["", "[a]", "nonsense"] {
      #expect(VMFiles(vm: "x", home: "a", path: path, disks: nil).configuration == "x/x.vmx")
    }
    let homeless = VMFiles(vm: "x", home: nil, path: nil, disks: nil)
    #expect(try !homeless.isNamed(by: DatastorePath("[a] x/x.vmx", .configuration)))
  }

  /// Inventories that list no disks: a disk that is named cannot be found, and that is said.
  @Test func disksThatNobodyListsCannotBeNamed() {
    let unlisted = VMFiles(vm: "web1", home: "san 1", path: nil, disks: nil)
    let error = #expect(throws: YadokariError.self) {
      try move("[san 1] web1/web1.vmx:san3", "[san 1] web1/web1.vmdk:san 1", files: unlisted)
    }
    #expect(error?.code == .notFound && error?.message.contains("leave --disks out") == true)
  }
}

import Inventory
import Testing

@testable import SVMotion

/// `[datastore] folder/file:new datastore`, with all that names may hold.
@Suite struct FileTargetTests {
  @Test(
    arguments: [
      ("[san1] web1/web1.vmx:san2", "[san1] web1/web1.vmx", "san2"),
      ("[store 1] dir/my vm.vmx:store 2", "[store 1] dir/my vm.vmx", "store 2"),
      ("  [san1]    web1/web1.vmx : san2  ", "[san1]    web1/web1.vmx", "san2"),
      ("[san1]web1/web1.vmx:san2", "[san1]web1/web1.vmx", "san2"),
      ("[a:b] c:d/c:d.vmx:e", "[a:b] c:d/c:d.vmx", "e"),
      ("[a] w.vmx:b/w.vmx:c", "[a] w.vmx:b/w.vmx", "c"),
      ("[a] w/w.vmx:new:2", "[a] w/w.vmx", "new:2"),
      ("[a] w/w.vmx:x, y", "[a] w/w.vmx", "x, y"),
      ("[a [b]] w/w.vmx:[c]", "[a [b]] w/w.vmx", "[c]"),
      ("[a] w/W.VMX:b", "[a] w/W.VMX", "b"),
      ("'[a] w/w.vmx:b'", "[a] w/w.vmx", "b"), ("\"[a] w/w.vmx:b\"", "[a] w/w.vmx", "b"),
      ("\u{201C}[a] w/w.vmx:b\u{201D}", "[a] w/w.vmx", "b"),
      ("[büro] straße/straße.vmx:süd", "[büro] straße/straße.vmx", "süd"),
    ])
  func aColonSplitsPathAndDatastore(text: String, path: String, datastore: String) throws {
    let target = try FileTarget(text, .configuration)
    #expect(target.path.text == path && target.datastore == datastore)
  }

  @Test(
    arguments: [
      ("", "brackets is missing"), ("web1/web1.vmx:san2", "brackets is missing"), ("[san1 web1/web1.vmx:b", "brackets is"),
      ("[] web1/web1.vmx:b", "are empty"), ("[ ] web1/web1.vmx:b", "are empty"), ("[a]:b", "not end with .vmx"),
      ("[a]", "no file"), ("[a] web1:b", "not end with .vmx"), ("[a] w/w.vmdk:b", "not end with .vmx"),
      ("[a] w/w.vmx", "new datastore is missing"), ("[a] w/w.vmx:", "new datastore is missing"),
      ("[a] w/w.vmx:  ", "new datastore is missing"), ("[a:b] w/w.vmx", "new datastore is missing"),
    ])
  func whatIsWrongIsSaid(text: String, words: String) {
    let error = #expect(throws: YadokariError.self) { try FileTarget(text, .configuration) }
    #expect(error?.code == .usage && error?.message.contains(words) == true, "\(text): \(error?.message ?? "")")
  }

  @Test(
    arguments: [
      ("[a] w/w.vmdk:b", ["[a] w/w.vmdk > b"]),
      ("[a] w/w.vmdk:b, [a] w/w_1.vmdk:c", ["[a] w/w.vmdk > b", "[a] w/w_1.vmdk > c"]),
      ("[a] w/w.vmdk:b,[a] w/w_1.vmdk:c", ["[a] w/w.vmdk > b", "[a] w/w_1.vmdk > c"]),
      ("[a] w/w.vmdk:b, , ,[a] w/w_1.vmdk:c, ", ["[a] w/w.vmdk > b", "[a] w/w_1.vmdk > c"]),
      (", [a] w/w.vmdk:b,,", ["[a] w/w.vmdk > b"]),
      ("[a,b] c, d/c, d.vmdk:e,f, [a] w/w.vmdk:g", ["[a,b] c, d/c, d.vmdk > e,f", "[a] w/w.vmdk > g"]),
      ("[a,[b]] w/w.vmdk:c, [d] w/w_1.vmdk:e", ["[a,[b]] w/w.vmdk > c", "[d] w/w_1.vmdk > e"]),
      ("[a] x,,y/x,,y.vmdk:b", ["[a] x,,y/x,,y.vmdk > b"]),
      ("'[a] w/w.vmdk:b', '[a] w/w_1.vmdk:c'", ["[a] w/w.vmdk > b", "[a] w/w_1.vmdk > c"]),
      ("'[a] w/w.vmdk:b, [a] w/w_1.vmdk:c'", ["[a] w/w.vmdk > b", "[a] w/w_1.vmdk > c"]),
    ])
  func aCommaSplitsDisks(list: String, entries: [String]) throws {
    #expect(try FileTarget.disks(list).map { "\($0.path.text) > \($0.datastore)" } == entries)
  }

  @Test(arguments: ["", " ", ",", " , ,", "[a] w/w.vmdk", "[a] w/w.vmdk, [a] w/w_1.vmdk:b", "w.vmdk:b", "[a] w/w.vmx:b"])
  func aListThatSaysNothingIsRefused(list: String) {
    #expect(throws: YadokariError.self) { try FileTarget.disks(list) }
  }

  /// However long and odd it is, reading ends.
  @Test func aVeryLongListIsRead() throws {
    let list = (0..<2000).map { "[a, b] w/w_\($0).vmdk:c,d" }.joined(separator: ", ")
    #expect(try FileTarget.disks(list).count == 2000)
    #expect(throws: YadokariError.self) { try FileTarget.disks(String(repeating: "[,:", count: 3000)) }
  }
}

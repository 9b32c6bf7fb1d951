import Inventory
import Testing

@testable import SVMotion

/// Words as shells hand them over.
@Suite struct CommandWordsTests {
  @Test(
    arguments: [
      (["--vm=[a] w/w.vmx:b"], ["--vm=[a] w/w.vmx:b"]), (["--vm", "[a] w/w.vmx:b"], ["--vm=[a] w/w.vmx:b"]),
      (["--vm='[a]", "w/w.vmx:b'"], ["--vm=[a] w/w.vmx:b"]), (["--vm", "'[a]", "w/w.vmx:b'"], ["--vm=[a] w/w.vmx:b"]),
      (["--datacenter='DC", "1'", "--plan"], ["--datacenter=DC 1", "--plan"]),
      (["--disks='[a]", "x.vmdk:p',", "'[b]", "y.vmdk:q'"], ["--disks='[a] x.vmdk:p', '[b] y.vmdk:q'"]),
      (["--datacenter=\u{2018}DC", "1\u{2019}"], ["--datacenter=DC 1"]),
      (["--password=a=b c"], ["--password=a=b c"]), (["--password", "-x"], ["--password=-x"]),
      (["--password='x"], ["--password='x"]), (["--username", "lab\\carla"], ["--username=lab\\carla"]),
      (["--reason", "'tis time", "--plan"], ["--reason", "'tis time", "--plan"]),
      (["--datacenter", "--plan"], ["--datacenter", "--plan"]), (["--interactive"], ["--interactive"]), ([], []),
    ])
  func leftOverQuotesAreTakenAway(words: [String], repaired: [String]) throws {
    #expect(try CommandWords.repaired(words) == repaired)
  }

  @Test(
    arguments: [
      (["--vm='[a]", "w/w.vmx:b"], "nothing closes"), (["--vm='[a]", "--disks='[b]", "x.vmdk:c'"], "nothing closes"),
      (["--vm=a", "--vm", "b"], "given twice"), (["\u{2013}-vm=a"], "long dash"), (["\u{2014}vm", "a"], "long dash"),
      (["--password", "secret", "word"], "belongs to no option"), (["--password=secret", "word"], "belongs to no option"),
      (["--password", "my", "-secret"], "belongs to no option"),
    ])
  func whatCannotBeRepairedIsSaidWithoutItsValue(words: [String], text: String) {
    let error = #expect(throws: YadokariError.self) { try CommandWords.repaired(words) }
    #expect(error?.code == .usage && error?.message.contains(text) == true, "\(error?.message ?? "")")
    #expect(error?.message.contains("secret") == false)
  }
}

import Inventory
import Testing

@testable import SVMotion

/// The dialogue, with a person who is played.
@Suite struct InterviewTests {
  /// What was asked and answered.
  private final class Person {
    var answers: ArraySlice<String>
    var shown = ""
    var secrets = 0

    init(_ answers: [String]) { self.answers = answers[...] }
  }

  private func ask(_ answers: [String], disks: [String]? = ["san1", "san1"]) throws -> (StorageMotion, Person) {
    let person = Person(answers)
    return (try ask(person, disks: disks), person)
  }

  private func ask(_ person: Person, disks: [String]?) throws -> StorageMotion {
    let dialogue = Dialogue {
      if $0 { person.secrets += 1 }
      return person.answers.popFirst()
    } write: {
      person.shown += $0
    }
    return try Interview(dialogue).motion { path, _ in
      let files = VMFiles(vm: "web1", home: "san1", path: nil, disks: disks)
      guard files.isNamed(by: path) else { throw YadokariError(.notFound, "no VM has \(path.text)") }
      return files
    } checkDatastore: { name, vm in
      guard name.hasPrefix("san") else { throw YadokariError(.notFound, "no datastore \(name) for \(vm.vm)") }
    }
  }

  private let start = ["https://vc/sdk", "carla", "s3cret", "DC 1", "[san1] web1/web1.vmx", "san2"]

  @Test func itAsksInTheOldOrder() throws {
    let (motion, person) = try ask(start + ["no"])
    #expect(try motion == StorageMotion(datacenter: "DC 1", vm: "[san1] web1/web1.vmx:san2", disks: nil))
    let questions = [
      "Address of the VirtualCenter", "User name", "Password", "Datacenter", ".vmx file", "New datastore", "(yes/no)",
    ]
    var rest = person.shown[...]
    for question in questions {
      let found = try #require(rest.firstRange(of: question), "\(question)")
      rest = rest[found.upperBound...]
    }
    #expect(person.secrets == 1 && !person.shown.contains("s3cret"))
  }

  @Test func disksArePlacedOneByOne() throws {
    let first = ["yes", "[san1] web1/web1_1.vmdk", "san1"]
    let (motion, person) = try ask(start + first + ["y", "[san1]  web1/web1.vmdk", "san3"])
    #expect(motion.disks.map(\.path.text) == ["[san1]  web1/web1.vmdk", "[san1] web1/web1_1.vmdk"])
    #expect(motion.disks.map(\.datastore) == ["san3", "san1"] && person.answers.isEmpty)
    #expect(try ask(start + first + ["n"]).0.disks.count == 1)
    #expect(try ask(start, disks: []).0.disks.isEmpty, "nothing to place, nothing to ask")
    #expect(try ask(start, disks: nil).0.disks.isEmpty)
  }

  @Test func aBadAnswerIsAskedForAgain() throws {
    let answers = [
      "ftp://vc", "vc1", "", "", "", "DC 1", "web1", "[san1] web9/web9.vmx", " [san1] web1/web1.vmx ", "nas", "san2",
      "perhaps",
      "YES", "[san1] web1/web1.vmx", "[san1] web1/web1.vmdk", "san2", "y", "[san1] web1/web1.vmdk",
      "[san1] web1/web1_1.vmdk",
      "", "san1",
    ]
    let (motion, person) = try ask(answers)
    #expect(motion.disks.count == 2 && motion.vm.path.text == "[san1] web1/web1.vmx" && person.answers.isEmpty)
    for words in ["https://vc/sdk is wanted", "an answer is wanted", "brackets is missing", "no VM has", "no datastore nas"]
    {
      #expect(person.shown.contains(words), "\(words)")
    }
    #expect(person.shown.contains("answer yes or no") && person.shown.contains("placed already"))
  }

  @Test func theThirdBadAnswerEndsIt() throws {
    let person = Person(Array(start.dropLast()) + ["nas", "nas", "nas", "san2", "no"])
    let error = #expect(throws: YadokariError.self) { try ask(person, disks: []) }
    #expect(error?.code == .notFound && error?.message == "no datastore nas for web1" && person.answers.count == 2)
    let undecided = #expect(throws: YadokariError.self) { try ask(start + ["?", "?", "?"]) }
    #expect(undecided?.code == .usage)
  }

  @Test func whereverTheInputEndsNothingIsDone() throws {
    let all = start + ["yes", "[san1] web1/web1.vmdk", "san1", "no"]
    for count in 0..<all.count {
      let error = #expect(throws: YadokariError.self) { try ask(Array(all.prefix(count))) }
      #expect(error?.code == .usage && error?.message.contains("nothing was done") == true, "\(count)")
    }
    #expect(try ask(all).0.disks.count == 1)
  }
}

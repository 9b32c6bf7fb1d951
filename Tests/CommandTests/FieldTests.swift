import Foundation
import TestSupport
import Testing

/// Public cases on which answers were wrong once: `Tests/Fixtures/field/check.py` has the right ones, and asks the program.
@Suite struct FieldTests {
  private static let cases =
    ["A1", "A2", "A4", "A6", "A7", "A10", "A12", "A15", "A18", "B4", "B6", "B16", "B18", "B19"] + (1...18).map { "C\($0)" }

  @Test("The answer about a public case is right", arguments: cases)
  func theAnswerIsRight(name: String) throws {
    let result = try Program.shell(
      "python3 \"$CHECK\" \"$0\" \(name)", environment: ["CHECK": Project.fixture("field/check.py")])
    #expect(result.code == 0, "\(result.output)\(result.errors)")
  }
}

import Foundation
import Importers
import TestSupport
import Testing

/// What help and docs say of the formats.
@Suite struct FormatGuideTests {
  @Test func everyFormatIsInOneGuide() {
    let named = FormatGuide.all.flatMap(\.formats)
    #expect(Set(named) == Set(ImportFormat.allCases) && named.count == ImportFormat.allCases.count)
  }

  @Test func theDocsHoldWhatTheHelpPrints() throws {
    let path = Project.root.appendingPathComponent("docs/formats.md")
    let text = try String(contentsOf: path, encoding: .utf8).split(whereSeparator: \.isWhitespace).joined(separator: " ")
    func words(_ text: String) -> String { text.split(whereSeparator: \.isWhitespace).joined(separator: " ") }
    for guide in FormatGuide.all {
      #expect(text.contains("## \(guide.title)"))
      for format in guide.formats { #expect(text.contains("`\(format.rawValue)`")) }
      for line in guide.make { #expect(text.contains(words(line)) && line.count <= 76, "\(line)") }
      for said in [guide.answers, guide.lacks] { #expect(text.contains(words(said)), "\(said)") }
    }
  }
}

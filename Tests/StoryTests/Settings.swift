import Foundation

/// What the environment asks of the stories; `tools/stories` sets it.
enum Settings {
  private static func text(_ name: String) -> String? { ProcessInfo.processInfo.environment["YADOKARI_STORY_\(name)"] }

  private static func words(_ name: String) -> [String]? { text(name)?.split(separator: ",").map(String.init) }

  static let count = text("COUNT").flatMap(UInt64.init) ?? 300
  static let first = text("SEED").flatMap(UInt64.init) ?? 0
  /// The kinds that may occur: all, or those that are named (`none` for none).
  static let kinds = words("KINDS").map { Set($0.compactMap(Kind.init)) } ?? Set(Kind.allCases)
  /// The forms of a story: those that are named, or all (`all`); else XML and one of each other kind, by turns, and whole events
  /// in JSON for every fifth.
  static func forms(of seed: UInt64) -> [Form] {
    switch words("FORMS") {
    case ["all"]: return Form.allCases
    case let names?: return names.compactMap(Form.init)
    case nil:
      func turn(_ forms: [Form]) -> Form { forms[Int(seed % UInt64(forms.count))] }
      let forms = [.xml, turn(Form.allCases.filter(\.isText)), turn([.moves, .motions]), turn([.inventories, .powerCLI])]
      return forms + (seed % 5 == 0 ? [.wholeJSON] : [])
    }
  }
  /// Complaints of these checks count; all where none is named.
  static let checks = words("CHECKS").map { Set($0.compactMap(Complaint.Check.init)) }
  /// Whether the first story of each block that fails is made smaller.
  static let shrinks = text("SHRINK") != "0"
  /// Where the files of stories that fail are kept, in their smallest form; nil for nowhere.
  static let keep = text("KEEP")
  /// How many stories of each kind are tried for the table of kinds; nil for no table.
  static let table = text("TABLE").flatMap(UInt64.init)
}

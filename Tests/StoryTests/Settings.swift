import Foundation

/// What the environment asks of the stories; `tools/stories` sets it.
enum Settings {
  private static func text(_ name: String) -> String? { ProcessInfo.processInfo.environment["YADOKARI_STORY_\(name)"] }

  private static func words(_ name: String) -> [String]? { text(name)?.split(separator: ",").map(String.init) }

  static let count = text("COUNT").flatMap(UInt64.init) ?? 300
  static let first = text("SEED").flatMap(UInt64.init) ?? 0
  /// The kinds that may occur: all, or those that are named (`none` for none).
  static let kinds = words("KINDS").map { Set($0.compactMap(Kind.init)) } ?? Set(Kind.allCases)
  static let forms = words("FORMS")?.compactMap(Form.init) ?? Form.allCases
  /// Complaints of these checks count; all where none is named.
  static let checks = words("CHECKS").map { Set($0.compactMap(Complaint.Check.init)) }
  /// Whether the first story of each block that fails is made smaller.
  static let shrinks = text("SHRINK") != "0"
  /// How many stories of each kind are tried for the table of kinds; nil for no table.
  static let table = text("TABLE").flatMap(UInt64.init)
}

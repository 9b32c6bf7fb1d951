internal import Inventory

/// The connection that the command line, the environment and the configuration file ask for, in this order of weight. Which
/// options were given, and where, is kept; no value is.
package struct ConnectionSettings: Sendable {
  /// Whether to say more.
  package private(set) var isVerbose = false
  /// The options that count, each with the place of its value, in the order of `ConnectionOption`.
  package private(set) var origins: [(option: ConnectionOption, place: String)] = []

  /// - Parameters:
  ///   - given: on the command line; flags have the value `1`.
  ///   - environment: a variable that is empty counts as not there.
  ///   - readFile: the text of a file, nil where there is none.
  /// - Throws: `usage` for a value or a line of another form, `notFound` for a configuration file that was named.
  package init(
    given: [ConnectionOption: String], environment: [String: String], readFile: (String) throws -> String?
  ) throws {
    let environment = environment.filter { !$0.value.isEmpty }
    let (file, path) = try Self.file(given, environment, readFile)
    for option in ConnectionOption.allCases {
      let value: String
      let place: String
      if let own = given[option] {
        (value, place) = (own, "command line")
      } else if let variable = environment[option.variable] {
        (value, place) = (variable, option.variable)
      } else if let setting = file?.settings[option.variable], !setting.value.isEmpty, option != .config {
        (value, place) = (setting.value, "\(path), line \(setting.line)")
      } else {
        continue
      }
      if let problem = option.problem(with: value) {
        throw YadokariError(.usage, "--\(option.rawValue) (\(place)): \(problem)")
      }
      if option.isFlag, ConnectionOption.truth(of: value) == false { continue }
      if option == .verbose { isVerbose = true }
      origins.append((option, place))
    }
  }

  /// The one line that says what becomes of it; nil where nothing was given.
  package var note: String? {
    let unneeded = origins.filter { $0.option != .config && $0.option != .verbose }
    guard !unneeded.isEmpty else { return nil }
    let list = unneeded.map { "--\($0.option.rawValue) (\($0.place))" }.joined(separator: ", ")
    return "no VirtualCenter is asked, so nothing is done with \(list)"
  }

  private static func file(
    _ given: [ConnectionOption: String], _ environment: [String: String], _ readFile: (String) throws -> String?
  ) throws -> (ConfigFile?, path: String) {
    if let path = given[.config] ?? environment[ConnectionOption.config.variable] {
      guard let text = try readFile(path) else {
        throw YadokariError(
          .notFound, "there is no configuration file \(path), which --config or VI_CONFIG names; correct it, or leave it out"
        )
      }
      return (try ConfigFile(text, path: path), path)
    }
    guard let home = environment["HOME"] else { return (nil, "") }
    let path = "\(home)/.visdkrc"
    return (try readFile(path).map { try ConfigFile($0, path: path) }, path)
  }
}

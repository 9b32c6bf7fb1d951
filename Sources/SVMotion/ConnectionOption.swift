/// What the old command was told of its VirtualCenter: accepted, looked at, and not needed.
package enum ConnectionOption: String, Sendable, CaseIterable {
  case config, server, url
  case scheme = "protocol"
  case portnumber, servicepath, username, password, sessionfile, savesessionfile, passthroughauth, verbose

  /// The variable of the environment and of the configuration file that stands for it.
  package var variable: String { "VI_" + rawValue.uppercased() }

  /// Whether it has no value on the command line.
  package var isFlag: Bool { self == .passthroughauth || self == .verbose }

  /// What is wrong with the form of a value, and how it should be; nil where nothing is. It does not repeat the value.
  package func problem(with value: String) -> String? {
    switch self {
    case .url: Self.isURL(value) ? nil : "an address of the form https://vc/sdk is wanted"
    case .scheme: ["http", "https"].contains(value.lowercased()) ? nil : "http or https is wanted"
    case .portnumber: Int(value).map { (1...65535).contains($0) } == true ? nil : "a number from 1 to 65535 is wanted"
    case .server:
      value.isEmpty || value.contains(where: \.isWhitespace) ? "the name of a machine is wanted, without blanks" : nil
    case .config, .servicepath, .username, .sessionfile, .savesessionfile:
      value.allSatisfy(\.isWhitespace) ? "it is blank; fill it in, or leave it out" : nil
    case .password: nil
    case .passthroughauth, .verbose: Self.truth(of: value) == nil ? "1 or 0 is wanted" : nil
    }
  }

  /// What a variable that is a flag says; nil for neither yes nor no.
  static func truth(of value: String) -> Bool? {
    switch value.lowercased() {
    case "1", "true", "yes", "on": true
    case "0", "false", "no", "off": false
    default: nil
    }
  }

  private static func isURL(_ value: String) -> Bool {
    let start = ["https://", "http://"].first { value.lowercased().hasPrefix($0) }
    guard let start, !value.contains(where: \.isWhitespace) else { return false }
    return value.dropFirst(start.count).first.map { $0 != "/" } ?? false
  }
}

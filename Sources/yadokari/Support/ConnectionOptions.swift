internal import ArgumentParser
internal import Foundation
internal import Inventory
internal import SVMotion

/// What the old command was told of its VirtualCenter, so that scripts need no change.
struct ConnectionOptions: ParsableArguments {
  @Option(help: "A file with lines such as VI_SERVER = vc1 (environment: VI_CONFIG; else .visdkrc in HOME).")
  var config: String?

  @Option(help: "The machine of a VirtualCenter (environment: VI_SERVER). Not needed.")
  var server: String?

  @Option(help: "Its address, such as https://vc/sdk (environment: VI_URL). Not needed.")
  var url: String?

  @Option(name: .customLong("protocol"), help: "http or https (environment: VI_PROTOCOL). Not needed.")
  var scheme: String?

  @Option(help: "Its port (environment: VI_PORTNUMBER). Not needed.")
  var portnumber: String?

  @Option(help: "Where its service is, such as /sdk (environment: VI_SERVICEPATH). Not needed.")
  var servicepath: String?

  @Option(help: "Who signs on (environment: VI_USERNAME). Not needed.")
  var username: String?

  @Option(
    parsing: .unconditional,
    help: "The password (environment: VI_PASSWORD). Not needed: it is neither used nor kept nor shown.")
  var password: String?

  @Option(help: "A saved session (environment: VI_SESSIONFILE). Not needed, and not opened.")
  var sessionfile: String?

  @Option(help: "Where to save the session (environment: VI_SAVESESSIONFILE). There is none to save.")
  var savesessionfile: String?

  @Flag(help: "Sign on as the user of the machine (environment: VI_PASSTHROUGHAUTH). Not needed.")
  var passthroughauth = false

  @Flag(help: "Say what becomes of these options, and which VM is meant (environment: VI_VERBOSE).")
  var verbose = false

  /// The longest configuration file, in bytes.
  private static let longest = 1 << 20

  /// Looks at their form.
  /// - Throws: `usage`, `notFound`
  func settings() throws -> ConnectionSettings {
    var given: [ConnectionOption: String] = [:]
    given[.config] = config
    given[.server] = server
    given[.url] = url
    given[.scheme] = scheme
    given[.portnumber] = portnumber
    given[.servicepath] = servicepath
    given[.username] = username
    given[.password] = password
    given[.sessionfile] = sessionfile
    given[.savesessionfile] = savesessionfile
    given[.passthroughauth] = passthroughauth ? "1" : nil
    given[.verbose] = verbose ? "1" : nil
    return try ConnectionSettings(
      given: given, environment: ProcessInfo.processInfo.environment, readFile: Self.text)
  }

  /// The text of a file; nil where there is none.
  private static func text(at path: String) throws -> String? {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { return nil }
    guard !isFolder.boolValue, let file = FileHandle(forReadingAtPath: path) else {
      throw YadokariError(.failed, "\(path) cannot be read; name a file with lines such as VI_SERVER = vc1")
    }
    let bytes = try file.read(upToCount: longest + 1) ?? Data()
    guard bytes.count <= longest else {
      throw YadokariError(.usage, "\(path) is longer than a configuration file can be; name another")
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

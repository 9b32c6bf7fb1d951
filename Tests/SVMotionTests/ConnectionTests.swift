import Inventory
import Testing

@testable import SVMotion

/// Command line over environment over configuration file.
@Suite struct ConnectionTests {
  private let file = """
    # of the lab
    VI_URL = https://file/sdk
    VI_USERNAME=carla
    VI_PASSWORD = "sesame = open"
    VI_PORTNUMBER = 443

    """

  private func settings(
    _ given: [ConnectionOption: String] = [:], _ environment: [String: String] = [:], files: [String: String] = [:]
  ) throws -> ConnectionSettings {
    try ConnectionSettings(given: given, environment: environment, readFile: { files[$0] })
  }

  private func places(_ settings: ConnectionSettings) -> [String: String] {
    Dictionary(uniqueKeysWithValues: settings.origins.map { ($0.option.rawValue, $0.place) })
  }

  @Test func theNearestPlaceCounts() throws {
    let files = ["lab.rc": file]
    let all = try settings(
      [.url: "https://own/sdk", .config: "lab.rc"], ["VI_URL": "https://env/sdk", "VI_USERNAME": "dora"], files: files)
    #expect(
      places(all) == [
        "config": "command line", "url": "command line", "username": "VI_USERNAME", "password": "lab.rc, line 4",
        "portnumber": "lab.rc, line 5",
      ])
    let less = try settings([:], ["VI_CONFIG": "lab.rc", "VI_URL": ""], files: files)
    #expect(places(less)["url"] == "lab.rc, line 2", "an empty variable is none")
  }

  @Test func theFileOfTheHomeIsReadWhereNoOtherIsNamed() throws {
    let files = ["/home/c/.visdkrc": file, "other": "VI_SERVER = vc2\n"]
    #expect(try places(settings([:], ["HOME": "/home/c"], files: files))["url"] == "/home/c/.visdkrc, line 2")
    let other = try settings([.config: "other"], ["HOME": "/home/c"], files: files)
    #expect(places(other) == ["config": "command line", "server": "other, line 1"])
    #expect(try settings([:], ["HOME": "/home/d"], files: files).origins.isEmpty)
    #expect(throws: YadokariError(.notFound, "")) {
      do { _ = try settings([.config: "nowhere"], files: files) } catch let error as YadokariError {
        throw YadokariError(error.code, "")
      }
    }
  }

  /// A bad value that something nearer replaces does no harm.
  @Test func onlyWhatCountsIsLookedAt() throws {
    let bad = ["lab.rc": "VI_PORTNUMBER = many\n"]
    #expect(try settings([.config: "lab.rc"], ["VI_PORTNUMBER": "443"], files: bad).origins.count == 2)
    let error = #expect(throws: YadokariError.self) { try settings([.config: "lab.rc"], files: bad) }
    #expect(error?.code == .usage && error?.message.hasPrefix("--portnumber (lab.rc, line 1)") == true)
  }

  @Test(
    arguments: [
      (.url, "vc", false), (.url, "https://", false), (.url, "https:///sdk", false), (.url, "https://vc/sdk", true),
      (.url, "HTTP://vc:8080/sdk", true), (.url, "https://v c/sdk", false), (.url, "ftp://vc", false),
      (.server, "vc1.lab", true), (.server, "", false), (.server, "vc 1", false), (.scheme, "https", true),
      (.scheme, "HTTP", true), (.scheme, "soap", false), (.portnumber, "443", true), (.portnumber, "0", false),
      (.portnumber, "65536", false), (.portnumber, "x", false), (.portnumber, "99999999999999999999", false),
      (.servicepath, "/sdk/webService", true), (.servicepath, " ", false), (.username, "", false), (.password, "", true),
      (.passthroughauth, "1", true), (.passthroughauth, "perhaps", false), (.sessionfile, "s", true),
      (.savesessionfile, "", false),
    ] as [(ConnectionOption, String, Bool)])
  func formsAreLookedAt(option: ConnectionOption, value: String, isGood: Bool) {
    #expect((option.problem(with: value) == nil) == isGood)
  }

  @Test func noMessageHoldsAValue() throws {
    let all = try settings(
      [.config: "lab.rc", .username: "dora", .password: "s3cret", .url: "https://u:s3cret@vc/sdk"], files: ["lab.rc": file])
    let note = try #require(all.note)
    #expect(note.contains("--password (command line)") && note.contains("--url") && !note.contains("\n"))
    for value in ["s3cret", "sesame", "dora", "carla"] { #expect(!note.contains(value) && !"\(all)".contains(value)) }
    for broken in ["VI_PASSWORD s3cret\n", "s3cret", "= s3cret"] {
      let error = #expect(throws: YadokariError.self) { try settings([.config: "b"], files: ["b": broken]) }
      #expect(error?.message.contains("b, line 1") == true && error?.message.contains("s3cret") == false)
    }
    let error = #expect(throws: YadokariError.self) { try settings([.url: "s3cret"]) }
    #expect(error?.message.contains("s3cret") == false)
  }

  @Test func flagsOfTheEnvironmentAreYesOrNo() throws {
    #expect(try settings([:], ["VI_VERBOSE": "1"]).isVerbose)
    #expect(try !settings([:], ["VI_VERBOSE": "0"]).isVerbose)
    #expect(try settings([.verbose: "1"], ["VI_VERBOSE": "0"]).isVerbose)
    #expect(try settings([:], ["VI_PASSTHROUGHAUTH": "no"]).note == nil)
    #expect(try settings([:], ["VI_PASSTHROUGHAUTH": "yes"]).note != nil)
    #expect(try settings().note == nil && !settings().isVerbose)
  }
}

internal import ArgumentParser
internal import Foundation
internal import Inventory
internal import Ledger
internal import Reports

struct EventCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "event", abstract: "The ledger of events.",
    subcommands: [List.self, Show.self, Types.self, Head.self, Verify.self])

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "List events in the order of their happening.",
      discussion: """
        EXAMPLE
          yadokari event list --vm db1 --since -1d
          yadokari event list --type ha.vm_restarted -o ndjson
        """)

    @OptionGroup var reading: ReadOptions
    @OptionGroup var history: HistoryOptions
    @OptionGroup var output: OutputOptions

    @Option(help: "Only this type: ours, or the source's own, whatever the case.")
    var type: String?
    @Option(help: "Only events of this VM, by name or id.")
    var vm: String?
    @Option(help: "Only events that name this host, by name or id.")
    var host: String?
    @Option(help: "Only events of this cluster, by name or id.")
    var cluster: String?
    @Option(help: "The source of the objects, where several have one of this name.")
    var source: String?
    @Option(help: "No more than this many.")
    var limit: Int?

    func validate() throws {
      if let limit, limit < 1 { throw ValidationError("--limit must be at least 1") }
    }

    func run() async throws {
      try await reading.read { reader, moment in
        var filter = EventFilter()
        filter.since = try history.sinceInstant()
        filter.until = reading.at == nil ? try history.untilInstant() : min(moment, try history.untilInstant())
        filter.type = type
        filter.limit = limit
        filter.vm = try vm.map { try reader.object(named: $0, kind: .vm, source: source, at: moment).id }
        filter.host = try host.map { try reader.object(named: $0, kind: .host, source: source, at: moment).id }
        filter.cluster = try cluster.map { try reader.object(named: $0, kind: .cluster, source: source, at: moment).id }
        try output.print(EventLists.events, at: moment) { row in
          try reader.forEachEvent(filter) { try row(EventLists.cells($0)) }
        }
      }
    }
  }

  struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Show everything that is kept of one event.",
      discussion: """
        EXAMPLE
          yadokari event show 218 -o json
        """)

    @OptionGroup var reading: ReadOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: "The event's number.")
    var seq: Int64

    func run() async throws {
      try output.print(try await reading.read { reader, _ in EventLists.report(try reader.event(seq)) })
    }
  }

  struct Types: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "How often each type of event occurs.",
      discussion: """
        EXAMPLE
          yadokari event types
        """)

    @OptionGroup var reading: ReadOptions
    @OptionGroup var history: HistoryOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      try await reading.read { reader, moment in
        var filter = EventFilter()
        filter.since = try history.sinceInstant()
        filter.until = reading.at == nil ? try history.untilInstant() : min(moment, try history.untilInstant())
        try output.print(EventLists.types, at: moment) { row in
          for type in try reader.eventTypes(filter) {
            try row([.text(type.type), .text(type.foreignType), .int(type.count)])
          }
        }
      }
    }
  }

  struct Head: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Print number and hash of the last event; keep it elsewhere to prove later that nothing was cut off.",
      discussion: """
        EXAMPLE
          yadokari event head >> heads.txt
        """)

    @OptionGroup var database: DatabaseOptions

    func run() async throws {
      let ledger = try Ledger.open(database.path, for: .inspect, now: WallClock.now())
      let head = try ledger.read { try $0.chainHead() }
      print("\(head.seq) \(head.hash.bytes.hexadecimal)")
    }
  }

  struct Verify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Read the whole chain and say the first event that is not what was recorded.",
      discussion: """
        Exit 0: the chain holds. Exit 2: it does not, or the hash given with --head does not occur in it.

        EXAMPLE
          yadokari event verify --head "$(tail -n 1 heads.txt | cut -d ' ' -f 2)"
        """)

    @OptionGroup var database: DatabaseOptions

    @Option(help: "A hash from \"event head\" that must occur in the chain.")
    var head: String?

    func validate() throws {
      guard let head else { return }
      let hash = head.split(separator: " ").last ?? ""
      if hash.count != 64 || !hash.allSatisfy(\.isHexDigit) {
        throw ValidationError("--head takes the 64 hexadecimal digits that \"yadokari event head\" prints")
      }
    }

    func run() async throws {
      let ledger = try Ledger.open(database.path, for: .inspect, now: WallClock.now())
      let wanted = head?.split(separator: " ").last.map { $0.lowercased() }
      let (verdict, structure) = try ledger.read { reader in
        (try reader.verifyChain(wanted: wanted), try reader.structureProblem())
      }
      if let bad = verdict.firstBad {
        print("bad: \(bad.problem)")
        throw ExitCode(2)
      }
      if let structure {
        print("bad: \(structure), so the file does not guard its events; the \(verdict.verified) that are there are right")
        throw ExitCode(2)
      }
      if verdict.containsHead == false {
        print("bad: the hash \(wanted ?? "") does not occur; events were cut off after \(verdict.head.seq)")
        throw ExitCode(2)
      }
      print("ok: \(verdict.verified) events, head \(verdict.head.hash.bytes.hexadecimal)")
    }
  }
}

internal import Inventory
internal import Planning
internal import PlayLab

/// How far forecasts of moves that share links and datastores are from what the moves took on simulated hardware; beside it,
/// forecasts that take each move for the only one.
struct ForecastBench {
  /// The moves of all plays.
  private struct Findings {
    var together: [Deviation] = []
    var alone: [Deviation] = []
    var cpu = 0.0

    mutating func add(_ lab: MovesLab, _ played: [PlayedMove]) {
      let watch = Stopwatch()
      let forecast = lab.forecast
      cpu += watch.elapsed.cpu
      together += zip(played, forecast).map { $0.deviation(of: $1) }
      alone += zip(played, lab.forecastOfEach).map { $0.deviation(of: $1) }
    }
  }

  private let plays: Int

  init(_ options: BenchOptions) { plays = options.isQuick ? 20 : 200 }

  /// Half of the plays are live moves alone, the others moves of files, too. All wait for their turn.
  func run() async throws -> [BenchRow] {
    var (live, all) = (Findings(), Findings())
    for seed in 1...UInt64(plays / 2) {
      let memory = MovesLab(seed: seed, kinds: [.live], hasLimits: true)
      live.add(memory, try await EnginePlay.run(memory))
      let files = MovesLab(seed: seed, kinds: [.live, .storage, .liveStorage], hasLimits: true)
      all.add(files, try await EnginePlay.run(files))
    }
    return rows(of: live, "live moves") + rows(of: all, "live, storage and live+storage moves")
  }

  private func rows(of found: Findings, _ what: String) -> [BenchRow] {
    let moves = Figure.count(found.together.count)
    func row(_ name: String, _ figure: (Deviation) -> Double) -> BenchRow {
      BenchRow(
        name: "\(moves) \(what), \(plays / 2) plays: \(name)", ours: text(found.together.map(figure)),
        beside: "\(text(found.alone.map(figure))), each forecast by itself")
    }
    let exact = found.together.count { $0.passes == 0 && $0.hasSameEnding }
    let alone = found.alone.count { $0.passes == 0 && $0.hasSameEnding }
    return [
      row("time off by", \.time), row("bytes off by", \.bytes),
      BenchRow(
        name: "passes and ending as predicted", ours: "\(Figure.count(exact)) of \(moves)",
        beside: "\(Figure.count(alone)), each forecast by itself"),
      BenchRow(
        name: "one play's forecast", ours: "\(Figure.decimal(found.cpu * 1e6 / Double(plays / 2), 0)) us CPU"),
    ]
  }

  private func text(_ parts: [Double]) -> String {
    let worst = parts.max() ?? 0
    return "median \(percent(median(parts))), worst \(worst.isFinite ? percent(worst) : "endless")"
  }

  private func percent(_ part: Double) -> String { "\(Figure.decimal(part * 100, part < 0.01 ? 5 : 1)) %" }
}

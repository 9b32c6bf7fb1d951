internal import Inventory
internal import Planning

/// What is drawn of a cluster's capacity.
struct CapacityCharts {
  private let capacity: ClusterCapacity

  init(_ capacity: ClusterCapacity) { self.capacity = capacity }

  private static func gib(_ mib: Double) -> Double { mib / 1024 }

  /// The memory of all hosts together: now, when the largest hosts have failed, and if all VMs start.
  var pool: BarChart? {
    guard let used = capacity.memoryGranted.usedRatio else { return nil }
    let live = capacity.hosts.filter(\.host.isLive)
    let sizes = live.map { Double($0.usableMiB ?? 0) }.sorted(by: >)
    let whole = sizes.reduce(0, +)
    guard whole > 0 else { return nil }
    let failures = capacity.afterFailures.failures
    func bar(_ name: String, _ used: Double, of all: Double) -> BarChart.Bar {
      let (inside, excess, free) = (min(used, all), max(0, used - all), max(0, all - used))
      let words = used <= all ? "\(CapacityText.percent(used / all)) used" : "\(CapacityText.memory(Int64(excess))) too much"
      return BarChart.Bar(
        name: name, parts: [(.used, Self.gib(inside)), (.excess, Self.gib(excess)), (.free, Self.gib(free))], label: words)
    }
    var bars = [bar("now", used * whole, of: whole)]
    let left = sizes.dropFirst(failures).reduce(0, +)
    if failures > 0, left > 0 { bars.append(bar("after \(counted(failures, "failure"))", used * whole, of: left)) }
    if let all = capacity.memoryIfAllStart.usedRatio { bars.append(bar("if all start", all * whole, of: whole)) }
    return BarChart(title: "Memory of \(capacity.scope.label), granted and free", unit: "GiB", bars: bars)
  }

  /// The memory of each host. The mark says up to where hosts may be filled, all alike, so that as much stays free
  /// as the largest hosts have.
  var hosts: BarChart? {
    let live = capacity.hosts.filter(\.host.isLive)
    let sizes = live.map { Double($0.usableMiB ?? 0) }.sorted(by: >)
    let whole = sizes.reduce(0, +)
    guard whole > 0, live.allSatisfy({ $0.grantedMiB != nil }) else { return nil }
    let failures = capacity.afterFailures.failures
    let kept = 1 - sizes.prefix(failures).reduce(0, +) / whole
    let bars = live.map { use in
      let (size, granted) = (Double(use.usableMiB ?? 0), Double(use.grantedMiB ?? 0))
      return BarChart.Bar(
        name: use.host.name,
        parts: [
          (.used, Self.gib(min(size, granted))), (.excess, Self.gib(max(0, granted - size))),
          (.free, Self.gib(max(0, size - granted))),
        ], mark: failures > 0 && kept > 0 ? Self.gib(size * kept) : nil,
        label: "\(size > 0 ? CapacityText.percent(granted / size) : "-"), \(counted(use.vmsOn ?? 0, "VM"))")
    }
    return BarChart(
      title: "Memory of the hosts of \(capacity.scope.label)", unit: "GiB", bars: bars,
      markWords: "filled alike up to here, \(counted(failures, "host")) may fail, if nothing is wasted")
  }

  /// How much memory VMs of a size would take that still fit: the larger they are, the more room is wasted.
  var fit: LineChart? {
    guard let fits = capacity.fits, fits.count > 1 else { return nil }
    let sorted = fits.sorted { $0.profile.memoryMiB < $1.profile.memoryMiB }
    func line(_ name: String, _ stroke: LineChart.Stroke, _ count: (Fit) -> Int?) -> LineChart.Line {
      let points = sorted.enumerated().compactMap { place, fit in
        count(fit).map {
          LineChart.Point(x: Double(place), y: Self.gib(Double($0) * Double(fit.profile.memoryMiB)))
        }
      }
      return LineChart.Line(name: name, stroke: stroke, points: points)
    }
    let failures = capacity.afterFailures.failures
    let kept = "\(counted(failures, "failure")) kept"
    let lines =
      [line("if no host fails", .solid) { $0.free }]
      + (failures > 0
        ? [line("no more can, \(kept)", .dashed) { $0.bound.count }, line("proved, \(kept)", .dotted) { $0.keeping }] : [])
    return LineChart(
      title: "What still fits into \(capacity.scope.label), by the size of VMs", lines: lines,
      ticks: sorted.enumerated().map { (Double($0), FitReport.size($1.profile)) }, xName: "size of each VM",
      yName: "GiB in all")
  }

  /// What was used at each moment, what there is, and where the line goes in as many days again.
  static func trend(_ trend: Trend) -> LineChart? {
    guard trend.points.count > 1, let first = trend.points.first, let last = trend.points.last else { return nil }
    func day(_ point: Trend.Point) -> Double { point.at.seconds(since: last.at) / 86_400 }
    let used = trend.points.map { LineChart.Point(x: day($0), y: $0.used) }
    let span = -day(first)
    var lines = [LineChart.Line(name: "used", stroke: .solid, points: used)]
    if let slope = trend.slopePerDay {
      let ahead = [LineChart.Point(x: 0, y: last.used), LineChart.Point(x: span, y: max(0, last.used + slope * span))]
      lines.append(LineChart.Line(name: "if it goes on so", stroke: .dotted, points: ahead))
    }
    let end = trend.slopePerDay == nil ? 0 : span
    lines.append(
      LineChart.Line(
        name: "all there is", stroke: .dashed,
        points: [LineChart.Point(x: -span, y: trend.capacity), LineChart.Point(x: end, y: trend.capacity)]))
    return LineChart(
      title: "\(trend.resource.replacing("_", with: " ")) over time", lines: lines,
      ticks: [(-span, "\(Int(span)) days before"), (0, "the last inventory")], xName: "time", yName: trend.unit)
  }
}

/// Lines over one measure, such as time or a size.
package struct LineChart: Sendable, Equatable {
  /// Lines differ in their strokes, so that they are told without colour.
  package enum Stroke: String, Sendable {
    case solid, dashed, dotted
  }

  /// A place of a line.
  package struct Point: Sendable, Equatable {
    package var x: Double
    package var y: Double
  }

  /// A line with its name.
  package struct Line: Sendable, Equatable {
    package var name: String
    package var stroke: Stroke
    package var points: [Point]
  }

  package var title: String
  package var lines: [Line]
  /// What stands below the axis at which place.
  package var ticks: [(x: Double, label: String)]
  package var xName: String
  package var yName: String

  package static func == (left: LineChart, right: LineChart) -> Bool {
    (left.title, left.lines, left.xName, left.yName) == (right.title, right.lines, right.xName, right.yName)
      && left.ticks.elementsEqual(right.ticks, by: ==)
  }
}

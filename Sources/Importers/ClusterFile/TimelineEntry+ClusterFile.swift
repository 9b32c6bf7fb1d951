internal import Inventory

extension TimelineEntry {
  /// A hundred years, in seconds.
  static let longestPlay = 3_155_760_000.0

  init(_ value: ClusterFileValue, _ names: ClusterFileNames) throws {
    let fields = try value.object()
    self.init(
      at: try fields.required("at_s").amount(to: Self.longestPlay), action: try TimelineAction(fields, names))
  }
}

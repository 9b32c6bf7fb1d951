import Foundation

/// The events that a vCenter streams, as a syslog server keeps them: behind headers of several forms, between lines of other
/// programs, long ones in parts.
enum SyslogForm {
  /// So long that some texts are in two parts.
  private static let textLimit = 110

  static func text(_ records: [StoryRecord]) -> String {
    records.map { record in
      let clock = StoryClock(record.at)
      let fields = [
        clock.govc, "vim.event.\(record.type)", record.severity, record.user, record.datacenter?.name ?? "",
        "\(record.chain ?? record.key)",
      ]
      let head = fields.map { "[\($0)]" }.joined(separator: " ")
      let header = header(record, clock)
      let noise = record.key % 3 == 0 ? "\(header)info vpxd[7F1] [Originator@6876 sub=vpxLro] [VpxLRO] -- BEGIN\n" : ""
      guard record.text.utf8.count > textLimit else {
        return "\(noise)\(header)Event [\(record.key)] [1-1] \(head) [\(record.text)]\n"
      }
      let parts = [String(record.text.prefix(60)), String(record.text.dropFirst(60))]
      let second = record.key % 2 == 0 ? "\(head) [\(parts[1])]" : "[\(parts[1])]"
      return "\(header)Event [\(record.key)] [1-2] \(head) [\(parts[0])]\n\(noise)"
        + "\(header)Event [\(record.key)] [2-2] \(second)\n"
    }.joined()
  }

  private static func header(_ record: StoryRecord, _ clock: StoryClock) -> String {
    switch record.key / 16 % 3 {
    case 0: "<14>1 \(clock.govc) vc01 vpxd 4731 - - "
    case 1: "\(clock.unix.dropFirst(4).dropLast(5)) vc01 vpxd[4731]: "
    default: "\(clock.govc) vc01 vpxd 4731 - -  "
    }
  }
}

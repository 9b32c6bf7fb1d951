internal import Inventory

/// A disk of a VM, as the hardware has it: a file, perhaps a copy of it, and logs on whichever of them the VM has.
///
/// What the files hold is told by versions. Whatever changes the content makes a new version, and only those files have it
/// that took part.
struct GuestDisk: Sendable {
  /// A file that can hold the whole disk.
  struct BaseFile: Sendable {
    /// Number of its datastore.
    let volume: Int
    /// Nil while it is being filled.
    var version: Int?
    /// Of a copy: what is safely in it of a file that was frozen, and of which version that was.
    var filledMiB = 0.0
    var filledVersion: Int?
  }

  /// Its file's size: none of a mapping, whose LUN is elsewhere.
  let sizeMiB: Double
  let isMapping: Bool
  let isPhysical: Bool
  let writeMiBPerSecond: Double
  /// The most that can differ from one moment to another.
  let writeSetMiB: Double
  var source: BaseFile?
  var target: BaseFile?
  /// The oldest first; the last one takes the writes.
  var logs: [LogFile] = []
  var logsMade = 0
  var home = DiskSide.source
  /// Of what the logs lie on.
  private(set) var version = 0
  var isMirrored = false
  /// Since when changed blocks are noted, by the guest's clock of writing.
  var trackedSince: Double?
  /// The host whose process mirrors it or notes changed blocks.
  var watcher: Int?

  init(_ disk: VirtualDisk, volume: Int) {
    isMapping = disk.mapping != nil
    isPhysical = disk.mapping?.mode == .physical
    sizeMiB = isMapping ? 0 : disk.sizeMiB
    writeMiBPerSecond = disk.writeMiBPerSecond
    writeSetMiB = min(sizeMiB, disk.writeSetMiB ?? sizeMiB)
    source = BaseFile(volume: volume, version: 0)
  }

  subscript(side: DiskSide) -> BaseFile? {
    get { side == .source ? source : target }
    set { if side == .source { source = newValue } else { target = newValue } }
  }

  /// Whether a copy is there that the VM does not have yet.
  var isMoving: Bool { target != nil && home == .source }

  func isComplete(_ side: DiskSide) -> Bool { self[side]?.version == version }

  /// What the guest wrote in so many seconds of its clock.
  func written(in seconds: Double) -> Double { min(writeSetMiB, max(0, writeMiBPerSecond * seconds)) }

  /// What the guest wrote for a log.
  func written(for log: LogFile, at clock: Double) -> Double { written(in: (log.ended ?? clock) - log.begun) }

  /// What a log holds: no more than it has room for.
  func written(in log: LogFile, at clock: Double) -> Double { min(log.sizeMiB, written(for: log, at: clock)) }

  /// What the next pass has to copy.
  func restMiB(at clock: Double) -> Double { trackedSince.map { written(in: clock - $0) } ?? sizeMiB }

  /// The guest begins to write, or what kept a copy the same as its file has ended: all files are old that do not get it.
  /// Logs take the writes from what lies under them; a LUN from its mapping.
  mutating func isWritten() {
    guard logs.isEmpty, !isMapping else { return }
    let isSame = isMirrored && isComplete(.target)
    change(at: home)
    if isSame { copied() }
  }

  /// The content changes at one side.
  private mutating func change(at side: DiskSide) {
    version += 1
    let current = version
    self[side]?.version = current
  }

  /// The copy is the same as the file.
  mutating func copied() {
    let current = version
    target?.version = current
  }

  /// Lets a fresh log take the writes.
  mutating func addLog(on volume: Int, at clock: Double) {
    if !logs.isEmpty { logs[logs.count - 1].ended = clock }
    logsMade += 1
    logs.append(LogFile(number: logsMade, volume: volume, begun: clock))
  }

  /// The oldest logs are in the file under them now, and go.
  mutating func merged(_ count: Int) {
    logs.removeFirst(min(count, logs.count))
    change(at: home)
  }

  /// Nobody mirrors it or notes what changes any more.
  /// - Parameter isBeingWritten: whether the guest goes on.
  mutating func endWatching(isBeingWritten: Bool) {
    let wasMirrored = isMirrored
    (isMirrored, trackedSince, watcher) = (false, nil, nil)
    if wasMirrored, isBeingWritten { isWritten() }
  }
}

internal import Inventory

/// An order to start or stop a VM.
struct PowerOrder {
  let vm: String
  let host: String
  let isStart: Bool
  let deadline: Instant
}

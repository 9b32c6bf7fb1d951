extension VirtualDisk {
  /// What people call it: its label, else its place among the disks of its VM, from 1.
  /// - Parameter number: its place, from 0.
  package func name(_ number: Int) -> String { label ?? "Hard disk \(number + 1)" }
}

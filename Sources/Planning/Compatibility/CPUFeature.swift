/// Names of CPU features, which hypervisors and systems spell differently.
enum CPUFeature {
  /// Our name of a feature: in lower case, as QEMU has it. `cpuid.SSE42`, `SSE42`, `sse4_2` and `sse4.2` are one.
  static func name(_ text: String) -> String {
    let lower = text.lowercased()
    let plain = (lower.hasPrefix("cpuid.") ? String(lower.dropFirst(6)) : lower).replacing("_", with: "-")
    return aliases[plain] ?? plain
  }

  /// What says something of the system or the host at that moment, not of the processor.
  static func isHostLocal(_ name: String) -> Bool { hostLocal.contains(name) || name.hasPrefix("mbm-") }

  private static let hostLocal: Set = ["osxsave", "ospke", "hypervisor", "cmt", "ht", "x2apic", "tsc-deadline", "arat"]

  private static let aliases = [
    "sse41": "sse4.1", "sse4-1": "sse4.1", "sse42": "sse4.2", "sse4-2": "sse4.2", "pni": "sse3",
    "pclmuldq": "pclmulqdq", "cmpxchg16b": "cx16", "mwait": "monitor", "enfstrg": "erms", "lahf64": "lahf-lm",
    "lzcnt": "abm", "3dnowplus": "3dnowext", "ffxsr": "fxsr-opt", "misaligned-sse": "misalignsse",
    "3dnprefetch": "3dnowprefetch", "xgetbv-ecx1": "xgetbv1", "tsc-deadline-timer": "tsc-deadline",
  ]
}

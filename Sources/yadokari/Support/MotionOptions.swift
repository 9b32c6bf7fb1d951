internal import ArgumentParser

/// What the old command moves, and where to.
struct MotionOptions: ParsableArguments {
  @Option(help: "The datacenter of the VM.")
  var datacenter: String?

  @Option(
    help: ArgumentHelp(
      "The VM by its .vmx file, and the datastore to which it goes: '[san1] web1/web1.vmx:san2'.",
      valueName: "file:datastore"))
  var vm: String?

  @Option(
    help: ArgumentHelp(
      "Disks that go elsewhere, or stay: '[san1] web1/web1_1.vmdk:san1, …'.", valueName: "file:datastore, …"))
  var disks: String?

  @Flag(help: "Ask for everything, in a dialogue.")
  var interactive = false

  /// Whether anything is given that the dialogue asks for.
  var isGiven: Bool { datacenter != nil || vm != nil || disks != nil }
}

/// How to make each export that can be imported, and what it can and cannot answer: what `yadokari help formats` prints and
/// `docs/formats.md` holds.
package struct FormatGuide: Sendable {
  /// What it is.
  package let title: String
  package let formats: [ImportFormat]
  /// The lines of a command to paste, none longer than a terminal is wide.
  package let make: [String]
  package let answers: String
  /// What it cannot show, which comes out as unknown or as a gap.
  package let lacks: String

  package static let all: [FormatGuide] = [
    FormatGuide(
      title: "Events of vCenter, whole, as XML",
      formats: [.govcEventsXML],
      make: ["govc events -xml -n 1000 / > events.xml"],
      answers: "failures and what became of each VM; moves; where each VM was, and whether it ran",
      lacks: "VMs that no event names; sizes and capacity; govc prints nothing where there are more "
        + "events than -n asks for"),
    FormatGuide(
      title: "Events of vCenter, whole, as JSON",
      formats: [.vcenterEventsJSON],
      make: [
        "# QueryEvents of the vCenter's JSON interface, CloudEvents of a broker, or",
        "Get-VIEvent -Start (Get-Date).AddDays(-30) -MaxSamples 100000 |",
        "  ConvertTo-Json -Depth 5 | Out-File events.json -Encoding utf8",
      ],
      answers: "what the XML answers",
      lacks: "what the XML lacks; PowerShell leaves out the class, which is then read from the text, and Windows PowerShell "
        + "the time behind the millisecond"),
    FormatGuide(
      title: "Events that vCenter streams to a syslog server",
      formats: [.vcenterSyslog],
      make: [
        "# the setting vpxd.event.syslog.enabled lets the vCenter stream them; then",
        "zcat vcenter.log.*.gz > vcenter.log",
      ],
      answers: "failures and what became of each VM; moves; often the only record that is older than 30 days",
      lacks: "ids; VM, host and the type of an EventEx are known from the text only; events whose text was cut are "
        + "set aside"),
    FormatGuide(
      title: "Events of vCenter with type and key, as JSON",
      formats: [.govcEventsListJSON],
      make: ["govc events -l -json -n 1000 / > events-l.json"],
      answers: "failures and what became of each VM; moves",
      lacks: "ids and users; VM and host are known from the text only"),
    FormatGuide(
      title: "Events of vCenter as texts",
      formats: [.govcEventsJSON, .govcEventsList],
      make: ["govc events -json -n 1000 / > events.json", "govc events -l -n 1000 / > events.txt"],
      answers: "failures and what became of each VM; moves; the second with --tz",
      lacks: "ids and users; the first the key, the second the time behind the second"),
    FormatGuide(
      title: "A list of events from PowerCLI",
      formats: [.powerCLIEvents],
      make: [
        "Get-VIEvent -Start (Get-Date).AddDays(-30) -MaxSamples 100000 |",
        "  Select-Object Key,CreatedTime,UserName,EventTypeId,FullFormattedMessage |",
        "  Export-Csv events.csv -NoTypeInformation -Encoding UTF8",
      ],
      answers: "failures and what became of each VM; moves; with --tz, and with --columns where a script renamed them",
      lacks: "ids, and the time behind the second; VM and host are known from the text only"),
    FormatGuide(
      title: "A list of moves from PowerCLI",
      formats: [.powerCLIMoves],
      make: ["Get-VMotion | Export-Csv moves.csv -NoTypeInformation -Encoding UTF8"],
      answers: "moves, with --tz, and with --columns where a script renamed them",
      lacks: "failures, whether a VM ran, and what failed to move"),
    FormatGuide(
      title: "The inventory of vCenter",
      formats: [
        .govcAbout, .govcCollectClusters, .govcCollectHosts, .govcCollectVMs, .govcCollectDatastores, .govcList,
        .govcHostInfo, .govcVMInfo, .govcDatastoreInfo,
      ],
      make: [
        "# the README has the five commands with all properties; of VMs the least is",
        "govc collect -json -type m / name runtime.host runtime.powerState \\",
        "  config.hardware > vms.json",
      ],
      answers: "capacity; where each VM was at that time; with events, the VMs that no event names",
      lacks: "what happened between two inventories"),
    FormatGuide(
      title: "An inventory of RVTools",
      formats: [.rvtoolsWorkbook, .rvtoolsLists],
      make: ["rvtools.exe -s VCENTER -u USER -p PASSWORD -c ExportAll2xlsx -d FOLDER"],
      answers: "capacity; where each VM was at that time; workbooks merged from several vCenters are read as several, and "
        + "lists of many days in one folder as many inventories",
      lacks: "what happened between two inventories; whether a host answered"),
    FormatGuide(
      title: "An inventory from PowerCLI",
      formats: [.powerCLIInventory],
      make: [
        "Get-Cluster | Export-Csv clusters.csv -NoTypeInformation -Encoding UTF8",
        "Get-VMHost | Export-Csv hosts.csv -NoTypeInformation -Encoding UTF8",
        "Get-Datastore | Export-Csv datastores.csv -NoTypeInformation -Encoding UTF8",
        "Get-VM | Export-Csv vms.csv -NoTypeInformation -Encoding UTF8",
      ],
      answers: "capacity; where each VM was at that time",
      lacks: "sockets, disks, the demand of single VMs, reservations; what happened between two inventories"),
    FormatGuide(
      title: "A cluster described in a file",
      formats: [.clusterFile],
      make: ["$EDITOR cluster.json    # docs/cluster-files.md says what it may hold"],
      answers: "capacity; what a simulated failure or move does",
      lacks: "what really happened"),
  ]
}

internal import ArgumentParser
internal import Inventory
internal import Planning
internal import Reports

extension CapacityCommand {
  struct Fit: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "How many more VMs of a size fit, and how many so that hosts may fail?",
      discussion: helpText(
        """
        Memory that was granted to VMs that run is counted, and the CPU that they reserve, never what they use at the moment;
        vCPUs only with --max-vcpus-per-core. New VMs reserve nothing. With --keep-failures every set of so many hosts is let
        fail, and all their VMs, old and new, are placed on the others. What is said to fit is proved by that placement,
        which --proof writes for anybody to check. A host in no cluster is a pool of its own. Exits with 4 where one does not
        survive the failures as it is.

        EXAMPLE
          yadokari capacity fit --vcpus 2 --memory 4GiB --keep-failures 1 --db lab.db
          yadokari capacity fit --vcpus 2 --memory 4GiB --keep-failures 1 --proof proof.json --db lab.db
        """))

    @OptionGroup(title: "What is read") var reading: ReadOptions
    @OptionGroup var clusters: ClusterOptions

    @Option(help: "vCPUs of such a VM.")
    var vcpus: Int

    @Option(help: ArgumentHelp("Memory of such a VM, such as 4GiB or 512MiB; a number alone is MiB.", valueName: "size"))
    var memory: MemorySize

    @Option(help: "Host failures to tolerate.")
    var keepFailures = 0

    @Option(help: "How many placements are tried in order to find that more fit.")
    var attempts = 4000

    @Option(help: ArgumentHelp("How many vCPUs a core may carry.", valueName: "ratio"))
    var maxVcpusPerCore: Double?

    @Option(
      help: ArgumentHelp("Write the placement that proves it into this new file.", valueName: "file"), completion: .file())
    var proof: String?

    @OptionGroup(title: "Output") var output: OutputOptions

    func validate() throws {
      if vcpus < 1 { throw ValidationError("--vcpus is less than 1") }
      if keepFailures < 0 { throw ValidationError("--keep-failures is less than 0") }
      if let maxVcpusPerCore, !(maxVcpusPerCore > 0 && maxVcpusPerCore.isFinite) {
        throw ValidationError("--max-vcpus-per-core takes a number above 0")
      }
      if proof != nil, !clusters.change.whatIf.isNothing {
        throw ValidationError("a proof is of the cluster as it is; leave --proof, or --without, --add-hosts and --add-vms")
      }
      if attempts < 0 { throw ValidationError("--attempts is less than 0") }
      try refuseBlank(("--proof", proof))
    }

    func run() async throws {
      let profile = VMProfile(vcpus: vcpus, memoryMiB: memory.mib)
      let file = try proof.map { try NewFile($0) }
      try await reading.read { reader, moment in
        let (found, outside) = try clusters.find(reader, at: moment)
        if file != nil, found.count != 1 {
          let names = found.map { "\($0.pool.scope.label) of \($0.pool.source)" }.joined(separator: ", ")
          throw YadokariError(
            found.isEmpty ? .notFound : .conflict,
            found.isEmpty
              ? "no cluster is known at \(moment)"
              : "a proof is of one cluster or host; name it with --cluster or --host, and --source: \(names)")
        }
        var answers: [FitReport.Cluster] = []
        for cluster in found {
          let scope = cluster.pool.scope
          let pool = Pool(of: scope, in: cluster.snapshot, vcpusPerCore: maxVcpusPerCore)
          let gap = ClusterMembers(of: scope, in: cluster.snapshot).obstacleToPacking(vcpusPerCore: maxVcpusPerCore)
          var answer = FitReport.Cluster(cluster.pool, gap: gap)
          answer.isSampled = FailureSets(of: keepFailures, hosts: pool.hosts).isSampled
          var search = FitSearch(pool, profile: profile, keepFailures: keepFailures, attempts: attempts)
          if gap == nil { answer.fit = search.run() }
          answers.append(answer)
          guard let file, let fit = answer.fit, let proof = FitProof(of: fit, keepFailures: keepFailures, in: pool) else {
            continue
          }
          try file.write { part in
            try NewFile.fill(part) { try $0.write(proof.document(of: scope).compactText + "\n") }
          }
        }
        try output.print(
          FitReport.report(
            answers, outside: outside.map(\.gap), profile: profile, keepFailures: keepFailures, at: moment))
        if found.isEmpty, outside.contains(where: { $0.gap.isOutside }) {
          throw ExitCode(YadokariError.Code.partlyDone.rawValue)
        }
        if answers.contains(where: { $0.fit?.keeping == nil }) { throw ExitCode(YadokariError.Code.refused.rawValue) }
      }
    }
  }
}

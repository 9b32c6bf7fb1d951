package import Inventory
package import Planning

extension FitProof {
  /// The proof as a document that others can check with the cluster beside it.
  package func document(of scope: PoolScope) -> JSONValue {
    [
      "schema": "yadokari.fit-proof/1", "cluster": JSONValue(scope.cluster), "host": JSONValue(scope.host),
      "profile": ["vcpus": .int(Int64(profile.vcpus)), "memory_mib": .int(profile.memoryMiB)],
      "keep_failures": .int(Int64(keepFailures)), "max_vcpus_per_core": vcpusPerCore.map { .double($0) } ?? .null,
      "new": .object(new.map { JSONValue.Member($0.host, .int(Int64($0.count))) }),
      "evacuations": .array(
        evacuations.map { evacuation in
          [
            "failed": .array(evacuation.failed.map { .string($0) }),
            "to": .object(evacuation.to.map { JSONValue.Member($0.vm, .string($0.host)) }),
          ]
        }),
    ]
  }
}

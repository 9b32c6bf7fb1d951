/// Why a record cannot be used.
struct RecordProblem: Error {
  let reason: String
}

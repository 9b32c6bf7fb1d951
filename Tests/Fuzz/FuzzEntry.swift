import Foundation

/// What libFuzzer calls with each input. The environment says which reader gets it.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  target.take(Array(UnsafeBufferPointer(start: start, count: count)))
  return 0
}

private let target: FuzzTarget = {
  let name = ProcessInfo.processInfo.environment["YADOKARI_FUZZ_READER"] ?? ""
  guard let target = FuzzTarget(rawValue: name) else { fatalError("YADOKARI_FUZZ_READER names no reader: \"\(name)\"") }
  return target
}()

/// Stops the fuzzer with the input at hand: something that must always hold does not.
func broken(_ what: String) -> Never { fatalError("broken: \(what)") }

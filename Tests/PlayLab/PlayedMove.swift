package import Inventory
package import Planning

/// What a move really took in a play.
package struct PlayedMove: Sendable {
  package var begins: Instant?
  package var ends: Instant?
  package var ending = MoveForecast.Ending.never
  package var passes = 0
  /// With what mirrors wrote twice.
  package var copiedMiB = 0.0
  package var downtimeSeconds = 0.0

  /// From when its turn came; nil where it did not end.
  package var seconds: Double? { begins.flatMap { ends?.seconds(since: $0) } }

  /// How far a forecast is from it, each as a part of what really was.
  package func deviation(of forecast: MoveForecast) -> Deviation {
    func part(_ predicted: Double, _ real: Double) -> Double {
      predicted == real ? 0 : abs(predicted - real) / max(abs(real), 1e-3)
    }
    var deviation = Deviation()
    deviation.hasSameEnding = forecast.ending == ending
    if let begins, let seconds, let predicted = forecast.seconds, let start = forecast.begins {
      // A turn that comes late is as wrong as a move that takes long.
      deviation.time = max(part(predicted, seconds), abs(start.seconds(since: begins)) / max(seconds, 1e-3))
    } else {
      deviation.time = forecast.ends == nil && ends == nil ? 0 : .infinity
    }
    deviation.bytes = part(forecast.copiedMiB + forecast.mirroredMiB, copiedMiB)
    deviation.downtime = part(forecast.downtimeSeconds, downtimeSeconds)
    deviation.passes = abs(forecast.passes - passes)
    return deviation
  }
}

/// How far a forecast is from what really was: parts of it, and passes.
package struct Deviation: Sendable {
  package var time = 0.0
  package var bytes = 0.0
  package var downtime = 0.0
  package var passes = 0
  package var hasSameEnding = true
}

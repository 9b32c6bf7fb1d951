internal import Inventory

/// In which order a date has its day and its month.
package enum DateOrder: String, Sendable, CaseIterable {
  case dayMonthYear = "dmy"
  case monthDayYear = "mdy"
  case yearMonthDay = "ymd"
}

extension DateOrder {
  /// The order of a file's dates, from all of them; nil where each can be read in one way only.
  /// - Parameter given: the order that a person gave: it has to fit.
  /// - Throws: `usage` where the dates have several orders, another one than given, or one that has to be asked for.
  init?(of times: [WallTime?], given: DateOrder?, path: InputPath) throws {
    var (hasDayFirst, hasMonthFirst, hasEither, hasYearLast) = (false, false, false, false)
    for case let time? in times where !time.isYearFirst {
      let (day, month) = (time.fits(.dayMonthYear), time.fits(.monthDayYear))
      hasDayFirst = hasDayFirst || (day && !month)
      hasMonthFirst = hasMonthFirst || (month && !day)
      hasEither = hasEither || (day && month && time.first != time.second)
      hasYearLast = hasYearLast || day || month
    }
    func refusal(_ words: String) -> YadokariError { YadokariError(.usage, "\(path): \(words)") }
    if hasDayFirst, hasMonthFirst {
      throw refusal("some of its dates have the day first, others the month; make files of one kind")
    }
    switch given {
    case .yearMonthDay? where hasYearLast:
      throw refusal("its dates do not begin with the year; give --date-order dmy or mdy")
    case .dayMonthYear? where hasMonthFirst: throw refusal("some of its dates have the month first; give --date-order mdy")
    case .monthDayYear? where hasDayFirst: throw refusal("some of its dates have the day first; give --date-order dmy")
    case let given?: self = given
    case nil:
      if hasDayFirst {
        self = .dayMonthYear
      } else if hasMonthFirst {
        self = .monthDayYear
      } else if hasEither {
        throw refusal("its dates can be read with the day or with the month first; say which with --date-order dmy or mdy")
      } else {
        return nil
      }
    }
  }
}

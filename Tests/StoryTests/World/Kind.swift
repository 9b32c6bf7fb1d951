/// The kinds of happenings that once gave wrong answers; docs/stories.md says what each is.
enum Kind: String, CaseIterable, Hashable {
  case c1 = "C1"
  case c2 = "C2"
  case c3 = "C3"
  case c4 = "C4"
  case c5 = "C5"
  case c6 = "C6"
  case c7 = "C7"
  case c8 = "C8"
  case c9 = "C9"
  case c10 = "C10"
  case c11 = "C11"
  case c12 = "C12"
  case c13 = "C13"
  case c14 = "C14"
  case c15 = "C15"
  case c16 = "C16"
  case c17 = "C17"
  case c18 = "C18"

  /// The kinds without which it cannot occur, and itself.
  var needed: Set<Kind> {
    switch self {
    case .c4, .c18: [.c3, .c4, .c18]
    case .c5: [.c3, .c5]
    case .c6, .c11: [.c6, .c11]
    default: [self]
    }
  }

  /// Whether a complaint is about what this kind gets wrong.
  func explains(_ complaint: Complaint) -> Bool {
    let isXML = complaint.form.isWhole
    return switch self {
    case .c1, .c7, .c8: complaint.form.isText
    case .c2: complaint.form.isInventories && [.place, .power, .list].contains(complaint.check)
    case .c3: complaint.check == .power || complaint.check == .agreement
    case .c4: [.outcome, .times].contains(complaint.check)
    case .c5: complaint.check == .incident
    case .c6: isXML && [.list, .name].contains(complaint.check)
    case .c9: [.move, .moveKind].contains(complaint.check)
    case .c10: complaint.check == .list && complaint.text.contains("datastore")
    case .c11: complaint.form.isText
    case .c12: isXML && [.victims, .place, .move, .power, .agreement].contains(complaint.check)
    case .c13: [.victims, .times, .power].contains(complaint.check)
    case .c14: complaint.check == .times && complaint.text.contains("back ")
    case .c15: complaint.check == .outcome && complaint.text.contains("attempts")
    case .c16: complaint.check == .outcome && complaint.text.contains("waiting")
    case .c17: [.outcome, .name].contains(complaint.check)
    case .c18: complaint.check == .moveKind
    }
  }
}

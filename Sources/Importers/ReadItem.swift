/// What a reader found in a file: a piece to work on, or one to set aside, with the line on which it begins.
enum ReadItem<Piece> {
  case piece(Piece, line: Int)
  case broken(reason: String, line: Int)
}

/// A piece of HTML. What is put into a literal is text and is escaped, unless it is a piece of HTML itself, so that
/// nothing from a repository can become an element, an attribute or a script.
struct Markup: ExpressibleByStringInterpolation {
  /// HTML, ready to be written.
  private(set) var text: String

  init(stringLiteral value: String) { text = value }

  init(stringInterpolation: StringInterpolation) { text = stringInterpolation.text }

  /// HTML that is known to be sound: the page's own style sheet and script.
  init(trusted text: String) { self.text = text }

  /// Pieces, one after another.
  init(_ pieces: [Markup]) { text = pieces.map(\.text).joined() }

  /// Nothing.
  static let empty: Markup = ""

  static func += (left: inout Markup, right: Markup) { left.text += right.text }

  /// Puts literals and values together.
  struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var text = ""

    init(literalCapacity: Int, interpolationCount: Int) {
      text.reserveCapacity(literalCapacity + interpolationCount * 16)
    }

    mutating func appendLiteral(_ literal: String) { text += literal }

    /// A piece of HTML as it is.
    mutating func appendInterpolation(_ markup: Markup) { text += markup.text }

    /// Pieces of HTML, one after another.
    mutating func appendInterpolation(_ pieces: [Markup]) { for piece in pieces { text += piece.text } }

    /// A text: in an element or in an attribute with double quotes.
    mutating func appendInterpolation(_ value: some StringProtocol) { Markup.escape(String(value), into: &text) }

    /// A whole number.
    mutating func appendInterpolation(_ number: Int) { text += String(number) }

    /// A part of a width, in percent with two digits: `12.50%`.
    mutating func appendInterpolation(percent number: Double) { text += Decimal.fixed(number, digits: 2) + "%" }
  }

  /// Control characters and direction overrides are spelled out; the five signs of HTML become entities.
  private static func escape(_ value: String, into text: inout String) {
    let shown = value.printable
    guard shown.utf8.contains(where: { "&<>\"'".utf8.contains($0) }) else {
      text += shown
      return
    }
    for scalar in shown.unicodeScalars {
      switch scalar {
      case "&": text += "&amp;"
      case "<": text += "&lt;"
      case ">": text += "&gt;"
      case "\"": text += "&quot;"
      case "'": text += "&#39;"
      default: text.unicodeScalars.append(scalar)
      }
    }
  }
}

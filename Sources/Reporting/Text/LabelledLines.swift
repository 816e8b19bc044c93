/// Lines with a label in front of the first, wrapped to a width: `  object  Cluster default/prod`.
struct LabelledLines {
  private static let labelWidth = 7
  private static let indent = 2 + labelWidth + 1

  /// What was added so far, each line with a line feed.
  private(set) var text = ""
  private let width: Int
  private let isColoured: Bool

  /// No lines yet.
  init(_ options: RenderOptions) {
    width = options.width
    isColoured = options.isColoured
  }

  /// The cells that a line has for its content.
  var contentWidth: Int { max(20, width - LabelledLines.indent) }

  /// Adds a text under a label.
  ///
  /// - Parameters:
  ///   - content: with every unprintable character spelled out already.
  ///   - breakingWords: whether a word that is longer than a line is cut.
  ///   - limit: the number of lines after which the rest is left out.
  mutating func add(
    _ label: String, _ content: String, style: Style = .plain, breakingWords: Bool = false, limit: Int = .max
  ) {
    var lines = DisplayWidth.wrapped(content, width: contentWidth, breakingWords: breakingWords)
    if lines.count > limit { lines = lines.prefix(limit) + ["…"] }
    for (number, line) in lines.enumerated() {
      add(number == 0 ? label : "", styled: style(line, isColoured))
    }
  }

  /// Adds one line that is styled already and fits.
  mutating func add(_ label: String, styled content: String) {
    let padding = String(repeating: " ", count: max(0, LabelledLines.labelWidth - label.utf8.count))
    text += "  \(Style.dim(label, isColoured))\(padding) \(content)\n"
  }
}

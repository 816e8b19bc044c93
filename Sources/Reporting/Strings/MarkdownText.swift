/// Untrusted text as Markdown or HTML that shows it and does nothing else.
///
/// Forges notify whoever is mentioned and link whatever looks like an issue, after the Markdown is read; a back-slash
/// does not stop that, a zero-width space behind the sign does.
enum MarkdownText {
  /// What breaks a mention, an issue number or an address apart, invisibly.
  private static let zeroWidth = "&#8203;"

  /// A text in the middle of a paragraph or a table's cell.
  static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.printable.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "@", "#": result += "\(scalar)\(zeroWidth)"
      case "!", "~", "$": result += "\\\(scalar)\(zeroWidth)"
      case "\\", "`", "*", "_", "[", "]", "|", "^", "=": result += "\\\(scalar)"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return withoutLinks(withoutBlockStart(result))
  }

  /// A text inside an HTML element, where most forges do not read Markdown; its signs are entities for those that do.
  static func html(_ text: String) -> String {
    var result = ""
    for scalar in text.printable.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "`", "*", "_", "[", "]", "!", "~", "$", "|", "\\": result += "&#\(scalar.value);"
      case "@", "#": result += "\(scalar)\(zeroWidth)"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return withoutLinks(result)
  }

  /// A text as a code span, in which nothing is read; the fence is longer than any row of back-ticks in it.
  ///
  /// - Parameter isInTable: whether bars would end the cell.
  static func code(_ text: String, isInTable: Bool = false) -> String {
    var shown = text.printable
    if shown.isEmpty { shown = " " }
    if isInTable { shown = shown.replacing("|", with: "\\|") }
    let fence = String(repeating: "`", count: longestRow(of: "`", in: shown) + 1)
    let padding = shown.hasPrefix("`") || shown.hasSuffix("`") || shown.first == " " ? " " : ""
    return fence + padding + shown + padding + fence
  }

  /// Lines as a fenced block.
  static func block(_ lines: [String], language: String = "") -> String {
    let shown = lines.map { $0.replacing("\t", with: "    ").printable }
    let longest = shown.map { longestRow(of: "`", in: $0) }.max() ?? 0
    let fence = String(repeating: "`", count: max(3, longest + 1))
    return "\(fence)\(language)\n\(shown.joined(separator: "\n"))\n\(fence)"
  }

  /// A web address as a link; what is none is shown as code.
  static func link(_ address: String) -> String {
    let isPlain = address.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !"<>()[]\\`\"|".utf8.contains($0) }
    return address.hasPrefix("https://") && isPlain ? "<\(address)>" : code(address)
  }

  /// A plain text for readers of whom some take it for Markdown: only what would act is broken apart, so that it still
  /// reads well on a terminal.
  static func neutral(_ text: String) -> String {
    var result = ""
    var previous: Unicode.Scalar = " "
    for scalar in text.unicodeScalars {
      switch scalar {
      case "<": result += "&lt;"
      case "`": result += "'"
      case "(" where previous == "]", "[" where previous == "!": result += " \(scalar)"
      default: result.unicodeScalars.append(scalar)
      }
      if scalar == "@" { result += "\u{200B}" }
      previous = scalar
    }
    return result
  }

  /// Addresses that forges link although nothing says so.
  private static func withoutLinks(_ text: String) -> String {
    text.replacing("://", with: ":\(zeroWidth)//").replacing("www.", with: "www\(zeroWidth).")
  }

  /// A text that is no list, rule or command to the forge (GitLab's `/close`) when it starts a line.
  private static func withoutBlockStart(_ text: String) -> String {
    guard let first = text.first else { return text }
    if "-+/".contains(first) { return "\\" + text }
    guard first.isNumber, let end = text.firstIndex(where: { !$0.isNumber }), text[end] == "." else { return text }
    return text[..<end] + "\\" + text[end...]
  }

  private static func longestRow(of scalar: Unicode.Scalar, in text: String) -> Int {
    var longest = 0
    var row = 0
    for candidate in text.unicodeScalars {
      row = candidate == scalar ? row + 1 : 0
      longest = max(longest, row)
    }
    return longest
  }
}

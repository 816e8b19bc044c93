internal import Policy

/// What the charts of a page share. Places are percent of the width, so that a chart fits any screen without a script
/// and its letters keep their size.
enum ChartParts {
  /// The lines of the calendar.
  static func grid(_ axis: TimeAxis, height: Int) -> Markup {
    let lines = axis.ticks.map { tick in
      "<line x1=\"\(percent: tick.position)\" x2=\"\(percent: tick.position)\" y1=\"0\" y2=\"\(height)\"/>" as Markup
    }
    return "<g class=\"grid\">\(lines)</g>"
  }

  /// The calendar under a chart.
  static func labels(_ axis: TimeAxis) -> Markup {
    let texts = axis.ticks.map { tick -> Markup in
      let minor: Markup = tick.isMinor ? " class=\"minor\"" : .empty
      return "<text x=\"\(percent: tick.position)\" y=\"12\"\(minor)>\(tick.label)</text>"
    }
    return "<svg class=\"axis\" width=\"100%\" height=\"18\" aria-hidden=\"true\">\(texts)</svg>\n"
  }

  /// The shape of a severity around the middle of a drawing of its own; no two severities have the same.
  static func shape(_ severity: Severity) -> Markup {
    switch severity {
    case .critical: "<path d=\"M0-8 8 0 0 8-8 0z\"/>"
    case .high: "<path d=\"M0-7.5 7.5 6-7.5 6z\"/>"
    case .medium: "<circle r=\"5.5\"/>"
    case .low: "<circle r=\"4\" class=\"ring\"/>"
    }
  }
}

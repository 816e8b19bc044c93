import Foundation
import Policy
import Testing

@testable import Reporting

/// The HTML report as a real browser shows it.
@Suite(.timeLimit(.minutes(3))) struct `the HTML report in Chromium` {
  private let browser: Browser

  init() throws {
    browser = try Browser()
    try browser.resize(width: 1280, height: 900)
  }

  private func open(_ report: Report) throws {
    let options = RenderOptions(toolVersion: "0.1.0")
    try browser.load(OutputFormat.html.render(report, rules: [SampleReport.rule], options: options))
  }

  /// Rows of findings that are shown, or folded away as the same rule has many.
  private let rows = "[...document.querySelectorAll('tr.f')].filter(row => row.offsetParent).length"
  private let count = "document.getElementById('count').textContent"

  @Test func `the table filters, tells what is left, and remembers it in the address`() throws {
    try open(SampleAudit.report)
    #expect(try browser.text(count) == "18" && browser.number(rows) == 11)
    try browser.click("[name=severity][value=critical]")
    #expect(try browser.text(count) == "4 of 18" && browser.number(rows) == 4)
    #expect(try browser.text("location.hash") == "#severity=critical")
    _ = try browser.value(of: choose("rule", "github-pat"))
    #expect(try browser.text(count) == "1 of 18")
    try browser.click("button[type=reset]")
    try browser.wait(for: "\(count) == '18'")
    #expect(try browser.text("location.hash").isEmpty)
    for (name, value, left) in [
      ("cluster", "stage", "1 of 18"), ("author", "Tom O'Hara", "6 of 18"), ("from", "2026-11-01", "3 of 18"),
      ("to", "2026-01-31", "1 of 18"), ("text", "MD-11", "1 of 18"), ("text", "no such thing", "0 of 18"),
    ] {
      _ = try browser.value(of: choose(name, value))
      #expect(try browser.text(count) == left, "\(name)")
      _ = try browser.value(of: choose(name, ""))
    }
    try browser.click(".fold-row:not([hidden]) button")
    #expect(try browser.number(rows) == 18)
    #expect(browser.complaints.isEmpty, "\(browser.complaints)")
    #expect(browser.requests.isEmpty, "\(browser.requests)")
  }

  @Test func `a mark on a chart leads to its finding, by mouse and by keyboard, whatever is filtered`() throws {
    try open(SampleAudit.report)
    _ = try browser.value(of: choose("rule", "github-pat"))
    let marks = try browser.number("document.querySelectorAll('.marks a').length")
    #expect(marks >= 4)
    try browser.click(".marks .critical a")
    try check(mark: ".marks .critical a")
    _ = try browser.value(of: "document.querySelector('.marks .medium a').focus()")
    try browser.press("Enter", text: "\r")
    try check(mark: ".marks .medium a")
    #expect(try browser.text(count) == "18")
    #expect(browser.complaints.isEmpty, "\(browser.complaints)")
  }

  private func check(mark: String) throws {
    let target = "document.getElementById(document.querySelector('\(mark)').getAttribute('href').slice(1))"
    try browser.wait(for: "\(target).closest('details').open")
    #expect(try browser.holds("'#' + \(target).id == location.hash"))
    try browser.wait(
      for: "(box => box.height > 0 && box.top >= 0 && box.top < innerHeight)(\(target).getBoundingClientRect())")
  }

  @Test func `a headline number and a column of time filter the table`() throws {
    try open(SampleAudit.report)
    try browser.click(".tile.critical a")
    try browser.wait(for: "\(count) == '4 of 18'")
    #expect(try browser.holds("document.querySelector('[value=critical]').checked"))
    try browser.click("#activity .plot a:nth-of-type(2)")
    try browser.wait(for: "\(count) != '4 of 18'")
    #expect(try browser.holds("document.querySelector('[name=from]').value.startsWith('2026-')"))
    #expect(try browser.holds("!document.querySelector('[value=critical]').checked"))
  }

  @Test func `the findings of a fleet filter by repository, in the form and by a click on a name`() throws {
    try open(SampleAudit.fleet)
    #expect(try browser.text(count) == "54" && browser.number(rows) < 54)
    let options = "[...document.querySelector('[name=repository]').options].map(option => option.value).join('|')"
    #expect(try browser.text(options) == "|plants/fleet|seeds & bulbs + 50%=½|vault")
    _ = try browser.value(of: choose("repository", "vault"))
    #expect(try browser.text(count) == "18 of 54" && shownRepositories() == "vault")
    #expect(try browser.text("location.hash") == "#repository=vault")
    try browser.click("[name=severity][value=critical]")
    #expect(try browser.text(count) == "4 of 54" && shownRepositories() == "vault")
    // A name in the table of repositories, with signs that an address gives another meaning.
    for name in ["seeds & bulbs + 50%=½", "plants/fleet"] {
      let link = "[...document.querySelectorAll('#repositories a')].find(link => link.textContent === '\(name)')"
      _ = try browser.value(of: "\(link).id = 'wanted'")
      try browser.click("#wanted")
      try browser.wait(for: "document.querySelector('[name=repository]').value === '\(name)'")
      #expect(try browser.text(count) == "18 of 54" && shownRepositories() == name)
      _ = try browser.value(of: "\(link).id = ''")
    }
    // What is clean has no findings to be shown.
    #expect(try browser.number("document.querySelectorAll('#repositories tbody tr').length") == 4)
    #expect(try browser.number("document.querySelectorAll('#repositories tbody a').length") == 3)
    try browser.click("button[type=reset]")
    try browser.wait(for: "\(count) == '54'")
    #expect(browser.complaints.isEmpty, "\(browser.complaints)")
  }

  /// The repositories of the rows that are shown.
  private func shownRepositories() throws -> String {
    let shown = "[...document.querySelectorAll('tr.f')].filter(row => row.offsetParent)"
    return try browser.text("[...new Set(\(shown).map(row => row.querySelector('.r').textContent))].join('|')")
  }

  @Test func `without scripts the whole table is there, and no form that does nothing`() throws {
    try open(SampleAudit.report)
    try browser.reloadWithoutScripts()
    #expect(try browser.number(rows) == 18)
    #expect(try browser.holds("document.getElementById('filter').hidden"))
  }

  @Test func `nothing is wider than the page, on a phone, a desk and paper`() throws {
    let shown = [(390, "screen", "light"), (320, "screen", "dark"), (1280, "screen", "dark"), (690, "print", "light")]
    for report in [SampleAudit.report, hostile] {
      try open(report)
      _ = try browser.value(of: "document.querySelectorAll('details').forEach(fold => fold.open = true)")
      for (width, media, scheme) in shown {
        try browser.resize(width: width, height: 800, isPhone: width < 500)
        try browser.show(as: media, scheme: scheme)
        let wide = "[...document.querySelectorAll('*')].filter(e => e.getBoundingClientRect().right > \(width) + .5)"
        let names = try browser.value(of: "\(wide).slice(0, 5).map(e => e.outerHTML.slice(0, 120))") ?? ""
        #expect(try browser.number("document.documentElement.scrollWidth") <= width, "\(width) \(media) \(names)")
      }
    }
    #expect(try browser.printed().starts(with: Data("%PDF".utf8)))
  }

  @Test func `what no finding has takes no room in the table`() throws {
    try open(SampleReport.clean(with: [SampleReport.countDrop]))
    let share = "document.querySelector('.f details').offsetWidth / document.querySelector('.findings').offsetWidth"
    #expect(try browser.holds("\(share) > 0.75"))
  }

  @Test func `letters stand out from their ground, in light and in dark`() throws {
    try open(SampleAudit.report)
    for scheme in ["light", "dark"] {
      try browser.show(as: "screen", scheme: scheme)
      let weak = try browser.value(of: Self.weakContrasts) as? [String]
      #expect(weak == [], "\(scheme): \(weak ?? [])")
    }
  }

  @Test func `a hostile repository runs and asks for nothing`() throws {
    try open(hostile)
    #expect(
      try browser.holds("typeof alert == 'function' && document.querySelectorAll('img, iframe, link').length == 0"))
    #expect(try browser.number("document.scripts.length") == 1)
    #expect(browser.complaints.isEmpty, "\(browser.complaints)")
    #expect(browser.requests.isEmpty, "\(browser.requests)")
  }

  @Test func `three thousand findings are shown at once and filtered in a moment`() throws {
    var report = SampleAudit.report
    let sample = report.findings[0]
    report.findings = (0..<3000).map { number in
      var finding = sample
      finding.rule = "rule-\(number % 40)"
      finding.fingerprint = String(number + 0x10000, radix: 16)
      finding.message = "The finding with the number \(number)."
      return finding
    }
    try open(report)
    #expect(try browser.text(count) == "3,000")
    let milliseconds = try browser.number(
      "(() => { const start = performance.now(); \(choose("text", "number 29")); return Math.round(performance.now() - start); })()"
    )
    #expect(try browser.text(count) == "111 of 3,000")
    #expect((0..<2000).contains(milliseconds), "\(milliseconds) ms")
  }

  private var hostile: Report {
    var report = HostileReport.report
    report.record = HostileReport.record(HostileReport.text)
    return report
  }

  /// Sets a field of the form as a person does.
  private func choose(_ name: String, _ value: String) -> String {
    "(field => { field.value = \"\(value)\"; field.dispatchEvent(new Event('input', {bubbles: true})); })"
      + "(document.querySelector('[name=\(name)]'))"
  }

  /// Texts whose colour has less than 4.5 times the light of its ground, or the other way round (WCAG 2.2, AA).
  private static let weakContrasts = """
    (() => {
      const light = color => {
        const [r, g, b] = color.match(/[\\d.]+/g).map(Number).map(c => c / 255)
          .map(c => c <= .04045 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4);
        return .2126 * r + .7152 * g + .0722 * b;
      };
      const ground = element => {
        for (; element; element = element.parentElement) {
          const color = getComputedStyle(element).backgroundColor;
          if (!/, 0\\)$|transparent/.test(color)) return color;
        }
        return "rgb(255, 255, 255)";
      };
      document.querySelectorAll("details").forEach(fold => fold.open = true);
      const weak = new Set();
      for (const element of document.querySelectorAll("main *:not(svg, svg *)")) {
        if (![...element.childNodes].some(node => node.nodeType === 3 && node.textContent.trim())) continue;
        const style = getComputedStyle(element);
        if (!element.offsetParent || style.opacity !== "1") continue;
        const [a, b] = [light(style.color), light(ground(element))].sort((x, y) => y - x);
        if ((a + .05) / (b + .05) < 4.5) {
          weak.add(`${element.tagName}.${element.className} ${style.color} on ${ground(element)}`);
        }
      }
      return [...weak];
    })()
    """
}

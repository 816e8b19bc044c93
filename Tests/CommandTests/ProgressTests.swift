import Scanning
import Testing

@testable import fluxwarden

/// How far an audit is, as it says itself.
@Suite struct ProgressTests {
  private let start = ContinuousClock.now

  private func line(_ steps: (AuditProgress.Phase, Int, Int, Double)...) -> ProgressLine {
    steps.reduce(into: ProgressLine(since: start)) { line, step in
      line.follow(AuditProgress(phase: step.0, done: step.1, total: step.2), at: start + .seconds(step.3))
    }
  }

  @Test func `it counts commits, then objects, with a rate and the time left`() {
    #expect(
      line((.walking, 12_345, 45_244, 2)).words == "comparing commits: 12,345 of 45,244 commits, 6,100/s, 6 s left")
    let reading = line((.walking, 45_244, 45_244, 5), (.reading, 1000, 62_501, 5.5))
    #expect(reading.words == "reading files: 1,000 of 62,501 objects, 2,000/s, 31 s left")
    #expect(line((.judging, 10, 10_000, 1)).words == "judging changes: 10 of 10,000 commits, 10/s, 16 min 39 s left")
  }

  @Test func `a thread that comes late takes nothing back, and nothing to do is done`() {
    #expect(line((.reading, 2048, 4096, 1), (.reading, 1024, 4096, 1.1)).words.contains("2,048 of 4,096"))
    #expect(line((.reading, 0, 0, 1)).bar(width: 80).hasPrefix(String(repeating: "━", count: 24) + " 100 %"))
    #expect(line().words == "starting")
  }

  @Test func `a bar stays on its line`() {
    let line = line((.reading, 31_000, 62_501, 1))
    #expect(line.bar(width: 79).hasPrefix("━━━━━━━━━━━─") && line.bar(width: 200).contains("49 %  reading files"))
    #expect(line.bar(width: 30).count == 30 && line.bar(width: 0).isEmpty)
  }
}

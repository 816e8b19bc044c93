package import Policy

/// Where the time of a run went, and how, as `--verbose` prints it.
package enum StagesText {
  /// A line for each stage: `stage read: 0.512 s, 0.981 core-seconds`; then a line for each remark.
  package static func of(_ report: Report) -> String {
    report.statistics.stages.map { stage in
      let seconds = Decimal.thousandths(stage.seconds)
      return "stage \(stage.name): \(seconds) s, \(Decimal.thousandths(stage.coreSeconds)) core-seconds\n"
    }.joined() + report.statistics.notes.map { "\($0)\n" }.joined()
  }
}

package import Policy

/// Where the time of a run went, as `--verbose` prints it.
package enum StagesText {
  /// A line for each stage: `stage read: 0.512 s, 0.981 core-seconds`. Empty where no stage was timed.
  package static func of(_ report: Report) -> String {
    report.statistics.stages.map { stage in
      let seconds = Decimal.thousandths(stage.seconds)
      return "stage \(stage.name): \(seconds) s, \(Decimal.thousandths(stage.coreSeconds)) core-seconds\n"
    }.joined()
  }
}

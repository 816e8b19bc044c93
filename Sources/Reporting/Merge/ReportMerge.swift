package import Policy

/// Collects reports of audits from files and joins them. What is wrong with a file is an error that names it.
package struct ReportMerge {
  private let rules: [String: RuleInfo]
  private let version: String
  private var parts: [Report] = []
  private var diagnostics: [Diagnostic] = []
  /// The files in which repositories and shards were found.
  private var repositories: [ReportedRepository.Identity: String] = [:]
  private var shards: [Shard: String] = [:]

  /// - Parameters:
  ///   - rules: the catalogue, which tells why a finding matters.
  ///   - version: this program's own; the report of another one is worth a warning.
  package init(rules: [String: RuleInfo], version: String) {
    self.rules = rules
    self.version = version
  }

  /// Takes the bytes of a file.
  package mutating func add(_ bytes: [UInt8], from file: String) {
    let written: ReportReader.Written
    do throws(JSONProblem) {
      written = try ReportReader.read(bytes, rules: rules)
    } catch {
      miss(file, "the report is left out: \(error.words(in: bytes))")
      return
    }
    if let shard = written.report.shard {
      if let other = shards[shard] {
        miss(file, "the report is left out: it is shard \(shard.number)/\(shard.count), as \(other) is")
        return
      }
      shards[shard] = file
    }
    if written.version != version {
      let message = "written by fluxwarden \(written.version), this is \(version): their rules may differ"
      diagnostics.append(Diagnostic(.warning, message, path: file))
    }
    tellTwins(written.report, in: file)
    parts.append(written.report)
  }

  /// Notes a file that can't be merged.
  package mutating func miss(_ file: String, _ message: String) {
    diagnostics.append(Diagnostic(.error, message, path: file))
  }

  /// One report about all that was added. What is wrong with files comes first in its diagnostics.
  package var report: Report {
    var report = ReportUnion(parts).report
    report.diagnostics = diagnostics + missingShards + report.diagnostics
    return report
  }

  /// Says which repositories of a report are in another one as well.
  private mutating func tellTwins(_ report: Report, in file: String) {
    var twins: [String: [String]] = [:]
    for repository in report.repositories {
      if let other = repositories[repository.identity] {
        twins[other, default: []].append(repository.label)
      } else {
        repositories[repository.identity] = file
      }
    }
    for (other, labels) in twins.sorted(by: { $0.key < $1.key }) {
      let more = labels.count > 1 ? " and \(labels.count - 1) more" : ""
      miss(file, "\(labels[0])\(more) was in \(other) already, and counts once")
    }
  }

  /// The shards without which the fleet is not whole.
  private var missingShards: [Diagnostic] {
    let counts = Set(shards.keys.map(\.count)).sorted()
    guard let count = counts.first else { return [] }
    guard counts.count == 1 else {
      let words = counts.map { "of \($0)" }.joined(separator: " and ")
      let message = "shards \(words) are merged, so that nobody knows what is missing: deal a fleet out once"
      return [Diagnostic(.error, message)]
    }
    let present = Set(shards.keys.map(\.number))
    let missing = (1...count).lazy.filter { !present.contains($0) }.prefix(11).map { "\($0)/\(count)" }
    guard !missing.isEmpty else { return [] }
    let list = missing.prefix(10).joined(separator: ", ") + (missing.count > 10 ? ", …" : "")
    let noun = missing.count == 1 ? "the report of shard \(list) is" : "the reports of the shards \(list) are"
    return [Diagnostic(.error, "\(noun) missing: what is in their repositories is not in this report")]
  }
}

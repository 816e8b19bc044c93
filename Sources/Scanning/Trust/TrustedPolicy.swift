package import Configuration
internal import Flux
package import Git
package import Policy
internal import Secrets

/// The configuration, baseline and waivers that judge a change: those of a commit that the change cannot alter.
package struct TrustedPolicy: Sendable {
  package var settings = Settings()
  package var baseline = Baseline()
  /// What is wrong with them; with an error nothing of that file holds.
  package var diagnostics: [Diagnostic] = []
  /// The commit they were read from; `nil` where there is none yet.
  package var commit: ObjectID?
  var ownCredentials: [OwnCredential] = []
  /// All that is judged where nothing is configured: what a configuration can be about.
  private(set) var catalogue: [RuleInfo] = []

  /// Nothing is set and nothing waived.
  package init() {}

  /// Reads both files at a commit.
  ///
  /// - Parameters:
  ///   - commit: the trusted commit; `nil` in a repository without one.
  ///   - configuration: the text of a configuration that the operator named instead, and its name.
  ///   - rules: everything that is judged.
  package init(
    at commit: ObjectID?, in repository: Repository, configuration: (name: String, text: [UInt8])? = nil,
    rules: [RuleInfo]
  ) {
    self.commit = commit
    catalogue = rules
    let known = rules.map(\.id)
    if let configuration {
      take(Settings.read(configuration.text, known: known), from: configuration.name)
    }
    guard let commit else { return }
    do throws(GitError) {
      let tree = try repository.commitNode(commit).tree
      if configuration == nil, let text = try text(of: Settings.path, Settings.limit, tree, repository) {
        take(Settings.read(text, known: known), from: Settings.path)
      }
      if let text = try text(of: Baseline.path, Baseline.limit, tree, repository) {
        let (read, problems) = Baseline.read(text, known: known)
        baseline = read
        note(problems, in: Baseline.path)
      }
    } catch {
      diagnostics.append(Diagnostic(error))
    }
  }

  private mutating func take(_ read: (settings: Settings, problems: [SettingsProblem]), from path: String) {
    settings = read.settings
    note(read.problems, in: path)
    for type in settings.credentials {
      do throws(SecretsError) {
        let pattern = try OwnPattern(type.pattern)
        ownCredentials.append(
          OwnCredential(id: type.id, severity: type.severity, opens: type.opens, pattern: pattern))
      } catch {
        note([SettingsProblem("the pattern of \(type.id): \(error.description)", at: type.span)], in: path)
      }
    }
  }

  private mutating func note(_ problems: [SettingsProblem], in path: String) {
    diagnostics += problems.map { Diagnostic(.error, $0.description, path: path) }
  }

  /// The text of a file of the trusted tree; `nil` where there is none.
  private mutating func text(
    of path: String, _ limit: Int, _ tree: ObjectID, _ repository: Repository
  ) throws(GitError) -> [UInt8]? {
    guard let entry = try repository.tree(tree).entry(named: path) else { return nil }
    guard entry.kind == .file || entry.kind == .executable else {
      let what = entry.kind == .link ? "a symbolic link" : entry.kind == .folder ? "a folder" : "a submodule"
      diagnostics.append(Diagnostic(.error, "it is \(what): it must be a file", path: path))
      return nil
    }
    guard try repository.header(of: entry.id).size <= limit else {
      diagnostics.append(Diagnostic(.error, "it is larger than \(limit >> 20) MiB", path: path))
      return nil
    }
    return try repository.blob(entry.id)
  }
}

extension TrustedPolicy {
  /// The engine of all rules that are on.
  package func engine(rules: [any Rule], also: [RuleInfo]) -> Engine {
    let off = Set(settings.rules.filter { !$0.value.isEnabled }.map(\.key))
    let infos = also + settings.credentialInfos
    return Engine(
      rules: off.isEmpty ? rules : rules.filter { !off.contains($0.info.id) },
      also: off.isEmpty ? infos : infos.filter { !off.contains($0.id) }, syncRoots: settings.syncRoots.map(\.text))
  }
}

internal import ArgumentParser
internal import Configuration
internal import Git

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// `fluxwarden init`: a starter configuration and a CI snippet.
struct InitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Write a starter .fluxwarden.yaml and print a CI snippet for the forge of this repository.",
    discussion: "Everything in the file is commented out, so that it changes nothing. No file is ever overwritten.")

  /// The forges for which there is a snippet.
  enum Forge: String, ExpressibleByArgument, CaseIterable {
    case github, gitlab, gitea
  }

  @Option(
    name: .long,
    help: ArgumentHelp("github, gitlab or gitea; by default what the remote and the files tell.", valueName: "forge"))
  var forge: Forge?

  @Option(name: .long, help: ArgumentHelp("The repository.", valueName: "dir"))
  var repo: String?

  func run() throws {
    do throws(GitError) {
      let start = repo ?? Environment.folder
      let location = try RepositoryLocation(around: start, environment: Environment.around(repo))
      guard let folder = location.workTree else {
        throw GitError(.notARepository(path: start), "\(start) is a bare repository: run init in a clone of it")
      }
      let path = "\(folder)/\(Settings.path)"
      try write(Starter.text, to: path)
      let chosen = if let forge { forge } else { try guessed(folder, location) }
      StandardOutput.write("wrote \(path)\n\n\(chosen.snippet)")
    } catch {
      StandardOutput.flush()
      StandardError.write("error: \(error.message)\n")
      throw ExitCode(2)
    }
  }

  private func write(_ text: String, to path: String) throws(GitError) {
    guard access(path, F_OK) != 0 else {
      throw GitError(.io(path: path), "\(path) is there already: it is left as it is")
    }
    var file = FileOutput()
    file.write(text)
    guard file.save(to: path) else {
      throw GitError(.io(path: path), "can't write \(path): \(String(cString: strerror(errno)))")
    }
  }

  /// The forge that the folders, or else the address of a remote, tell of.
  private func guessed(_ folder: String, _ location: RepositoryLocation) throws(GitError) -> Forge {
    let signs: [(String, Forge)] = [
      (".gitlab-ci.yml", .gitlab), (".gitea", .gitea), (".forgejo", .gitea), (".github", .github),
    ]
    for (name, forge) in signs where access("\(folder)/\(name)", F_OK) == 0 { return forge }
    let addresses = try location.remoteAddresses().joined(separator: " ").lowercased()
    if addresses.contains("gitlab") { return .gitlab }
    return ["gitea", "forgejo", "codeberg"].contains { addresses.contains($0) } ? .gitea : .github
  }
}

/// The text of a first configuration.
enum Starter {
  /// Valid, and nothing is set.
  static let text = """
    # fluxwarden: how this repository is judged. `fluxwarden schema` prints the schema of this file for editors.
    # It is read from the tip of the base, so that a change cannot loosen what judges it.

    # The mildest severity that fails a run: critical, high, medium, low or never.
    # failOn: high

    # Rules and credential types that are judged otherwise than by default; `fluxwarden rules` lists them.
    # rules:
    #   worker-count-drop:
    #     severity: high
    #   k8s-upgrade:
    #     enabled: false
    #     reason: upgrades are reviewed elsewhere

    # The folders that Flux was started with, where the files do not tell.
    # sync:
    #   roots: [clusters/management]

    # Files whose findings do not count.
    # paths:
    #   exclude: ["charts/**/tests/**"]

    # Values that are yours: a change to one of them is no finding.
    # allowed:
    #   registries: [registry.example.com]
    #   imageHosts: [images.example.com]
    #   sshKeys: ["ssh-ed25519 AAAA... ops@example.com"]
    #   accounts: ["111122223333"]

    # Credential types of your own, as PCRE2 patterns.
    # credentials:
    # - id: example-token
    #   pattern: 'exmpl_[0-9a-f]{32}'
    #   opens: the build service

    # Findings that were accepted. In a file, beside the line: `# fluxwarden:allow RULE until 2027-01-31: reason`.
    # waivers:
    # - rule: cp-single-node
    #   object: default/lab
    #   reason: the lab has one server
    #   owner: platform team
    #   until: 2027-01-31

    """
}

extension InitCommand.Forge {
  /// What to put into the forge's CI, with a word about where.
  var snippet: String {
    switch self {
    case .github:
      """
      Put this into .github/workflows/fluxwarden.yaml:

      name: fluxwarden
      on: pull_request
      permissions:
        contents: read
        pull-requests: write
      jobs:
        review:
          runs-on: ubuntu-latest
          steps:
          - uses: actions/checkout@v4
            with:
              fetch-depth: 0 # the merge base must be there
          - uses: OWNER/fluxwarden@v\(Version.number) # where you keep it

      """
    case .gitlab:
      """
      Put this into .gitlab-ci.yml, and a token with the scope api into the masked variable FLUXWARDEN_TOKEN:

      fluxwarden:
        image: registry.example.com/fluxwarden:\(Version.number) # where you keep it
        rules:
        - if: $CI_PIPELINE_SOURCE == "merge_request_event"
        variables:
          GIT_DEPTH: 0 # the merge base must be there
        script:
        - git fetch origin "$CI_MERGE_REQUEST_TARGET_BRANCH_NAME"
        # In a pipeline for merged results HEAD is a merge, which has other lines than the diff.
        - fluxwarden review "FETCH_HEAD...${CI_MERGE_REQUEST_SOURCE_BRANCH_SHA:-HEAD}" --post gitlab
          --report gitlab=gl-code-quality-report.json
        artifacts:
          when: always
          reports:
            codequality: gl-code-quality-report.json

      """
    case .gitea:
      """
      Put this into .gitea/workflows/fluxwarden.yaml (Forgejo: .forgejo/workflows), with the secret FLUXWARDEN_TOKEN:

      name: fluxwarden
      on: pull_request
      jobs:
        review:
          runs-on: docker
          container: registry.example.com/fluxwarden:\(Version.number) # where you keep it
          steps:
          - uses: actions/checkout@v4
            with:
              fetch-depth: 0 # the merge base must be there
          - run: fluxwarden review "origin/$GITHUB_BASE_REF" --post gitea
            env:
              FLUXWARDEN_TOKEN: ${{ secrets.FLUXWARDEN_TOKEN }}

      """
    }
  }
}

internal import Git
internal import Policy

/// Credentials in the messages of annotated tags.
extension SecretStories {
  /// One finding for each credential in a tag's message.
  func tagSecrets() throws(ScanError) -> [Finding] {
    guard !plan.tags.isEmpty else { return [] }
    let pass = try scanner.openSecrets()
    return plan.tags.flatMap { tag in
      pass.read(text: tag.message).secrets.compactMap { secret in
        scanner.secretFindings.finding(secret, path: nil, source: .message).map { finding in
          var copy = finding
          copy.message += " The tag is \(tag.name)."
          copy.exposure = exposure(of: tag)
          return copy
        }
      }
    }
  }

  /// Since when the tag's message can be read, and where it still can; `nil` for a tag of something else than a commit, or
  /// of one that cannot be read, which was said where the history was walked.
  private func exposure(of tag: Tag) -> Finding.Exposure? {
    guard tag.targetKind == .commit, let commit = try? repository.commit(tag.target) else { return nil }
    let signature = tag.tagger ?? commit.committer
    let refs = plan.references.filter { $0.target == tag.id }.map(\.name).sorted()
    return Finding.Exposure(
      introduced: commit.id.hex,
      introducedAt: Timestamp.iso8601(seconds: signature.seconds, offset: signature.offset), removed: nil,
      removedAt: nil, days: Timestamp.days(from: signature.seconds, to: plan.newest ?? signature.seconds),
      isLive: !refs.isEmpty, refs: refs)
  }
}

/// Which repository formats can be read.
enum RepositoryFormat {
  /// Throws `.unsupportedRepository` for a format that would be misread, naming it and the remedy.
  static func check(
    _ configuration: Configuration, gitDirectory: String, commonDirectory: String
  ) throws(GitError) {
    let hash = configuration["extensions.objectformat"]?.lowercased() ?? "sha1"
    guard hash == "sha1" else {
      throw unsupported(
        commonDirectory, "names its objects by \(hash == "sha256" ? "SHA-256" : hash), and only SHA-1 can be read",
        remedy:
          "look at a copy made with `git fast-export --all` and `git fast-import` into `git init --object-format=sha1`")
    }
    let references = configuration["extensions.refstorage"]?.lowercased() ?? "files"
    guard references == "files" else {
      throw unsupported(
        commonDirectory, "keeps its references as \(references), and only files can be read",
        remedy: "run `git refs migrate --ref-format=files`")
    }
    let version = configuration["core.repositoryformatversion"] ?? "0"
    guard version == "0" || version == "1" else {
      throw unsupported(
        commonDirectory, "has format version \(version), and only 0 and 1 are known", remedy: "update fluxwarden")
    }
    guard version == "1" else { return }
    let known = Library.harmlessExtensions.union(["objectformat", "refstorage", "compatobjectformat"])
    for name in configuration.names(startingWith: "extensions.") where !known.contains(name) {
      throw unsupported(commonDirectory, "uses the unknown extension \(name)", remedy: "update fluxwarden")
    }
  }

  private static func unsupported(_ path: String, _ what: String, remedy: String) -> GitError {
    GitError(.unsupportedRepository, "the repository at \(path) \(what): \(remedy)")
  }
}

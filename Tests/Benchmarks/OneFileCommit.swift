#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The newest commit that does what most pull requests do: it changes one YAML file.
struct OneFileCommit {
  /// Its id in hexadecimal.
  let id: String

  /// `nil` where none of the last thousand commits is such a one.
  init?(in repository: String) {
    let folder =
      "'" + repository.split(separator: "'", omittingEmptySubsequences: false).joined(separator: #"'\''"#) + "'"
    let log = "git -C \(folder) log --first-parent --max-count=1000 --format=:%H --name-only HEAD"
    guard let pipe = popen(log, "r") else { return nil }
    defer { pclose(pipe) }
    var buffer = [CChar](repeating: 0, count: 4096)
    var commit: String?
    var files: [String] = []
    while let line = fgets(&buffer, Int32(buffer.count), pipe).map({ String(cString: $0).dropLast() }) {
      if line.isEmpty { continue }
      guard line.hasPrefix(":") else {
        files.append(String(line))
        continue
      }
      if let commit, OneFileCommit.fits(files) {
        id = commit
        return
      }
      commit = String(line.dropFirst())
      files = []
    }
    guard let commit, OneFileCommit.fits(files) else { return nil }
    id = commit
  }

  private static func fits(_ files: [String]) -> Bool { files.count == 1 && files[0].hasSuffix(".yaml") }
}

import Git
import Scanning

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Compares searching every distinct file of a repository for credentials with libgit2's reading of them alone, both on
/// one thread of this process and in the order of the packs, in turns.
struct ReadingBenchmark {
  private let repository: Repository
  private let secrets: SecretPass
  /// The files in the order of the packs, each with one of its paths.
  private let files: [(id: ObjectID, path: String)]

  /// What one pass over all files gave.
  private struct Pass {
    var seconds = 0.0
    var bytes = 0
    var found = 0
    var unread = 0
  }

  /// Lists the files of a repository; prints why where it can't.
  init?(_ folder: String) {
    do {
      repository = try Repository(around: folder)
      secrets = try SecretPass.plain()
      var paths = ReadingBenchmark.paths(in: folder)
      var files: [(id: ObjectID, path: String)] = []
      for id in try repository.objectIDs() {
        if let path = paths.removeValue(forKey: id) { files.append((id, path)) }
      }
      self.files = files
    } catch {
      print("  \(error)")
      return nil
    }
  }

  /// Prints the processor seconds of both and their ratio, medians over some rounds.
  func run(rounds: Int) {
    var (reading, searching): ([Pass], [Pass]) = ([], [])
    for _ in 0..<rounds {
      reading.append(pass(searches: false))
      searching.append(pass(searches: true))
    }
    guard let first = reading.first, let last = searching.last else { return }
    let found = "\(last.found) credentials, \(first.unread) unreadable"
    print("  \(files.count) files, \(first.bytes / 1_000_000) MB, \(found)")
    print("  libgit2 reads  \(decimal(reading.map(\.seconds).median)) core-seconds")
    print("  and searched   \(decimal(searching.map(\.seconds).median)) core-seconds")
    let ratios = zip(reading, searching).map { $1.seconds / max($0.seconds, 1e-6) }
    print("  ratio          \(decimal(ratios.median)) (median of \(rounds) rounds; the limit is 2)")
  }

  private func pass(searches: Bool) -> Pass {
    var result = Pass()
    let start = ReadingBenchmark.processorSeconds()
    for (id, path) in files {
      do throws(GitError) {
        try repository.withObject(id) { _, bytes in
          result.bytes += bytes.count
          if searches { result.found += secrets.count(in: bytes, path: path) }
        }
      } catch {
        result.unread += 1
      }
    }
    result.seconds = ReadingBenchmark.processorSeconds() - start
    return result
  }

  /// Every object that the references reach and that has a path: files and folders, of which the latter are dropped.
  private static func paths(in folder: String) -> [ObjectID: String] {
    let quoted = "'" + folder.split(separator: "'", omittingEmptySubsequences: false).joined(separator: #"'\''"#) + "'"
    let list =
      "git -C \(quoted) rev-list --objects --all --filter=object:type=blob --filter-provided-objects"
      + " --missing=allow-any"
    guard let pipe = popen(list, "r") else { return [:] }
    defer { pclose(pipe) }
    var buffer = [CChar](repeating: 0, count: 8192)
    var paths: [ObjectID: String] = [:]
    while let line = fgets(&buffer, Int32(buffer.count), pipe).map({ String(cString: $0).dropLast() }) {
      guard let id = ObjectID(hex: String(line.prefix(40))) else { continue }
      paths[id] = String(line.dropFirst(41))
    }
    return paths
  }

  /// What this process has used of its processors, in seconds.
  private static func processorSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}

internal import Git
internal import Policy

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The file in the user's cache folder that keeps what audits learned of one repository.
///
/// Whatever stands there that was not written by the same user for the same repository, rules and program is as good as
/// nothing.
struct CacheFile {
  /// Why a cache cannot be kept, for people.
  struct Failure: Error {
    let reason: String
  }

  private let folder: String
  private let name: String
  private let key: String
  /// A larger file is not read.
  private static let limit = 1 << 30
  /// A file that is used is touched once this many seconds have passed, so that it counts as used.
  private static let touchAge = 86_400

  /// - Parameters:
  ///   - folder: the absolute path of a folder of our own, which need not exist yet.
  ///   - repository: its folder may not hold the cache.
  ///   - key: what the content depends on.
  init(in folder: String, of repository: RepositoryLocation, key: String) throws(Failure) {
    let home = CacheFile.resolved(folder)
    for own in [repository.commonDirectory, repository.gitDirectory, repository.workTree].compactMap({ $0 }) {
      guard home != own, !home.hasPrefix(own.hasSuffix("/") ? own : own + "/") else {
        throw Failure(reason: "\(folder) is inside the repository")
      }
    }
    self.folder = folder
    self.key = key
    name = Fingerprint.of([repository.commonDirectory]) + CacheSweep.suffix
  }

  /// What was kept; `nil` where there is nothing, or nothing that can be used.
  func load() -> HistoryCache? {
    let directory: Int32
    do throws(Failure) {
      directory = try openFolder()
    } catch {
      // Saving fails for the same reason, and says so.
      return nil
    }
    defer { close(directory) }
    let file = openat(directory, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    guard file >= 0 else { return nil }
    defer { close(file) }
    guard let status = CacheSweep.status(ofOwn: file), status.st_size <= CacheFile.limit else { return nil }
    let size = Int(status.st_size)
    var count = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, filled in
      while count < size {
        let got = read(file, buffer.baseAddress?.advanced(by: count), size - count)
        if got > 0 { count += got } else if got == 0 || errno != EINTR { break }
      }
      filled = count
    }
    let cache = HistoryCache(bytes, key: key)
    if cache != nil, time(nil) - status.modified > CacheFile.touchAge { futimens(file, nil) }
    return cache
  }

  /// Puts a cache in the place of the one before, whole or not at all, and clears the folder of what is of no use.
  func save(_ cache: HistoryCache) throws(Failure) {
    let bytes = cache.encoded(key: key)
    makeFolder()
    let directory = try openFolder()
    defer { close(directory) }
    CacheSweep(directory: directory, own: name).run()
    let temporary = ".\(name).\(getpid()).\(UInt32.random(in: 0 ... .max))\(CacheSweep.unfinished)"
    let file = openat(directory, temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard file >= 0 else { throw failure() }
    do throws(Failure) {
      defer { close(file) }
      try put(bytes, to: file)
      guard fsync(file) == 0 else { throw failure() }
    } catch {
      unlinkat(directory, temporary, 0)
      throw error
    }
    guard renameat(directory, temporary, directory, name) == 0 else {
      let failure = failure()
      unlinkat(directory, temporary, 0)
      throw failure
    }
  }

  private func put(_ bytes: [UInt8], to file: Int32) throws(Failure) {
    var start = 0
    while start < bytes.count {
      let count = bytes[start...].withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
      if count > 0 { start += count } else if errno != EINTR { throw failure() }
    }
  }

  // MARK: The folder

  /// Makes the folder and the one that it is in; what is wrong shows when it is opened.
  private func makeFolder() {
    let parent = folder.split(separator: "/").dropLast().map { "/" + $0 }.joined()
    mkdir(parent, 0o700)
    mkdir(folder, 0o700)
  }

  /// Opens the folder where it is the user's own and nobody else can write to it.
  private func openFolder() throws(Failure) -> Int32 {
    let directory = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW)
    guard directory >= 0 else { throw failure() }
    var status = stat()
    guard fstat(directory, &status) == 0, status.st_uid == geteuid(), status.st_mode & 0o022 == 0 else {
      close(directory)
      throw Failure(reason: "\(folder) is not the user's alone")
    }
    return directory
  }

  private func failure() -> Failure { Failure(reason: "\(folder): \(String(cString: strerror(errno)))") }

  /// The path without links, as far as it exists.
  private static func resolved(_ path: String) -> String {
    var (known, rest) = (path, [Substring]())
    while known != "/", !known.isEmpty {
      if let real = realpath(known, nil) {
        defer { free(real) }
        return ([Substring(String(cString: real))] + rest.reversed()).joined(separator: "/")
      }
      let slash = known.lastIndex(of: "/") ?? known.startIndex
      rest.append(known[known.index(slash, offsetBy: known[slash] == "/" ? 1 : 0)...])
      known = String(known[..<slash])
    }
    return path
  }
}

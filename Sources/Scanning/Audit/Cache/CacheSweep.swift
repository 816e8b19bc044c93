#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Clears the folder of caches of what no audit will use any more. What is not surely a cache of this program stays.
struct CacheSweep {
  /// A file that a run left behind when it was killed while it wrote goes after an hour.
  static let leftoverAge = 3_600
  /// A cache that no audit used goes after 90 days: its repository is gone, or stands elsewhere.
  static let idleAge = 90 * 86_400
  /// Names end with this, after 32 hexadecimal digits for the repository.
  static let suffix = ".audit"
  /// The end of the names of files that are being written.
  static let unfinished = ".new"

  /// The open folder.
  let directory: Int32
  /// The name of the repository's own cache, which stays.
  let own: String

  /// Deletes what has had its day. What cannot be looked at or deleted stays, and is no failure.
  func run() {
    let now = time(nil)
    for name in names() {
      guard let limit = age(allowed: name) else { continue }
      let file = openat(directory, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
      guard file >= 0 else { continue }
      defer { close(file) }
      guard let status = CacheSweep.status(ofOwn: file), now - status.modified > limit, isCache(file) else { continue }
      // Another run may have put a new file in its place.
      var present = stat()
      guard fstatat(directory, name, &present, AT_SYMLINK_NOFOLLOW) == 0, present.st_ino == status.st_ino else {
        continue
      }
      unlinkat(directory, name, 0)
    }
  }

  /// After how many seconds a file of such a name goes; `nil` for one that is none of ours, or the repository's own.
  private func age(allowed name: String) -> Int? {
    let isUnfinished = name.hasPrefix(".") && name.hasSuffix(CacheSweep.unfinished)
    let base = isUnfinished ? name.dropFirst() : name[...]
    guard base.prefix(32).utf8.count(where: CacheSweep.isDigit) == 32,
      base.dropFirst(32).hasPrefix(CacheSweep.suffix)
    else { return nil }
    let rest = base.dropFirst(32 + CacheSweep.suffix.count)
    guard isUnfinished else { return rest.isEmpty && name != own ? CacheSweep.idleAge : nil }
    // The process and a chance number stand between.
    let numbers = rest.dropLast(CacheSweep.unfinished.count).split(separator: ".", omittingEmptySubsequences: false)
    return numbers.count == 3 && numbers[0].isEmpty && numbers.dropFirst().allSatisfy { UInt64($0) != nil }
      ? CacheSweep.leftoverAge : nil
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
  }

  /// Whether a file begins as caches of all versions do, as far as it goes.
  private func isCache(_ file: Int32) -> Bool {
    let wanted = HistoryCache.opening
    // The length of the list that the line is written as comes first.
    var bytes = [UInt8](repeating: 0, count: 8 + wanted.count)
    let count = pread(file, &bytes, bytes.count, 0)
    return count >= 0 && bytes[..<count].dropFirst(8).elementsEqual(wanted.prefix(max(0, count - 8)))
  }

  private func names() -> [String] {
    let copy = openat(directory, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard copy >= 0, let stream = fdopendir(copy) else {
      if copy >= 0 { close(copy) }
      return []
    }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      names.append(
        withUnsafePointer(to: &entry.pointee.d_name) { pointer in
          pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        })
    }
    return names
  }

  /// What the system knows of an open file; `nil` where it is not a file of the user's own that nobody else can write.
  static func status(ofOwn file: Int32) -> stat? {
    var status = stat()
    guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_uid == geteuid(),
      status.st_mode & 0o022 == 0
    else { return nil }
    return status
  }
}

extension stat {
  /// When the content was written or the file last touched, in seconds since 1970.
  var modified: Int {
    #if canImport(Glibc)
      st_mtim.tv_sec
    #else
      st_mtimespec.tv_sec
    #endif
  }
}

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A folder of a test's own, deleted with all that is in it when the value goes away.
package final class TemporaryFolder: Sendable {
  /// The folder's absolute path, without links.
  package let root: String

  /// Makes a folder under the system's folder for such things.
  package init() throws {
    var template = Array("/tmp/fluxwarden-test-XXXXXX".utf8CString)
    guard let made = mkdtemp(&template), let real = realpath(made, nil) else {
      throw ProgramError("can't make a temporary folder: \(String(cString: strerror(errno)))")
    }
    defer { free(real) }
    root = String(cString: real)
  }

  deinit {
    Self.deleteAll(root)
  }

  private static func deleteAll(_ path: String) {
    guard let stream = opendir(path) else { return }
    var names: [String] = []
    while let entry = readdir(stream) {
      let isFolder = entry.pointee.d_type == UInt8(DT_DIR)
      var spelling = withUnsafeBytes(of: &entry.pointee.d_name) { [UInt8]($0.prefix { $0 != 0 }) }
      if spelling == [46] || spelling == [46, 46] { continue }
      let name = String(decoding: spelling, as: UTF8.self)
      spelling.append(0)
      if isFolder {
        names.append(name)
      } else {
        spelling.withUnsafeBytes { bytes in
          bytes.withMemoryRebound(to: CChar.self) { if let name = $0.baseAddress { unlinkat(dirfd(stream), name, 0) } }
        }
      }
    }
    closedir(stream)
    for name in names { deleteAll(path + "/" + name) }
    rmdir(path)
  }

  /// The absolute path of a name in the folder.
  package func path(_ name: String) -> String { name.isEmpty ? root : root + "/" + name }

  /// Writes a text file, with the folders it lies in.
  package func write(_ name: String, _ text: String) throws { try write(name, bytes: Array(text.utf8)) }

  /// Writes a file, with the folders it lies in.
  package func write(_ name: String, bytes: [UInt8]) throws {
    try makeParents(of: name)
    let file = open(path(name), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    try check(file, name)
    defer { close(file) }
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { posixWrite(file, $0.baseAddress, $0.count) }
      try check(Int32(clamping: count), name)
      rest = rest.dropFirst(count)
    }
  }

  /// The bytes of a file.
  package func read(_ name: String) throws -> [UInt8] {
    let file = open(path(name), O_RDONLY | O_CLOEXEC)
    try check(file, name)
    defer { close(file) }
    var bytes: [UInt8] = []
    while true {
      let part = [UInt8](unsafeUninitializedCapacity: 1 << 16) { buffer, count in
        count = max(0, posixRead(file, buffer.baseAddress, buffer.count))
      }
      if part.isEmpty { return bytes }
      bytes += part
    }
  }

  /// The text of a file.
  package func text(_ name: String) throws -> String { String(decoding: try read(name), as: UTF8.self) }

  /// Makes a symbolic link.
  package func link(_ name: String, to target: String) throws {
    try makeParents(of: name)
    try check(symlink(target, path(name)), name)
  }

  /// Makes a folder, with those it lies in.
  package func makeFolder(_ name: String) throws {
    try makeParents(of: name + "/x")
  }

  /// Deletes a file.
  package func delete(_ name: String) throws { try check(unlink(path(name)), name) }

  /// Renames a file or folder.
  package func move(_ name: String, to other: String) throws {
    try makeParents(of: other)
    try check(rename(path(name), path(other)), name)
  }

  /// Sets a file's permissions.
  package func setMode(_ name: String, _ mode: UInt32) throws { try check(chmod(path(name), mode), name) }

  /// Whether something stands under a name.
  package func exists(_ name: String) -> Bool {
    var status = stat()
    return lstat(path(name), &status) == 0
  }

  private func makeParents(of name: String) throws {
    var folder = ""
    for part in name.split(separator: "/").dropLast() {
      folder += folder.isEmpty ? String(part) : "/" + part
      if mkdir(path(folder), 0o755) != 0, errno != EEXIST { try check(-1, folder) }
    }
  }

  private func check(_ result: Int32, _ name: String) throws {
    guard result < 0 else { return }
    throw ProgramError("\(name): \(String(cString: strerror(errno)))")
  }
}

/// A sample credential made of two halves, so that no scanner takes the test's own source for a leak.
package func joined(_ halves: String...) -> String { halves.joined() }

// The methods of the class hide the functions of the C library that have the same names.
private let posixWrite: @Sendable (Int32, UnsafeRawPointer?, Int) -> Int = { write($0, $1, $2) }
private let posixRead: @Sendable (Int32, UnsafeMutableRawPointer?, Int) -> Int = { read($0, $1, $2) }

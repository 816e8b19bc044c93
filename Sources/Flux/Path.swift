/// Paths of a tree: no leading or trailing slash, no `.` and no `..`; the root is empty.
package enum Path {
  /// A name in a folder.
  package static func join(_ folder: String, _ name: String) -> String { folder.isEmpty ? name : folder + "/" + name }

  /// The folder of a path.
  package static func parent(_ path: String) -> String {
    path.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(path[..<$0]) } ?? ""
  }

  /// The last name of a path.
  package static func name(_ path: String) -> String {
    path.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(path[path.utf8.index(after: $0)...]) } ?? path
  }

  /// A path as written in a file of a folder, made a path of the tree; `nil` where it leaves the tree.
  package static func resolve(_ written: String, in folder: String) -> String? {
    if let plain = plain(written) { return plain.isEmpty ? folder : join(folder, String(plain)) }
    var parts = folder.split(separator: "/")
    for part in written.split(separator: "/") {
      switch part {
      case ".": continue
      case "..":
        guard parts.popLast() != nil else { return nil }
      default: parts.append(part)
      }
    }
    return parts.joined(separator: "/")
  }

  /// A path of the tree as Flux joins it with the tree's root, out of which `..` does not lead.
  package static func joined(_ written: String) -> String {
    if let plain = plain(written) { return String(plain) }
    var parts: [Substring] = []
    for part in written.split(separator: "/") where part != "." {
      if part == ".." { _ = parts.popLast() } else { parts.append(part) }
    }
    return parts.joined(separator: "/")
  }

  /// A path that says where it leads without detours, as nearly all do, without its leading `./`; else `nil`.
  private static func plain(_ written: String) -> Substring? {
    let rest = written.hasPrefix("./") ? written.dropFirst(2) : written[...]
    var previous = UInt8(ascii: "/")
    for byte in rest.utf8 {
      // After a slash there may be a second one, `.` or `..`.
      if previous == UInt8(ascii: "/"), byte == previous || byte == UInt8(ascii: ".") { return nil }
      previous = byte
    }
    return previous == UInt8(ascii: "/") && !rest.isEmpty ? nil : rest
  }

  /// Whether a path is a folder or lies in it.
  package static func isIn(_ path: String, folder: String) -> Bool {
    let (path, folder) = (path.utf8, folder.utf8)
    guard !folder.isEmpty, path.starts(with: folder) else { return folder.isEmpty }
    let end = path.index(path.startIndex, offsetBy: folder.count)
    return end == path.endIndex || path[end] == UInt8(ascii: "/")
  }
}

/// A path, a folder or a pattern of paths: `*` and `?` stand for signs within a name, `**` for any folders.
///
/// A pattern without wildcards also means everything below it; one without a slash means a name at any depth, as in
/// `.gitignore`.
package struct PathPattern: Sendable, Hashable {
  /// As it was written.
  package let text: String
  private let parts: [[UInt8]]

  package init(_ text: String) {
    self.text = text
    var names = text.split(separator: "/").filter { $0 != "." }.map { Array($0.utf8) }
    let isOneName = names.count == 1 && !text.hasSuffix("/") && text.utf8.contains { $0 == 42 || $0 == 63 }
    if isOneName, names[0] != [42, 42] { names.insert([42, 42], at: 0) }
    parts = names
  }

  /// Whether a path is meant, or lies in a folder that is.
  package func matches(_ path: String) -> Bool {
    let names = path.utf8.split(separator: UInt8(ascii: "/")).map(Array.init)
    // For each part of the pattern, the numbers of names that the parts so far can have eaten.
    var reached: Set<Int> = [0]
    for part in parts {
      var next: Set<Int> = []
      if part == [42, 42] {
        if let first = reached.min() { next.formUnion(first...names.count) }
      } else {
        for count in reached where count < names.count && PathPattern.matches(names[count], part) {
          next.insert(count + 1)
        }
      }
      if next.isEmpty { return false }
      reached = next
    }
    return !parts.isEmpty
  }

  /// Whether a name fits a part; the work is bounded by the product of both lengths.
  private static func matches(_ name: [UInt8], _ part: [UInt8]) -> Bool {
    var (at, place, star, retry) = (0, 0, -1, 0)
    while at < name.count {
      if place < part.count, part[place] != 42, part[place] == 63 || part[place] == name[at] {
        at += 1
        place += 1
      } else if place < part.count, part[place] == 42 {
        star = place
        retry = at
        place += 1
      } else if star >= 0 {
        retry += 1
        at = retry
        place = star + 1
      } else {
        return false
      }
    }
    return part[place...].allSatisfy { $0 == 42 }
  }
}

/// Where two texts differ, in whole lines.
enum DifferingLines {
  /// The part of each text between the lines that both begin with and those that both end with.
  static func middle(_ old: [UInt8], _ new: [UInt8]) -> (old: ArraySlice<UInt8>, new: ArraySlice<UInt8>) {
    let shorter = min(old.count, new.count)
    var start = 0
    var (oldEnd, newEnd) = (old.count, new.count)
    old.withUnsafeBytes { old in
      new.withUnsafeBytes { new in
        while start + 8 <= shorter, old.word(at: start) == new.word(at: start) { start += 8 }
        while start < shorter, old[start] == new[start] { start += 1 }
        while start > 0, old[start - 1] != 0x0A { start -= 1 }
        while oldEnd - 8 >= start, newEnd - 8 >= start, old.word(at: oldEnd - 8) == new.word(at: newEnd - 8) {
          oldEnd -= 8
          newEnd -= 8
        }
        while oldEnd > start, newEnd > start, old[oldEnd - 1] == new[newEnd - 1] {
          oldEnd -= 1
          newEnd -= 1
        }
      }
    }
    while oldEnd < old.count, newEnd < new.count, oldEnd == 0 || old[oldEnd - 1] != 0x0A {
      oldEnd += 1
      newEnd += 1
    }
    while newEnd < new.count, oldEnd < old.count, newEnd == 0 || new[newEnd - 1] != 0x0A {
      oldEnd += 1
      newEnd += 1
    }
    return (old[start..<oldEnd], new[start..<newEnd])
  }

  /// The lines that only one of two texts has, wherever they stand, each with its line break.
  static func of(_ old: ArraySlice<UInt8>, _ new: ArraySlice<UInt8>) -> [UInt8] {
    var counts: [ArraySlice<UInt8>: Int] = [:]
    for line in old.split(separator: 0x0A) { counts[line, default: 0] += 1 }
    for line in new.split(separator: 0x0A) { counts[line, default: 0] -= 1 }
    var bytes: [UInt8] = []
    for (line, count) in counts where count != 0 {
      bytes += line
      bytes.append(0x0A)
    }
    return bytes
  }
}

extension UnsafeRawBufferPointer {
  /// Eight bytes from a place on.
  fileprivate func word(at place: Int) -> UInt64 { loadUnaligned(fromByteOffset: place, as: UInt64.self) }
}

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension SecretScanner {
  /// Searches what is wrapped in `layer`.
  func unwrap(_ layer: Layer, into run: inout ScanRun) {
    unwrapRuns(layer, into: &run)
    unwrapPercent(layer, into: &run)
  }

  /// Searches UTF-16 given as such; places are those of its code units.
  func scanUTF16(_ bytes: UnsafeRawBufferPointer, into run: inout ScanRun) {
    let limit = Bounds.decodedBytes
    let text = Unwrapping.utf8(fromUTF16: bytes, limit: limit)
    if bytes.count / 2 > limit { run.note(.decodedBytes(limit: limit)) }
    let first = run.candidates.count
    text.withUnsafeBytes { scan(Layer(bytes: $0), into: &run) }
    let places = CodeUnitPlaces(text)
    for index in first..<run.candidates.count {
      let range = run.candidates[index].range
      run.candidates[index].range =
        min(bytes.count, places.unit(range.lowerBound) * 2)..<min(bytes.count, places.unit(range.upperBound) * 2)
      run.candidates[index].encodings.insert(.utf16, at: 0)
    }
  }

  /// Searches a file that is compressed, such as a chart, for what has a mark; the place is the file's start. That it may
  /// go on behind the bound makes no run incomplete, as no other archive does, which is not opened at all.
  func scanMember(_ bytes: UnsafeRawBufferPointer, into run: inout ScanRun) {
    let content = Inflation.gunzip(Array(bytes), limit: Bounds.inflatedBytes).bytes
    run.spendDecoded(content.count)
    run.allow(textBytes: content.count)
    content.withUnsafeBytes {
      scan(Layer(bytes: $0, encodings: [.gzip], outer: 0..<10, isArchive: true), into: &run)
    }
  }

  private func unwrapRuns(_ layer: Layer, into run: inout ScanRun) {
    let bytes = layer.bytes
    var runs = EncodedRuns(bytes)
    while let place = runs.next() {
      guard run.decodable > 0 else { return }
      switch wrapping(of: UnsafeRawBufferPointer(rebasing: bytes[place])) {
      case nil: continue
      case .hex: open(Unwrapping.decodeHex(bytes[place], limit: run.decodable), .hex, at: place, in: layer, into: &run)
      case .some(let encoding):
        let end = EncodedRuns.foldedEnd(of: place, in: bytes)
        let whole = place.lowerBound..<end
        open(Base64.decode(bytes[whole], limit: run.decodable), encoding, at: whole, in: layer, into: &run)
        runs.skip(to: end)
      }
    }
  }

  /// What the digits of a run encode something with; nothing where what they would stand for is neither text nor
  /// compressed.
  private func wrapping(of digits: UnsafeRawBufferPointer) -> Encoding? {
    // Six bits that no text, no UTF-16 and no gzip can start with; most words and paths do.
    if let first = digits.first, first &- 0x67 < 16 { return nil }
    if isHex(digits), Unwrapping.holdsContent(digits, isHex: true) { return .hex }
    guard Unwrapping.holdsContent(digits, isHex: false) else { return nil }
    return digits.contains { $0 == 0x2D || $0 == 0x5F } ? .base64url : .base64
  }

  private func isHex(_ digits: UnsafeRawBufferPointer) -> Bool {
    digits.count >= 32 && digits.count % 2 == 0 && digits.allSatisfy(\.isHexDigit)
  }

  private func unwrapPercent(_ layer: Layer, into run: inout ScanRun) {
    let bytes = layer.bytes
    guard bytes.count >= 12, let base = bytes.baseAddress else { return }
    var index = 0
    while index < bytes.count, let found = memchr(base + index, 0x25, bytes.count - index) {
      index = found - UnsafeMutableRawPointer(mutating: base)
      guard index + 2 < bytes.count, bytes[index + 1].isHexDigit, bytes[index + 2].isHexDigit else {
        index += 1
        continue
      }
      let limit = 64 << 10
      var start = index
      while start > 0, index - start < 256, isURLByte(bytes[start - 1]) { start -= 1 }
      var end = index + 3
      var escapes = 1
      while end < bytes.count, end - start < limit, isURLByte(bytes[end]) {
        if bytes[end] == 0x25 { escapes += 1 }
        end += 1
      }
      if escapes >= 1, end - start >= 16, run.decodable > 0 {
        let decoded = Unwrapping.decodePercent(bytes[start..<end], limit: run.decodable)
        if decoded.count < end - start { open(decoded, .percent, at: start..<end, in: layer, into: &run) }
      }
      index = end
    }
  }

  private func isURLByte(_ byte: UInt8) -> Bool {
    byte > 0x20 && byte < 0x7F && byte != 0x22 && byte != 0x27 && byte != 0x3C && byte != 0x3E && byte != 0x60
      && byte != 0x5C
  }

  /// Searches `decoded`, which stood in `layer` at `place`, undoing compression and UTF-16 on the way.
  private func open(
    _ decoded: [UInt8], _ encoding: Encoding, at place: Range<Int>, in layer: Layer, into run: inout ScanRun
  ) {
    run.spendDecoded(decoded.count)
    var encodings = layer.encodings + [encoding]
    var content = decoded
    switch Unwrapping.content(of: decoded) {
    case .binary: return
    case .text: break
    case .utf16:
      content = Unwrapping.utf8(fromUTF16: decoded, limit: max(0, run.decodable))
      encodings.append(.utf16)
      run.spendDecoded(content.count)
    case .gzip:
      let limit = min(Bounds.inflatedBytes, max(0, run.decodable))
      let output = Inflation.gunzip(decoded, limit: limit)
      if output.isCut { run.note(.inflatedBytes(limit: limit)) }
      content = output.bytes
      encodings.append(.gzip)
      run.spendDecoded(content.count)
    }
    guard encodings.count <= Bounds.depth else {
      run.note(.nesting(depth: Bounds.depth))
      return
    }
    let outer = layer.outer ?? place
    content.withUnsafeBytes { scan(Layer(bytes: $0, encodings: encodings, outer: outer), into: &run) }
  }
}

/// Turns offsets into UTF-8 into numbers of UTF-16 code units, going forward from a mark every 4096 bytes.
private struct CodeUnitPlaces {
  private static let step = 4096
  private let text: [UInt8]
  private var marks: [Int] = []

  init(_ text: [UInt8]) {
    self.text = text
    var units = 0
    for (index, byte) in text.enumerated() {
      if index % Self.step == 0 { marks.append(units) }
      units += Self.units(byte)
    }
  }

  func unit(_ offset: Int) -> Int {
    let mark = min(offset / Self.step, marks.count - 1)
    guard mark >= 0 else { return 0 }
    return text[mark * Self.step..<min(offset, text.count)].reduce(marks[mark]) { $0 + Self.units($1) }
  }

  private static func units(_ byte: UInt8) -> Int { byte & 0xC0 == 0x80 ? 0 : byte >= 0xF0 ? 2 : 1 }
}

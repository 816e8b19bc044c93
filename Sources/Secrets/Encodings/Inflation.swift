import CZlib

/// Reads gzip members up to a limit.
enum Inflation {
  /// What was read, and whether the member holds more than the limit.
  struct Output {
    var bytes: [UInt8]
    var isCut: Bool
  }

  /// Whether a file is compressed as gzip does: a chart, or a dump.
  static func isMember(_ file: UnsafeRawBufferPointer) -> Bool {
    file.count >= 18 && file[0] == 0x1F && file[1] == 0x8B && file[2] == 8
  }

  /// Inflates the gzip member that `compressed` starts with to at most `limit` bytes. A broken member gives what could
  /// be read of it.
  static func gunzip(_ compressed: [UInt8], limit: Int) -> Output {
    var stream = z_stream()
    // 15 bits of window, and 16 for "gzip only".
    guard inflateInit2_(&stream, 15 + 16, ZLIB_VERSION, CInt(MemoryLayout<z_stream>.size)) == Z_OK else {
      return Output(bytes: [], isCut: true)
    }
    defer { inflateEnd(&stream) }
    var input = compressed
    var output: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 64 << 10)
    var isCut = false
    input.withUnsafeMutableBufferPointer { input in
      stream.next_in = input.baseAddress
      stream.avail_in = UInt32(clamping: input.count)
      while true {
        let (status, written) = chunk.withUnsafeMutableBufferPointer { chunk -> (CInt, Int) in
          stream.next_out = chunk.baseAddress
          stream.avail_out = UInt32(chunk.count)
          let status = inflate(&stream, Z_NO_FLUSH)
          return (status, chunk.count - Int(stream.avail_out))
        }
        output.append(contentsOf: chunk[..<min(written, limit - output.count)])
        if output.count >= limit {
          isCut = status != Z_STREAM_END
          return
        }
        if status != Z_OK || written == 0 { return }
      }
    }
    return Output(bytes: output, isCut: isCut)
  }
}

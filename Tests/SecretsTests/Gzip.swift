import CZlib

@testable import Secrets

/// Makes gzip members for tests.
enum Gzip {
  /// A member that holds `bytes` in one stored block.
  static func stored(_ bytes: [UInt8]) -> [UInt8] {
    let count = UInt16(bytes.count)
    let header: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3]
    let block: [UInt8] = [1, UInt8(count & 255), UInt8(count >> 8), UInt8(~count & 255), UInt8(~count >> 8)]
    let sum = Checksum.crc32(bytes)
    let trailer = [sum, UInt32(bytes.count)].flatMap { word in (0..<4).map { UInt8(word >> (8 * $0) & 255) } }
    return header + block + bytes + trailer
  }

  /// A member of a hundred kilobytes or so that inflates to as many megabytes of zeros.
  static func zeros(megabytes: Int) -> [UInt8] {
    var stream = z_stream()
    deflateInit2_(
      &stream, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, CInt(MemoryLayout<z_stream>.size))
    defer { deflateEnd(&stream) }
    var packed = [UInt8](repeating: 0, count: megabytes * 2048 + 1024)
    var zeros = [UInt8](repeating: 0x20, count: 1 << 20)
    let written = packed.withUnsafeMutableBufferPointer { packed in
      zeros.withUnsafeMutableBufferPointer { zeros in
        stream.next_out = packed.baseAddress
        stream.avail_out = UInt32(packed.count)
        for round in 1...megabytes {
          stream.next_in = zeros.baseAddress
          stream.avail_in = UInt32(zeros.count)
          deflate(&stream, round == megabytes ? Z_FINISH : Z_NO_FLUSH)
        }
        return packed.count - Int(stream.avail_out)
      }
    }
    return Array(packed[..<written])
  }
}

internal import Crypto
internal import Flux
internal import Git

/// Names what a commit does to the files that rules judge: two commits with the same digest do the same.
struct EditDigest: Hashable, Sendable {
  var high: UInt64
  var low: UInt64
}

extension EditDigest {
  /// The digest of the paths and of the contents before and after: half of their SHA-256.
  init(_ files: [FileChange]) {
    var bytes: [UInt8] = []
    func add(_ id: ContentID?) {
      let id = id.map { ObjectID($0) } ?? .zero
      withUnsafeBytes(of: (id.high, id.middle, id.low)) { bytes.append(contentsOf: $0.prefix(20)) }
    }
    for file in files {
      bytes.append(contentsOf: file.path.utf8)
      bytes.append(0)
      add(file.old?.id)
      add(file.new?.id)
    }
    (high, low) = SHA256.hash(data: bytes).withUnsafeBytes {
      ($0.loadUnaligned(as: UInt64.self), $0.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
    }
  }
}

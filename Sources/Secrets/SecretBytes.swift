/// The bytes of a secret. Every way of printing them gives their number and nothing else.
package struct SecretBytes: Sendable, Hashable, CustomStringConvertible, CustomDebugStringConvertible,
  CustomReflectable
{
  private let bytes: [UInt8]

  /// Keeps `bytes`.
  package init(_ bytes: some Sequence<UInt8>) {
    self.bytes = Array(bytes)
  }

  /// How many bytes there are.
  package var count: Int { bytes.count }

  /// Lends the bytes to `body`; whoever calls this answers for where they go.
  package func withBytes<R>(_ body: (UnsafeRawBufferPointer) throws -> R) rethrows -> R {
    try bytes.withUnsafeBytes(body)
  }

  package var description: String { "\(bytes.count) secret bytes" }
  package var debugDescription: String { description }
  package var customMirror: Mirror { Mirror(self, children: ["count": bytes.count]) }
}

internal import Flux
internal import Manifests

/// What differs in files that were read lately: a change that is screened first is looked at more than once. One per
/// thread; bounded.
final class DifferingManifests {
  private struct Pair: Hashable {
    var old: ContentID
    var new: ContentID
  }

  private let cache: ManifestCache
  private var known = Recent<Pair, (old: ManifestFile, new: ManifestFile)>(limit: 1 << 15)

  init(_ cache: ManifestCache) { self.cache = cache }

  /// Two versions of a file, of which only the documents are read in which they differ.
  func manifests(
    _ old: (entry: FileEntry, text: [UInt8]), _ new: (entry: FileEntry, text: [UInt8])
  ) -> (old: ManifestFile, new: ManifestFile) {
    let pair = Pair(old: old.entry.id, new: new.entry.id)
    if let found = known[pair] { return found }
    let (oldText, newText) = (DefinitionSchemas.blanked(old.text), DefinitionSchemas.blanked(new.text))
    let slices = DocumentSlices.differing(oldText, newText)
    if slices.old.count == 1, slices.new.count == 1, slices.old[0].range.count == oldText.count {
      return (cache.manifest(old.entry, bytes: old.text), cache.manifest(new.entry, bytes: new.text))
    }
    let result = (
      old: ManifestFile(parsing: slices.old, of: oldText), new: ManifestFile(parsing: slices.new, of: newText)
    )
    known.keep(result, under: pair, cost: (slices.old + slices.new).reduce(0) { $0 + $1.range.count })
    return result
  }
}

extension FlatTree {
  /// Files held in memory, for examples and for content that is in no repository.
  ///
  /// - Parameter texts: text by path.
  package convenience init(texts: [String: String]) {
    let files = texts.map { path, text in
      var hash = ContentHash()
      hash.add(text.utf8)
      return File(path: path, kind: .file, id: hash.id)
    }
    self.init(files) { file throws(FileTreeError) in Array((texts[file.path] ?? "").utf8) }
  }
}

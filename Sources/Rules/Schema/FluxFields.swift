internal import Manifests

/// The fields under `spec` of Flux's Kustomization and of its sources, read off the custom resource definitions of
/// Flux 0.25 to 2.9.4: a field that any version has is known, and required is what all of them require.
enum FluxFields {
  /// The schema of a kind's whole object; `nil` for another kind.
  static func schema(of kind: GroupKind) -> FieldSchema? { schemas[kind] }

  /// The groups that hold these kinds.
  static let groups = Set(texts.keys.map(\.group)).sorted()

  private static let schemas = texts.mapValues {
    Schemas.object(SchemaNotation($0, fragments: fragments).fields(), needsSpec: false)
  }

  private static let fragments = [
    "selector": """
    annotationSelector string
    group string
    kind string
    labelSelector string
    name string
    namespace string
    version string
    """,
    "access": """
    namespaceSelectors[]!
      matchLabels{} string
    """,
    "name": "name! string",
    "verify": """
    matchOIDCIdentity[]
      issuer! string
      subject! string
    mode string
    provider string
    secretRef @name
    trustedRootSecretRef @name
    """,
  ].mapValues { SchemaNotation($0, fragments: ["name": SchemaNotation("name! string").fields()]).fields() }

  private static let texts: [GroupKind: String] = [
    FluxKind.kustomization: """
    buildMetadata[] string
    commonMetadata
      annotations{} string
      labels{} string
    components[] string
    decryption
      provider! string
      secretRef @name
      serviceAccountName string
    deletionPolicy string MirrorPrune|Delete|WaitForTermination|Orphan
    dependsOn[]
      name! string
      namespace string
      readyExpr string
    force bool
    healthCheckExprs[]
      apiVersion! string
      current! string
      failed string
      inProgress string
      kind string
    healthChecks[]
      apiVersion string
      kind! string
      name! string
      namespace string
    ignore[]
      paths[]! string
      target @selector
    ignoreMissingComponents bool
    images[]
      digest string
      name! string
      newName string
      newTag string
    interval! duration
    kubeConfig
      configMapRef @name
      secretRef
        key string
        name! string
    namePrefix string
    nameSuffix string
    patches[]
      patch string
      target @selector
    patchesJson6902[]
      patch[]!
        from string
        op! string
        path! string
        value any
      target! @selector
    patchesStrategicMerge[] any
    path string
    postBuild
      substitute{} string
      substituteFrom[]
        kind! string Secret|ConfigMap
        name! string
        optional bool
      substituteStrategy string WithVariables|Always
    prune! bool
    retryInterval duration
    serviceAccountName string
    sourceRef!
      apiVersion string
      kind! string OCIRepository|GitRepository|Bucket|ExternalArtifact
      name! string
      namespace string
    suspend bool
    targetNamespace string
    timeout duration
    validation string
    wait bool
    """,
    FluxKind.gitRepository: """
    accessFrom @access
    gitImplementation string
    ignore string
    include[]
      fromPath string
      repository! @name
      toPath string
    interval! duration
    provider string
    proxySecretRef @name
    recurseSubmodules bool
    ref
      branch string
      commit string
      name string
      semver string
      tag string
    secretRef @name
    serviceAccountName string
    sparseCheckout[] string
    suspend bool
    timeout duration
    url! string
    verify @verify
    """,
    FluxKind.ociRepository: """
    certSecretRef @name
    ignore string
    insecure bool
    interval! duration
    layerSelector
      mediaType string
      operation string extract|copy
    provider string
    proxySecretRef @name
    ref
      digest string
      semver string
      semverFilter string
      tag string
    secretRef @name
    serviceAccountName string
    suspend bool
    timeout duration
    url! string
    verify @verify
    """,
    FluxKind.bucket: """
    accessFrom @access
    bucketName! string
    certSecretRef @name
    endpoint! string
    ignore string
    insecure bool
    interval! duration
    prefix string
    provider string
    proxySecretRef @name
    region string
    secretRef @name
    serviceAccountName string
    sts
      certSecretRef @name
      endpoint! string
      provider! string
      secretRef @name
    suspend bool
    timeout duration
    """,
    FluxKind.helmRepository: """
    accessFrom @access
    certSecretRef @name
    insecure bool
    interval duration
    passCredentials bool
    provider string
    secretRef @name
    suspend bool
    timeout duration
    type string default|oci
    url! string
    """,
  ]
}

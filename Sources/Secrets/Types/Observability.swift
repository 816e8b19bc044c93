enum Observability { static let types: [CredentialType] = [] }

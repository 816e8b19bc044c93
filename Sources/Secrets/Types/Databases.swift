enum Databases { static let types: [CredentialType] = [] }

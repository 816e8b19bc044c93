enum Services { static let types: [CredentialType] = [] }

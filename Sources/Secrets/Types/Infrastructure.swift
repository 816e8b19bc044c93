enum Infrastructure { static let types: [CredentialType] = [] }

enum CloudPlatforms { static let types: [CredentialType] = [] }

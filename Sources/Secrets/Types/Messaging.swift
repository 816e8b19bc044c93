enum Messaging { static let types: [CredentialType] = [] }

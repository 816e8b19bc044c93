extension Keys {
  /// Private keys without armour: DER in base64, and JSON Web Keys.
  static let bare: [CredentialType] = [
    .token(
      "der-private-key", .critical, opens: "whatever trusts its public half",
      // What the base64 of the start of PKCS #1, PKCS #8 and SEC 1 structures always holds.
      literals: [
        "IBAAKC", "IBAAKBgQ", "IBADANBgkqhkiG9w0BAQEFAASC", "MHcCAQEEI", "MIGkAgEBBD", "MIGHAgEAMBMGByqGSM49",
        "MIG2AgEAMBAGByqGSM49", "MIHuAgEAMBAGByqGSM49", "MIGEAgEAMBAGByqGSM49", "MIHcAgEBBEI", "MHQCAQEEI",
        "MC4CAQAwBQYDK2VwBCIEI", "MC4CAQAwBQYDK2VuBCIEI", "MEcCAQAwBQYDK2VxBDsEO",
      ],
      pattern: "(?:"
        + [
          "MII[0-9A-Za-z+/]{3}IBAAK(?:C|BgQ)[0-9A-Za-z+/]{250,}",
          "MII[0-9A-Za-z+/]{3}IBADANBgkqhkiG9w0BAQEFAASC[0-9A-Za-z+/]{250,}",
          "MHcCAQEEI[0-9A-Za-z+/]{100,}", "MIGkAgEBBD[0-9A-Za-z+/]{150,}",
          "MI(?:G[H2E]|Hu)AgEAMB[MA]GByqGSM49[0-9A-Za-z+/]{100,}",
          "MIHcAgEBBEI[0-9A-Za-z+/]{200,}", "MHQCAQEEI[0-9A-Za-z+/]{100,}", "MC4CAQAwBQYDK2V[wu]BCIEI[0-9A-Za-z+/]{43}",
          "MEcCAQAwBQYDK2VxBDsEO[0-9A-Za-z+/]{70,}",
        ].joined(separator: "|") + ")={0,2}",
      reach: 8000, leads: [0, 6], prefix: "", checks: [.entropy(4)], rank: 28,
      revoke: "Make a new key pair, replace the public half everywhere it is trusted, then revoke the old",
      see: "https://www.rfc-editor.org/rfc/rfc5958",
      finds: [
        "key: «MIIEpA{|}IBAAKCAQEA{b1572}»\n", "key: «MIIEvQ{|}IBADANBgkqhkiG9w0BAQEFAASC{b1580}»\n",
        "«MHcCAQ{|}EEI{b150}»", "key = «MC4CAQ{|}AwBQYDK2VwBCIEI{b43}»\n",
        "key: «MIHuAgEAMB{|}AGByqGSM49AgEGBSuBBAAjBIHWMIHT{b280}»\n", "«MIICXQ{|}IBAAKBgQ{b790}»",
      ],
      passes: [
        "MIIEpAIBAAKCAQEA", "MHQCAQEEI", "MIIDXTCCAkWgAwIBAgIJA{b400}",
        "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA{b300}",
      ]),
    .token(
      "jwk-private-key", .critical, opens: "whatever trusts its public half, tokens it signs among it",
      literals: [#""d""#, #"\"d\""#],
      pattern: #"\\?"d\\?"\s*:\s*\\?"([0-9A-Za-z_-]{42,900})\\?""#, reach: 1000, prefix: "",
      checks: [.random, .entropy(4)],
      revoke: "Make a new key, publish its public half in the key set, then remove the old",
      see: "https://www.rfc-editor.org/rfc/rfc7517",
      finds: [
        #"{"kty": "EC", "crv": "P-256", "x": "{w43}", "d": "«{w43}»"}"#, #"{"kty":"RSA","e":"AQAB","d":"«{w342}»"}"#,
      ],
      passes: [
        #"{"kty": "EC", "x": "{w43}", "y": "{w43}"}"#, #"{"d": "M12 2c1.1 0 2 .9 2 2s-.9 2-2 2-2-.9-2-2 .9-2 2-2z"}"#,
      ]),
    .token(
      "jwk-symmetric-key", .critical, opens: "whatever is signed or encrypted with the key",
      literals: [#""oct""#, #""k""#],
      pattern:
        #"(?|"oct"[^{}]{0,600}?"k"\s*:\s*"([0-9A-Za-z_-]{22,700})"|"k"\s*:\s*"([0-9A-Za-z_-]{22,700})"(?=[^{}]{0,600}?"oct"))"#,
      reach: 1700, prefix: "", checks: [.random, .entropy(3.5)],
      revoke: "Make a new key and replace it on both sides", see: "https://www.rfc-editor.org/rfc/rfc7517",
      finds: [#"{"kty":"oct","kid":"a","k":"«{w43}»"}"#, #"{"k":"«{w43}»","kty":"oct"}"#], passes: [#"{"k": "{w43}"}"#]),
  ]
}

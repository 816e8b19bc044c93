/// Private keys, in whatever armour.
enum Keys {
  static let types: [CredentialType] = armoured + bare
  private static let reach = 20_000
  /// What may stand between the lines of armour: base64, white space, escaped line ends, quotes and comment marks.
  private static let body = #"(?:[0-9A-Za-z+/=\s"',.#*;|>:()]++|\\[nrt"]?|-(?!----))*+"#

  private static let armoured: [CredentialType] = [
    .token(
      "encrypted-private-key", .medium, opens: "whatever trusts the key, once its passphrase is known",
      literals: [
        "-----BEGIN ENCRYPTED PRIVATE KEY-----", "-----BEGIN RSA PRIVATE KEY-----", "-----BEGIN EC PRIVATE KEY-----",
        "-----BEGIN DSA PRIVATE KEY-----", "-----BEGIN OPENSSH PRIVATE KEY-----",
      ],
      // The fourth part of an OpenSSH key is the name of its cipher: base64 of a length of 4 and `none` in a key in clear.
      pattern:
        #"-----BEGIN (?:ENCRYPTED PRIVATE KEY-----|OPENSSH PRIVATE KEY-----(?:\s|\\[nr]|["'#+,|>-])*b3BlbnNzaC1rZXktdjEAAAAA(?!BG5vbmU)|[A-Z]{2,4} PRIVATE KEY-----(?:\s|\\[nr]|["'#+,])*Proc-Type: 4,ENCRYPTED)"#
        + body
        + #"-----END (?:ENCRYPTED|[A-Z]{2,7}) PRIVATE KEY-----"#,
      reach: reach, prefix: "", checks: [.keyBody],
      revoke: "Replace the key wherever its public half is trusted; a passphrase only delays its use",
      see: "https://www.rfc-editor.org/rfc/rfc7468",
      finds: [
        "-----BEGIN ENCRYPTED PRIVATE KEY-----\n{der}\n-----END ENCRYPTED PRIVATE KEY-----",
        "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAACmFlczI1Ni1jdHI{b31}\n{b70}\n{b70}\n-----END OPENSSH PRIVATE KEY-----",
      ],
      passes: ["-----BEGIN ENCRYPTED PRIVATE KEY-----\n...\n-----END ENCRYPTED PRIVATE KEY-----"]),
    .token(
      "private-key", .critical, opens: "whatever trusts its public half",
      literals: [
        "-----BEGIN PRIVATE KEY-----", "-----BEGIN RSA PRIVATE KEY-----", "-----BEGIN EC PRIVATE KEY-----",
        "-----BEGIN DSA PRIVATE KEY-----", "-----BEGIN OPENSSH PRIVATE KEY-----",
        "-----BEGIN ED25519 PRIVATE KEY-----", "---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----",
      ],
      pattern: #"-----?BEGIN (?:[A-Z0-9]{2,9} )?PRIVATE KEY-----"# + body
        + #"-----END (?:[A-Z0-9]{2,9} )?PRIVATE KEY-----"#,
      reach: reach, prefix: "", checks: [.keyBody],
      revoke:
        "Make a new key pair, replace the public half everywhere it is trusted, reissue certificates, then revoke the old",
      see: "https://www.rfc-editor.org/rfc/rfc7468",
      finds: [
        "-----BEGIN RSA PRIVATE KEY-----\n{der}\n-----END RSA PRIVATE KEY-----",
        "key: |\n  «-----BEGIN PRIVATE KEY-----\n{der}\n-----END PRIVATE KEY-----»\n",
        #"{"private_key": "«-----BEGIN PRIVATE KEY-----\n{b64}\n{b60}\n-----END PRIVATE KEY-----»\n"}"#,
        "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAABG5vbmU{b39}\n{b70}\n{b20}\n-----END OPENSSH PRIVATE KEY-----",
        "-----BEGIN EC PRIVATE KEY-----\n{b64}\n{b64}\n{b36}\n-----END EC PRIVATE KEY-----",
      ],
      passes: [
        "-----BEGIN RSA PRIVATE KEY-----\n...\n-----END RSA PRIVATE KEY-----", "-----BEGIN RSA PRIVATE KEY-----",
        "-----BEGIN PUBLIC KEY-----\n{der}\n-----END PUBLIC KEY-----",
        "-----BEGIN CERTIFICATE-----\n{der}\n-----END CERTIFICATE-----",
      ]),
    .token(
      "truncated-private-key", .high,
      opens: "possibly whatever trusts its public half: the end of the armour is missing",
      literals: [
        "-----BEGIN PRIVATE KEY-----", "-----BEGIN RSA PRIVATE KEY-----", "-----BEGIN EC PRIVATE KEY-----",
        "-----BEGIN OPENSSH PRIVATE KEY-----",
      ],
      pattern:
        #"-----BEGIN (?:[A-Z0-9]{2,9} )?PRIVATE KEY-----(?:\s|\\[nr]|["'#+,|>-])*[0-9A-Za-z+/]{48,64}(?:(?:\s|\\[nr]|["'#+,])+[0-9A-Za-z+/=]{4,76})*"#,
      reach: reach, prefix: "", checks: [.keyBody],
      revoke: "Treat the key as leaked: replace it wherever its public half is trusted",
      see: "https://www.rfc-editor.org/rfc/rfc7468",
      finds: ["«-----BEGIN RSA PRIVATE KEY-----\n{b64}\n{b64}»\n"], passes: ["-----BEGIN RSA PRIVATE KEY-----\n..."]),
    .token(
      "pgp-private-key", .critical, opens: "what is encrypted to the key, and signing as its owner",
      literals: ["-----BEGIN PGP PRIVATE KEY BLOCK-----"],
      pattern: #"-----BEGIN PGP PRIVATE KEY BLOCK-----"# + body + #"-----END PGP PRIVATE KEY BLOCK-----"#,
      reach: reach, prefix: "", checks: [.keyBody],
      revoke: "Publish the revocation certificate, make a new key, re-encrypt what was encrypted to the old",
      see: "https://www.rfc-editor.org/rfc/rfc9580",
      finds: ["-----BEGIN PGP PRIVATE KEY BLOCK-----\n\n{b64}\n{b64}\n={b4}\n-----END PGP PRIVATE KEY BLOCK-----"],
      passes: ["-----BEGIN PGP PUBLIC KEY BLOCK-----\n\n{b64}\n-----END PGP PUBLIC KEY BLOCK-----"]),
    .token(
      "putty-private-key", .critical, opens: "whatever trusts its public half",
      literals: ["PuTTY-User-Key-File-"],
      pattern:
        #"PuTTY-User-Key-File-[0-9]: [a-z0-9-]{4,30}\s+Encryption: [a-z0-9-]+\s[\s\S]{20,6000}?Private-Lines: [0-9]{1,3}\s+(?:[0-9A-Za-z+/=]{4,64}\s+)+(?:Private-(?:MAC|Hash): [0-9a-f]{40,64})?"#,
      reach: 10_000, prefix: "", checks: [],
      revoke: "Make a new key pair and replace the public half everywhere",
      see: "https://tartarus.org/~simon/putty-snapshots/htmldoc/AppendixC.html",
      finds: [
        "PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none\nComment: me\nPublic-Lines: 2\n{b64}\n{b16}\nPrivate-Lines: 1\n{b48}\nPrivate-MAC: {h64}"
      ],
      passes: ["PuTTY-User-Key-File-3: format"]),
    .token(
      "age-secret-key", .critical, opens: "every file encrypted to the age recipient, SOPS secrets in Git among them",
      literals: ["AGE-SECRET-KEY-1"], pattern: "AGE-SECRET-KEY-1[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58}", reach: 90,
      revoke: "Make a new age key, run sops updatekeys on every file, and rotate every secret the old key opened",
      see: "https://age-encryption.org/v1",
      finds: ["AGE-SECRET-{|}KEY-1QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7LQPRZ9YX82FGTVWD0S3J5NK4HCE"],
      passes: ["AGE-SECRET-KEY-1{U10}"]),
    .token(
      "age-pq-secret-key", .critical, opens: "every file encrypted to the post-quantum age recipient",
      literals: ["AGE-SECRET-KEY-PQ-1"], pattern: "AGE-SECRET-KEY-PQ-1[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{50,120}",
      reach: 160,
      revoke: "Make a new age key, re-encrypt every file, and rotate every secret the old key opened",
      see: "https://age-encryption.org/v1",
      finds: ["AGE-SECRET-{|}KEY-PQ-1QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7LQPRZ9YX82FGTVWD0S3J5NK4HCE"],
      passes: ["AGE-SECRET-KEY-PQ-1{U10}"]),
    .assigned(
      "wireguard-private-key", .critical, opens: "a WireGuard network as this peer",
      vendors: [], names: ["privatekey"], pattern: "[0-9A-Za-z+/]{42}[AEIMQUYcgkosw048]=",
      revoke: "Make a new key for the peer and replace its public key at all others",
      see: "https://www.wireguard.com/quickstart/",
      finds: ["[Interface]\nPrivateKey = «{b42}A=»\n", "WIREGUARD_PRIVATE_KEY=«{b42}w=»"],
      passes: ["[Peer]\nPublicKey = {b42}A="]),
    .assigned(
      "wireguard-preshared-key", .high, opens: "the extra layer between two WireGuard peers",
      vendors: [], names: ["presharedkey"], pattern: "[0-9A-Za-z+/]{42}[AEIMQUYcgkosw048]=",
      revoke: "Make a new preshared key on both peers", see: "https://www.wireguard.com/quickstart/",
      finds: ["PresharedKey = «{b42}A=»"]),
    .token(
      "openvpn-static-key", .high, opens: "the extra layer of an OpenVPN server, or all of a network of two",
      literals: ["-----BEGIN OpenVPN Static key V1-----"],
      pattern: #"-----BEGIN OpenVPN Static key V1-----(?:(?:\s|\\[nr])+[0-9a-f]{32}){4,16}"#
        + #"(?:(?:\s|\\[nr])+-----END OpenVPN Static key V1-----)?"#,
      reach: 1200, prefix: "", checks: [],
      revoke: "Make a new key with openvpn --genkey and put it on the server and all clients",
      see: "https://openvpn.net/community-resources/reference-manual-for-openvpn-2-6/",
      finds: ["-----BEGIN OpenVPN Static key V1-----\n{h32}\n{h32}\n{h32}\n{h32}\n-----END OpenVPN Static key V1-----"],
      passes: ["-----BEGIN OpenVPN Static key V1-----\n...\n-----END OpenVPN Static key V1-----"]),
    .token(
      "minisign-secret-key", .high, opens: "signing releases as the owner",
      literals: ["untrusted comment: minisign encrypted secret key"],
      pattern: #"untrusted comment: minisign encrypted secret key\s+([0-9A-Za-z+/=]{100,240})"#, prefix: "",
      revoke: "Make a new key and publish its public half", see: "https://jedisct1.github.io/minisign/",
      finds: ["untrusted comment: minisign encrypted secret key\n«{b208}»\n"]),
    .token(
      "cosign-private-key", .high, opens: "signing images as the owner, once its password is known",
      literals: ["-----BEGIN ENCRYPTED COSIGN PRIVATE KEY-----", "-----BEGIN ENCRYPTED SIGSTORE PRIVATE KEY-----"],
      pattern: #"-----BEGIN ENCRYPTED (?:COSIGN|SIGSTORE) PRIVATE KEY-----"# + body
        + #"-----END ENCRYPTED (?:COSIGN|SIGSTORE) PRIVATE KEY-----"#,
      reach: reach, prefix: "", checks: [.keyBody],
      revoke: "Make a new key pair, sign the images anew and replace the public key in every policy",
      see: "https://docs.sigstore.dev/cosign/key_management/overview/",
      finds: ["-----BEGIN ENCRYPTED SIGSTORE PRIVATE KEY-----\n{der}\n-----END ENCRYPTED SIGSTORE PRIVATE KEY-----"]),
  ]
}

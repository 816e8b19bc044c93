import Testing

@testable import Secrets

/// What the signs in a value say of it.
@Suite struct ValueFormTests {
  private func reason(_ template: String) -> PassReason? { ValueForms.reason(to: SampleTemplate(template).bytes) }

  @Test(arguments: ["${", "{{", "$(", "<%", "#{", "%(", "$[", "((", "<<", "!{"])
  func `two signs of a drawn password are no reference`(mark: String) {
    #expect(reason("{n8}\(mark){n10}") == nil)
    #expect(reason("{n12}\(mark)a}{n10}") == nil)
  }

  @Test(arguments: ["{n16}>", "<{n16}>", "[{n16}]", "%{n16}%", "@{n16}@", "{n10}${A}{n10}"])
  func `a drawn value between two signs is no reference`(template: String) {
    #expect(reason(template) == nil)
  }

  @Test(arguments: [
    "${DB_PASSWORD}", "{{ .Values.db.password }}", "$(DB_PASSWORD)", "<%= password %>", "#{name}", "%(password)s",
    "$[[ inputs.password ]]", "((grafana.password))", "<<password>>", "!{name}", "${AWS_S3_K8S_PG15_PW}",
    "${AMCREST2MQTT_PASSWORD}",
    "shop-${CLUSTER}-${ENV}", "{{ index .Values ", "${settings[", "<<EOF", "$(cat /run/secrets/db)", "<your password>",
    "[REDACTED]", "%DB_PASSWORD%", "@DB_PASSWORD@", "{name}", "password>", "${DB_PASSWORD:-changeme}",
    "{{- with secret \"db/creds\" -}}",
  ])
  func `what is put in later is a reference`(template: String) {
    #expect(reason(template) == .reference)
  }

  @Test(arguments: ["git.corp.test ssh-ed25519 AAAA{b60}", "[10.0.0.1]:22,git ecdsa-sha2-nistp256 AAAA{b140}"])
  func `the hosts of a known_hosts file are public`(line: String) {
    #expect(reason(line) == .publicKey)
    #expect(reason("# scanned\n\(line)\n|1|{b27}=|{b27}= ssh-rsa AAAA{b300}\n") == .publicKey)
    #expect(reason("\(line)\npassword {n20}\n") == nil)
  }

  @Test(arguments: ["^(?=.*[A-Z])(?=.*[0-9]).{12,}$", "^[a-zA-Z0-9]{32}$"])
  func `a regular expression is code`(template: String) {
    #expect(reason(template) == .code)
  }

  @Test(arguments: ["md5{h32}", "*{H40}", "SCRAM-SHA-256$4096:{b24}$"])
  func `what a database keeps of a password is a digest`(template: String) {
    #expect(reason(template) == .digest)
  }
}

import Testing

@testable import Secrets

/// Names and values on lines of their own, with comments, other fields or a line's end between them.
@Suite struct LineTests {
  let scanner: SecretScanner

  init() throws { scanner = try SecretScanner() }

  private func matches(_ sample: SampleTemplate, _ path: String) -> [SecretMatch] {
    scanner.scan(sample.bytes, context: ScanContext(path: path.utf8)).matches
  }

  @Test(arguments: [
    ("a.yaml", "env:\n- name: API_TOKEN\n  # rotated\n  # twice\n  value: «{n32}»\n"),
    ("a.yaml", "env:\n- name: API_TOKEN  # rotated\n  value: «{n32}»\n"),
    ("a.yaml", "env:\n- name: API_TOKEN\r\n  # rotated\r\n  value: «{n32}»\r\n"),
    ("a.yaml", "apiToken:\n  # rotated\n  value: «{n32}»\n"),
    ("a.yaml", "apiToken:  # rotated\n  value: \"«{n32}»\"\n"),
    ("a.yaml", "apiToken:\n  enabled: true\n  # rotated\n  value: «{n32}»\n"),
    ("a.json", "{\n  \"apiToken\": {\n    \"enabled\": true,\n    \"value\": \"«{n32}»\"\n  }\n}\n"),
    ("a.yaml", "apiToken:\n  «{n32}»\n"), ("a.yaml", "- apiToken:\n    «{n32}»\n  other: 1\n"),
    ("a.yaml", "apiToken:\n  \"«{n32}»\"\n"), ("a.yaml", "apiToken:\r\n  '«{n32}»'\r\n"),
    ("a.yaml", "apiToken: # rotated\n  «{n32}» # by hand\n"),
    ("a.yaml", "env:\n- name: API_TOKEN\n  value:\n    «{n32}»\n"), ("a.yaml", "secretAccessKey:\n  «{b40}»\n"),
    ("a.json", "{\n  \"apiToken\":\n    \"«{n32}»\"\n}\n"), ("a.js", "const apiToken =\n  '«{n32}»';\n"),
    ("a.ts", "export const c = {\n  apiToken:\n    '«{n32}»',\n};\n"),
    ("a.py", "API_TOKEN = (\n    \"«{n32}»\"\n)\n"), ("a.tf", "locals {\n  api_token = (\n    \"«{n32}»\"\n  )\n}\n"),
  ])
  func `a value is read below its name`(path: String, template: String) throws {
    let sample = SampleTemplate(template)
    let found = matches(sample, path)
    try #require(found.count == 1, "\(found.map(\.type.id))")
    #expect(found[0].range == sample.secret)
  }

  @Test(arguments: [
    ("a.yaml", "apiToken:\n{n32}\n"), ("a.yaml", "apiToken:\n  {n32}:\n    a: b\n"),
    ("a.yaml", "apiToken:\n  - {n32}\n"),
    ("a.yaml", "apiToken:\n  {n32}\n  more words\n"), ("a.yaml", "apiToken:\n  {n32} and more\n"),
    ("a.yaml", "apiToken:\n  # {n32}\n"), ("a.yaml", "apiToken:\n  a: b\n  c:\n    value: {n32}\n"),
    ("a.yaml", "apiToken:\n  a: b\nvalue: {n32}\n"), ("a.yaml", "env:\n- name: API_TOKEN\n# x\n- value: {n32}\n"),
    ("a.yaml", "env:\n- name: API_TOKEN\n  valueFrom:\n    key: {n32}\n"), ("a.yaml", "password:\n  ${PASSWORD}\n"),
    ("a.yaml", "secret:\n  name:\n    shop-{n32}\n"), ("a.md", "The API token:\n  {n32}\n"),
    ("a.py", "if token ==\\\n  \"{n32}\":\n"), ("a.js", "apiToken =\n  load('{n32}');\n"),
  ])
  func `other lines are not read as values`(path: String, template: String) {
    #expect(matches(SampleTemplate(template), path).map(\.type.id) == [])
  }

  @Test(arguments: [".env", "setup.sh", "a.properties", "a.md", "cm.yaml"])
  func `placeholders on neighbouring lines are no element of markup`(path: String) {
    let text = "DB_PASSWORD=<your-password>\nAPI_TOKEN=<your-token>\nOTHER=<password> TOKEN4=<x>\n"
    #expect(matches(SampleTemplate(text), path).map(\.type.id) == [])
  }

  @Test func `an element's text may stand on a line of its own`() throws {
    let sample = SampleTemplate("<server>\n  <password>\n    {n20}\n  </password>\n</server>\n")
    #expect(matches(sample, "settings.xml").count == 1)
  }

  @Test(arguments: [
    "Access key ID,Secret access key\nAKIA{t16},«{b40}»\n", "AKIA{t16}:«{b40}»\n", "key AKIA{t16}\nand «{b40}»\n",
    "boto3.Session('AKIA{t16}', '«{b40}»')\n",
  ])
  func `the secret half is found beside the id of an access key`(template: String) {
    let sample = SampleTemplate(template)
    for path in ["a.csv", "a.md", "a.py", "a.txt"] {
      let found = matches(sample, path)
      #expect(found.map(\.type.id) == ["aws-access-key", "aws-secret-key"])
      #expect(found.last?.range == sample.secret)
    }
  }

  @Test(arguments: [
    "AKIA{t16} commit {h40}\n", "AKIA{t16}\n\n\n\n{b40}\n", "AKIA{t16}\n{b44}\n", "AKIA{t16}\nsha512-{b40}==\n",
    "AKIA{t16}\nsrc/main/resources/com/acme/Shop/Model12\n", "AKIA{|}IOSFODNN7EXAMPLE {b40}\n",
  ])
  func `what else stands beside an access key is no half of it`(template: String) {
    #expect(!matches(SampleTemplate(template), "a.md").map(\.type.id).contains("aws-secret-key"))
  }
}

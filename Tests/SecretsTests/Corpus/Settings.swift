@testable import Secrets

/// The places a credential turns up in. `NAME` stands for a variable's name, `VALUE` for the marked secret.
enum Settings {
  struct Setting: Sendable {
    var path: String
    var template: String
  }

  /// Places where a value stands beside a name.
  static let named: [Setting] = [
    Setting(path: ".env", template: "LOG_LEVEL=debug\nNAME=VALUE\nPORT=8080\n"),
    Setting(
      path: "deploy/app.yaml",
      template: "spec:\n  containers:\n    - name: app\n      env:\n        - name: NAME\n          value: \"VALUE\"\n"),
    Setting(path: "config.json", template: "{\n  \"debug\": false,\n  \"NAME\": \"VALUE\",\n  \"port\": 1\n}\n"),
    Setting(path: "main.tf", template: "locals {\n  region = \"eu-west-1\"\n  NAME = \"VALUE\"\n}\n"),
    Setting(path: "Dockerfile", template: "FROM scratch\nENV NAME=VALUE\nCMD [\"/app\"]\n"),
    Setting(path: "run.sh", template: "#!/bin/sh\nset -eu\nexport NAME='VALUE'\nexec ./app\n"),
    Setting(
      path: "secret.yaml",
      template: "apiVersion: v1\nkind: Secret\nmetadata:\n  name: app\nstringData:\n  NAME: VALUE\n"),
    Setting(path: "app.properties", template: "app.name=demo\nNAME = VALUE\n"),
    Setting(
      path: ".github/workflows/ci.yml", template: "jobs:\n  build:\n    env:\n      NAME: VALUE\n    steps: []\n"),
    Setting(path: "values.yaml", template: "replicas: 2\nextraEnv:\n  NAME: 'VALUE'\n"),
    Setting(path: "docker-compose.yml", template: "services:\n  app:\n    environment:\n      - NAME=VALUE\n"),
    Setting(path: "settings.toml", template: "[app]\nNAME = \"VALUE\"\n"),
    Setting(path: "notes.yaml", template: "# rotate me\n# NAME: VALUE\nkind: List\n"),
    Setting(
      path: "kustomization.yaml", template: "secretGenerator:\n  - name: app\n    literals:\n      - NAME=VALUE\n"),
    Setting(path: "main.go", template: "package main\n\nconst config = `\nNAME = \"VALUE\"\n`\n"),
    Setting(path: "settings.py", template: "import os\nNAME = \"VALUE\"\n"),
  ]

  /// Places where a value stands by itself.
  static let bare: [Setting] = [
    Setting(path: "README.md", template: "Run it with `VALUE` as the last argument.\n"),
    Setting(path: "main.go", template: "\treturn call(\"VALUE\")\n"),
    Setting(path: "job.yaml", template: "args: [\"--verbose\", \"VALUE\"]\n"),
    Setting(path: "run.sh", template: "./login VALUE # leaked\n"),
    Setting(path: "ci.yml", template: "script:\n  - echo VALUE | login --stdin\n"),
    Setting(path: "data.csv", template: "id,value\n1,VALUE\n"),
    Setting(path: "config.xml", template: "<config><value>VALUE</value></config>\n"),
    Setting(path: "message", template: "fix: remove VALUE from the values\n"),
    Setting(path: "event.json", template: "{\"a\": \"{\\\"b\\\": \\\"VALUE\\\"}\"}\n"),
    Setting(path: "folded.yaml", template: "description: >-\n  something\n  VALUE\n  else\n"),
  ]
}

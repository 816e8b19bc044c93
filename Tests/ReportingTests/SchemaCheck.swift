import Testing
import TestSupport

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Checks an output against the schema that its readers publish; the project keeps no copy of them.
enum SchemaCheck {
  /// The folder `shared/schemas` beside the package.
  private static let folder: String = {
    let package = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    return "/\(package)/../shared/schemas"
  }()

  /// Whether a schema and a program to check with are there; tests are skipped where they are not.
  static func isPossible(_ schema: String, with program: [String]) -> Bool {
    guard access("\(folder)/\(schema)", R_OK) == 0 else { return false }
    let result = try? run("env", program, in: "/", environment: environment)
    return result?.status == 0
  }

  /// Why a test is skipped.
  static let reason: Comment = "needs ../shared/schemas, python3 with jsonschema, and xmllint"

  static let python = ["python3", "-W", "ignore", "-c", "import jsonschema"]
  static let xmllint = ["xmllint", "--version"]

  private static var environment: [String: String] {
    let path = getenv("PATH").map { String(cString: $0) } ?? "/usr/bin:/bin"
    return ["PATH": path, "HOME": getenv("HOME").map { String(cString: $0) } ?? "/"]
  }

  /// What `jsonschema` has against a JSON text; empty where it is valid.
  static func jsonProblems(in text: String, schema: String) throws -> String {
    let script = """
      import json, sys, jsonschema
      schema = json.load(open(sys.argv[1]))
      validator = jsonschema.validators.validator_for(schema)(schema)
      for error in list(validator.iter_errors(json.load(sys.stdin)))[:5]:
          print(list(error.absolute_path), error.message[:200])
      """
    let arguments = ["python3", "-W", "ignore", "-c", script, "\(folder)/\(schema)"]
    let result = try run("env", arguments, in: "/", environment: environment, input: Array(text.utf8))
    return result.text + (result.status == 0 ? "" : result.errorText)
  }

  /// What `xmllint` has against an XML text; empty where it is valid.
  static func xmlProblems(in text: String, schema: String) throws -> String {
    let arguments = ["xmllint", "--noout", "--schema", "\(folder)/\(schema)", "-"]
    let result = try run("env", arguments, in: "/", environment: environment, input: Array(text.utf8))
    return result.status == 0 ? "" : result.errorText
  }
}

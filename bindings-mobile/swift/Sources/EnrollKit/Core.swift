import Foundation
internal import EnrollKitCore

/// What shows itself by its description and by nothing else: neither `dump` nor a debugger's view looks inside.
protocol Redacted: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {}

extension Redacted {
    /// As `description`.
    public var debugDescription: String { description }

    /// Without children.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}

/// Lengths cross to Rust as 32 bits, and the generated code stops the program at what is longer.
let maxCrossingBytes = 1 << 28

/// Refuses text that is too long to cross.
func within(_ text: String, _ path: String, limit: Int = maxCrossingBytes) throws {
    guard text.utf8.count <= limit else { throw invalid(Finding(path, .tooLong, limit: Int64(limit))) }
}

/// Refuses a body that is too long to cross.
func within(_ body: Data, _ path: String) throws {
    guard body.count <= maxCrossingBytes else { throw invalid(Finding(path, .tooLong, limit: Int64(maxCrossingBytes))) }
}

/// Runs what the core may refuse.
func attempt<T>(_ work: () throws -> T) throws -> T {
    do {
        return try work()
    } catch CoreError.Refused(let problem) {
        throw EnrollKitError(problem)
    } catch let error as EnrollKitError {
        throw error
    } catch {
        throw misfit()
    }
}

/// What can't happen unless this package's parts are of different versions. It ends no program.
func misfit() -> EnrollKitError {
    let violation = Violation(path: "", code: .other, message: "this package's parts do not fit together", limit: nil, expected: nil)
    return .invalidInput(InvalidInput(violations: [violation], json: "{\"code\":\"invalid_input\",\"violations\":[]}", text: "invalid_input: this package's parts do not fit together"))
}

/// A violation that is found before the core sees anything.
struct Finding {
    let path: String
    let code: Violation.Code
    let expected: String?
    let limit: Int64?

    init(_ path: String, _ code: Violation.Code, expected: String? = nil, limit: Int64? = nil) {
        self.path = path
        self.code = code
        self.expected = expected
        self.limit = limit
    }

    fileprivate var plain: JSONValue { plainOf(path, code.rawValue, nil, limit, expected) }
}

private func plainOf(_ path: String, _ code: String, _ message: String?, _ limit: Int64?, _ expected: String?) -> JSONValue {
    var out: JSONValue.Object = ["path": .string(path), "code": .string(code)]
    if let message { out.append("message", .string(message)) }
    if let limit { out.append("limit", .number(JSONValue.Number(limit))) }
    if let expected { out.append("expected", .string(expected)) }
    return .object(out)
}

/// The error of findings. Its texts are the core's.
func invalid(_ findings: Finding...) -> EnrollKitError { invalid(findings) }

/// As above.
func invalid(_ findings: [Finding]) -> EnrollKitError { invalid(plain: findings.map(\.plain)) }

/// The error of violations: the core's, spelled otherwise.
func invalid(_ violations: [Violation]) -> EnrollKitError {
    invalid(plain: violations.map { plainOf($0.path, $0.code.rawValue, $0.message, $0.limit, $0.expected) })
}

private func invalid(plain: [JSONValue]) -> EnrollKitError {
    let text = objectText(("code", "invalid_input"), ("violations", .array(plain)))
    guard let problem = coreErrorFrom(json: text) else { return misfit() }
    return EnrollKitError(problem)
}

/// Gives `use` a value's JSON text. What it refuses and what was wrong with the value are one list.
/// `limit` is a level more where the value is around one that may be as deep as any; `respell` is for the findings' paths.
func withText<T>(
    _ value: JSONValue, limit: Int = maxDepth, respell: (String) -> String = { $0 }, _ use: (String) throws -> T
) throws -> T {
    let written = Written(value, limit: limit)
    guard !written.findings.isEmpty else { return try use(written.text) }
    let findings = written.findings.map { Finding(respell($0.path), $0.code, expected: $0.expected, limit: $0.limit) }
    var found: [Violation] = []
    do {
        _ = try use(written.text)
    } catch EnrollKitError.invalidInput(let invalid) {
        found = invalid.violations
    }
    throw invalid(merged(findings, found))
}

/// The findings, and of the violations those that are not about a finding's value.
func merged(_ findings: [Finding], _ violations: [Violation]) -> [Violation] {
    guard !findings.isEmpty else { return violations }
    let known = { (path: String) in findings.contains { path == $0.path || path.hasPrefix("\($0.path)/") || $0.path.isEmpty } }
    guard case .invalidInput(let own) = invalid(findings) else { return violations }
    return own.violations + violations.filter { !known($0.path) }
}

/// The wire's names of options and those that they have here.
private let spellings = [
    "partner_id": "partnerId", "base_url": "baseURL", "allow_http": "allowHTTP", "api_key": "apiKey",
    "auth_header": "authHeader", "path_spelling": "pathSpelling", "allow_extra_keys": "allowExtraKeys",
    "max_age_seconds": "maxAge", "max_ahead_seconds": "maxAhead", "received_at": "receivedAt",
]

/// Runs what may refuse options; their paths come back in Swift's spelling.
func spelled<T>(_ work: () throws -> T) throws -> T {
    do {
        return try work()
    } catch EnrollKitError.invalidInput(let refused) {
        throw invalid(
            refused.violations.map { violation in
                let here = violation.expected.flatMap { spellings[$0] }
                let message = here.map { violation.message.replacingOccurrences(of: violation.expected ?? "", with: $0) }
                return Violation(
                    path: spellings[violation.path] ?? violation.path, code: violation.code, message: message ?? violation.message,
                    limit: violation.limit, expected: here ?? violation.expected)
            })
    }
}

extension JSONValue {
    /// A member that is a word of a closed set.
    func word<T: RawRepresentable<String>>(_ key: String) -> T? { self[key]?.stringValue.flatMap(T.init(rawValue:)) }

    func text(_ key: String) -> String? { self[key]?.stringValue }
    func flag(_ key: String) -> Bool? { self[key]?.boolValue }
    func integer(_ key: String) -> Int64? { self[key]?.numberValue?.int64 }
}

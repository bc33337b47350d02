internal import EnrollKitCore

/// A violation that is found before the core sees anything. Of each there is a function that takes what its message names.
struct Finding {
    let path: String
    let code: Violation.Code
    let expected: String?
    let limit: Int?

    init(_ path: String, _ code: Violation.Code, expected: String? = nil, limit: Int? = nil) {
        (self.path, self.code, self.expected, self.limit) = (path, code, expected, limit)
    }

    /// The same at another path.
    func at(_ path: String) -> Finding { Finding(path, code, expected: expected, limit: limit) }

    fileprivate var plain: JSONValue { plainViolation(path, code, expected, limit.map(Int64.init)) }
}

/// A violation as the core reads it, which writes the message.
private func plainViolation(_ path: String, _ code: Violation.Code, _ expected: String?, _ limit: Int64?) -> JSONValue {
    var out: JSONValue.Object = ["path": .string(path), "code": .string(code.rawValue)]
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
    invalid(plain: violations.map { plainViolation($0.path, $0.code, $0.expected, $0.limit) })
}

private func invalid(plain: [JSONValue]) -> EnrollKitError {
    let text = objectText(("code", .string(EnrollKitError.Code.invalidInput.rawValue)), ("violations", .array(plain)))
    guard let problem = coreErrorFrom(json: text) else { return misfit() }
    return EnrollKitError(problem)
}

/// Gives `use` a value's JSON text. What it refuses and what was wrong with the value are one list.
/// `limit` is a level more where the value is around one that may be as deep as any; `respell` is for the findings' paths.
func withText<T>(
    _ value: JSONValue, limit: Int = JSONValue.maxDepth, respell: (String) -> String = { $0 }, _ use: (String) throws -> T
) throws -> T {
    let written = Written(value, limit: limit)
    guard !written.findings.isEmpty else { return try use(written.text) }
    let findings = written.findings.map { $0.at(respell($0.path)) }
    var violations: [Violation] = []
    do {
        _ = try use(written.text)
    } catch EnrollKitError.invalidInput(let invalid) {
        violations = invalid.violations
    }
    throw invalid(merged(findings, violations))
}

/// The findings, and of the violations those that are not about a finding's value.
func merged(_ findings: [Finding], _ violations: [Violation]) -> [Violation] {
    guard !findings.isEmpty else { return violations }
    let isKnown = { (path: String) in findings.contains { path == $0.path || path.hasPrefix("\($0.path)/") || $0.path.isEmpty } }
    return invalid(findings).violations + violations.filter { !isKnown($0.path) }
}

/// The names of what is no option and can be refused with options.
private let argumentNames = ["api_key": "apiKey", "received_at": "receivedAt"]

/// Runs what may refuse options; paths, and options that are expected, come back in Swift's spelling.
func spelled<T>(_ work: () throws -> T) throws -> T {
    do {
        return try work()
    } catch EnrollKitError.invalidInput(let refused) {
        throw invalid(
            refused.violations.map { violation in
                Violation(
                    path: optionNames[violation.path] ?? argumentNames[violation.path] ?? violation.path, code: violation.code,
                    message: violation.message, limit: violation.limit,
                    expected: violation.expected.map { optionNames[$0] ?? $0 })
            })
    }
}

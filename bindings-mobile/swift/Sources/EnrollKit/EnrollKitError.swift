import Foundation
internal import EnrollKitCore

/// What goes wrong in enrollkit. Every function of this package that throws throws one of these, and nothing else.
///
/// Its texts hold no secret and no personal data; what the service wrote is in ``ApiError/serviceMessage`` and
/// ``ApiError/raw``.
public enum EnrollKitError: Error, Sendable {
    /// The input can't become a request; nothing was sent.
    case invalidInput(InvalidInput)
    /// The service answered, and said no.
    case api(ApiError)
    /// The service answered, and the answer can't be read.
    case unreadable(Unreadable)
    /// No answer came.
    case noResponse(NoResponse)
    /// A callback or webhook is not to be trusted.
    case signatureRefused(SignatureRefused)

    /// What went wrong, the same word in every language.
    public var code: Code {
        switch self {
        case .invalidInput: .invalidInput
        case .api: .apiError
        case .unreadable: .unreadable
        case .noResponse: .noResponse
        case .signatureRefused: .signatureRefused
        }
    }

    /// Whether a change may have taken effect all the same: look the user up before you send it again.
    public var outcomeUnknown: Bool {
        switch self {
        case .api(let error): error.outcomeUnknown
        case .unreadable(let error): error.outcomeUnknown
        case .noResponse(let error): error.outcomeUnknown
        case .invalidInput, .signatureRefused: false
        }
    }

    /// The violations of an ``InvalidInput``; none of any other error.
    public var violations: [Violation] {
        if case .invalidInput(let error) = self { error.violations } else { [] }
    }

    /// The plain form as JSON text, for logs and queues. It holds no secret, and nothing that the service wrote.
    public func jsonText() -> String {
        switch self {
        case .invalidInput(let error): error.json
        case .api(let error): error.json
        case .unreadable(let error): error.json
        case .noResponse(let error): error.json
        case .signatureRefused(let error): error.json
        }
    }

    /// The plain form with what the service wrote.
    var wholeText: String {
        if case .api(let error) = self { error.whole } else { jsonText() }
    }

    /// The error of a plain form: the inverse of ``jsonText()``. Nil when it is the form of none.
    public init?(json: String) {
        guard (try? within(json, "")) != nil, let problem = coreErrorFrom(json: json) else { return nil }
        self.init(problem)
    }

    init(_ problem: CoreProblem) { self = (try? Self.read(problem)) ?? misfit() }

    private static func read(_ problem: CoreProblem) throws -> EnrollKitError {
        let plain = plain(problem.json)
        let (json, text) = (problem.json, problem.text)
        let code: Code = try present(plain.word("code"))
        let operation: () throws -> ServiceOperation = { try present(plain.word("operation")) }
        let outcomeUnknown = plain.flag("outcome_unknown") ?? false
        switch code {
        case .invalidInput:
            let violations = (plain["violations"]?.arrayValue ?? []).map(Violation.init)
            return .invalidInput(InvalidInput(violations: violations, json: json, text: text))
        case .apiError:
            return try .api(
                ApiError(
                    kind: plain.word("kind") ?? .unknown,
                    operation: operation(),
                    status: present(plain.status("status")),
                    byRelay: plain.flag("by_relay") ?? false,
                    serviceCode: plain.text("service_code"),
                    retry: present(plain.word("retry")),
                    retryAfterSeconds: plain.integer("retry_after_seconds").map { Int(clamping: $0) },
                    outcomeUnknown: outcomeUnknown,
                    causes: (plain["causes"]?.arrayValue ?? []).compactMap { $0.stringValue.flatMap(ApiError.Cause.init) },
                    clockSkewSeconds: plain.integer("clock_skew_seconds").map { Int(clamping: $0) },
                    serviceMessage: plain.text("service_message"),
                    raw: problem.raw,
                    json: withoutServiceMessage(plain) ?? json,
                    whole: json,
                    text: text
                ))
        case .unreadable:
            return try .unreadable(
                Unreadable(
                    operation: operation(),
                    reason: present(plain.word("reason")),
                    status: present(plain.status("status")),
                    outcomeUnknown: outcomeUnknown,
                    raw: problem.raw,
                    json: json,
                    text: text
                ))
        case .noResponse:
            return try .noResponse(
                NoResponse(
                    operation: operation(), notSent: plain.flag("not_sent") ?? false, outcomeUnknown: outcomeUnknown, cause: nil,
                    json: json, text: text))
        case .signatureRefused:
            return try .signatureRefused(SignatureRefused(reason: present(plain.word("reason")), json: json, text: text))
        }
    }
}

extension EnrollKitError: LocalizedError, Redacted {
    /// Code, kind, status and paths.
    public var description: String {
        switch self {
        case .invalidInput(let error): error.description
        case .api(let error): error.description
        case .unreadable(let error): error.description
        case .noResponse(let error): error.description
        case .signatureRefused(let error): error.description
        }
    }

    /// As ``description``: in English, for a log rather than for a user.
    public var errorDescription: String? { description }
}

private func withoutServiceMessage(_ plain: JSONValue) -> String? {
    guard case .object(var object) = plain, object["service_message"] != nil else { return nil }
    object["service_message"] = nil
    return JSONValue.object(object).text
}

/// The input can't become a request; nothing was sent.
public struct InvalidInput: Sendable, Redacted {
    /// All that is wrong, at once.
    public let violations: [Violation]
    let json: String
    let text: String
    /// The code, and each path with what is wrong there.
    public var description: String { text }
}

/// The service answered, and said no.
public struct ApiError: Sendable, Redacted {
    /// Why.
    public let kind: Kind
    /// What was called.
    public let operation: ServiceOperation
    /// The HTTP status.
    public let status: Int
    /// Whether it was not the service that said no but your own back end, or something before it: no session, its policy, its
    /// limits.
    public let byRelay: Bool
    /// The service's own code, as text: `2205`.
    public let serviceCode: String?
    /// Whether, and how, to try again.
    public let retry: Retry
    /// How long the service asks to wait.
    public let retryAfterSeconds: Int?
    /// Whether the action may have taken effect all the same: look the user up before anything else.
    public let outcomeUnknown: Bool
    /// The usual causes of ``Kind/unauthorized``.
    public let causes: [Cause]
    /// How far this machine's clock is from the service's, where the answer tells.
    public let clockSkewSeconds: Int?
    /// What the service wrote, safe to show. Not for logs: it may repeat personal data, so that no JSON form holds it.
    public let serviceMessage: String?
    /// The body as it came, the call's secrets masked. It may hold personal data.
    public let raw: Data
    let json: String
    /// With what the service wrote, for a relay that gives details.
    let whole: String
    let text: String
    /// Code, kind and status.
    public var description: String { text }
}

/// The service answered, and the answer can't be read.
public struct Unreadable: Sendable, Redacted {
    /// What was called.
    public let operation: ServiceOperation
    /// Why it can't be read.
    public let reason: Reason
    /// The HTTP status.
    public let status: Int
    /// Whether the action may have taken effect.
    public let outcomeUnknown: Bool
    /// The body as it came, the call's secrets masked; empty when it was too large.
    public let raw: Data
    let json: String
    let text: String
    /// Code, reason and status.
    public var description: String { text }
}

/// No answer came. Where a change may have been sent, ``outcomeUnknown`` is true: look the user up before you send it again.
public struct NoResponse: Sendable, Redacted {
    /// What was called.
    public let operation: ServiceOperation
    /// Whether nothing can have left this machine: no such host, a refused connection. Nothing has happened then.
    public let notSent: Bool
    /// Whether the action may have taken effect.
    public let outcomeUnknown: Bool
    /// What the HTTP client said. Its own texts may hold the address.
    public let cause: (any Error)?
    let json: String
    let text: String
    /// The code, and what to do.
    public var description: String { text }
}

/// A callback or webhook is not to be trusted.
public struct SignatureRefused: Sendable, Redacted {
    /// For your log; tell the sender only "refused".
    public let reason: Reason
    let json: String
    let text: String
    /// Code and reason.
    public var description: String { text }
}

/// One thing that is wrong: where, what, and by which measure. Never the value itself.
public struct Violation: Sendable, Hashable, CustomStringConvertible {
    /// The wire path, steps joined by `/`: `userBiometrics/0`.
    public let path: String
    /// What is wrong.
    public let code: Code
    /// In English, to stand behind or beside the field's name.
    public let message: String
    /// The measure, where there is one.
    public let limit: Int64?
    /// What would be right, where that can be said.
    public let expected: String?

    init(path: String, code: Code, message: String, limit: Int64?, expected: String?) {
        (self.path, self.code, self.message, self.limit, self.expected) = (path, code, message, limit, expected)
    }

    init(_ plain: JSONValue) {
        self.init(
            path: plain.text("path") ?? "",
            code: plain.word("code") ?? .other,
            message: plain.text("message") ?? "",
            limit: plain.integer("limit"),
            expected: plain.text("expected")
        )
    }

    /// Path and message: `email must be an e-mail address`.
    public var description: String { path.isEmpty ? message : "\(path) \(message)" }
}

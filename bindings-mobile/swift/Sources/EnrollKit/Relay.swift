internal import EnrollKitCore

/// What your own back end answers to an app's ``SmileId/relay(_:)`` and ``Unifyia/relay(_:)``.
public enum Relay {
    /// The answer for an outcome: without the service's raw body. Identity documents and the sign-up's answer are withheld unless
    /// `details` is true.
    public static func answer(_ outcome: any IntentOutcome, details: Bool = false) -> RelayAnswer {
        answer(outcome.jsonText(), nil, details)
    }

    /// The answer for an error.
    public static func answer(_ error: EnrollKitError) -> RelayAnswer {
        answer(nil, error.jsonText(), false)
    }

    private static func answer(_ outcome: String?, _ error: String?, _ details: Bool) -> RelayAnswer {
        guard let core = try? coreRelayAnswer(outcome: outcome, error: error, details: details) else {
            // What the core wrote, it reads: this does not happen.
            return RelayAnswer(status: 500, body: "{}")
        }
        return RelayAnswer(status: Int(core.status), body: core.body)
    }

    /// The error for a policy's "no". Nothing was sent.
    public static func refused(_ intent: Intent) -> EnrollKitError { refused(intent.action) }

    /// The error for a policy's "no" to an action.
    public static func refused(_ action: Intent.Action) -> EnrollKitError {
        guard let problem = try? coreRefusedByPolicy(action: action.rawValue) else { return misfit() }
        return EnrollKitError(problem)
    }
}

/// A relay's answer. Send it as `application/json`, with `Cache-Control: no-store`.
public struct RelayAnswer: Sendable, Hashable, Redacted {
    /// The HTTP status.
    public let status: Int
    /// The body.
    public let body: String
    /// The status only.
    public var description: String { "RelayAnswer(\(status))" }
}

internal import EnrollKitCore

/// What your own back end answers to an app's ``SmileIdRelay`` and ``UnifyiaRelay``.
public enum Relay {
    /// The answer for an outcome: without the service's raw body. Identity documents and the sign-up's answer are withheld unless
    /// `details` is true.
    public static func answer(_ outcome: any IntentOutcome, details: Bool = false) -> RelayAnswer {
        answer(outcome.jsonText(), nil, details)
    }

    /// The answer for an error. What the service wrote is withheld unless `details` is true: it may repeat personal data, and is for
    /// operators.
    public static func answer(_ error: EnrollKitError, details: Bool = false) -> RelayAnswer {
        answer(nil, error.wholeText, details)
    }

    private static func answer(_ outcome: String?, _ error: String?, _ details: Bool) -> RelayAnswer {
        guard let core = try? coreRelayAnswer(outcome: outcome, error: error, details: details) else {
            // What the core wrote, it reads: this does not happen.
            return RelayAnswer(status: 500, body: "{}")
        }
        return RelayAnswer(status: Int(core.status), body: core.body)
    }

    /// The answer for a request that a relay's route must not read; nil: go on with session, intent and policy.
    ///
    /// 405 is for another method than POST, 415 for another content type than `application/json` (parameters may follow), 403 for a
    /// page of another origin, which would act with the session of whoever looks at it. Throws when one of `origins` is none, or when
    /// nobody could call the route.
    ///
    /// - Parameters:
    ///   - headers: in any case of letters
    ///   - origins: your own pages', as browsers send them: `https://app.bank.example`
    ///   - allowNoOrigin: lets callers in that send no `Origin`: apps and servers. What they may do must not rest on a cookie
    public static func routeRefusal(
        method: String, headers: HeaderFields, origins: [String], allowNoOrigin: Bool = false
    ) throws -> RelayAnswer? {
        try within(method, "method")
        let rules = objectText(("origins", .array(origins.map(JSONValue.string))), ("allow_no_origin", .bool(allowNoOrigin)))
        try within(rules, "origins")
        let fields = try headers.crossing()
        let refusal = try spelled { try attempt { try coreRouteRefusal(rules: rules, method: method, headers: fields) } }
        return refusal.map { RelayAnswer(status: Int($0.status), body: $0.body) }
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

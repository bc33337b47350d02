import Foundation
internal import EnrollKitCore

/// Unifyia's user sign-up, and what is fetched before it.
///
/// An app takes ``relay(_:)``, which holds nothing.
public struct Unifyia: Sendable {
    private let core: CoreUnifyia?
    private let relayURL: String
    private let extraKeys: Bool

    private init(core: CoreUnifyia?, relayURL: String = "", extraKeys: Bool) {
        (self.core, self.relayURL, self.extraKeys) = (core, relayURL, extraKeys)
    }

    /// For apps: no token. Each call brings the intent to your own back end at `url`.
    public static func relay(_ url: String) throws -> Unifyia {
        try within(url, "url")
        try attempt { try coreCheckRelayUrl(url: url) }
        return Unifyia(core: nil, relayURL: url, extraKeys: false)
    }

    /// A client that may hold a token. **With one, for servers and scripts only.**
    ///
    /// - Parameters:
    ///   - baseURL: scheme, host and the installation's prefix
    ///   - token: the bearer token, without the word `Bearer`
    ///   - authHeader: the header of the token; `Authorization` (an assumption) unless given
    ///   - pathSpelling: how the sign-up's path is spelled; `organizations` (an assumption) unless given
    ///   - wrapping: whether the body is the user object or wraps it; `bare` (an assumption) unless given
    ///   - allowExtraKeys: lets keys through that the user object does not have
    ///   - allowHTTP: lets `baseURL` be `http` for any host
    public init(
        baseURL: String, token: String? = nil, authHeader: String? = nil, pathSpelling: PathSpelling? = nil,
        wrapping: Wrapping? = nil, allowExtraKeys: Bool = false, allowHTTP: Bool = false
    ) throws {
        let options = objectText(
            ("base_url", .string(baseURL)),
            ("allow_http", .bool(allowHTTP)),
            ("auth_header", authHeader.map(JSONValue.string)),
            ("path_spelling", (pathSpelling?.rawValue).map(JSONValue.string)),
            ("wrapping", (wrapping?.rawValue).map(JSONValue.string)),
            ("allow_extra_keys", .bool(allowExtraKeys)))
        self = try spelled { try Unifyia(optionsJSON: options, token: token) }
    }

    /// As above, with options as JSON text: the keys are `base_url`, `allow_http`, `auth_header`, `path_spelling`, `wrapping` and
    /// `allow_extra_keys` in every language.
    public init(optionsJSON: String, token: String? = nil) throws {
        try within(optionsJSON, "")
        try within(token ?? "", "token")
        core = try attempt { try CoreUnifyia(options: optionsJSON, token: token) }
        relayURL = ""
        // The core has just read the same.
        extraKeys = (try? JSONValue(parsing: optionsJSON))?.flag("allow_extra_keys") ?? false
    }

    /// The same client with another token: tokens expire.
    public func withToken(_ token: String) throws -> Unifyia {
        let core = try direct("token")
        try within(token, "token")
        return Unifyia(core: try attempt { try core.withToken(token: token) }, extraKeys: extraKeys)
    }

    /// The call of any intent; Smile ID's are refused. Every method below is shorthand for this.
    public func call(_ intent: Intent) throws -> Call<any IntentOutcome> {
        try built(intent.jsonText(), extraKeys || intent.extraKeys) { $0.outcome }
    }

    /// Signs a user up, at the user's `organisationName` unless the path has another.
    public func signUp(_ user: SignUpUser, organization: String? = nil) throws -> Call<SignedUp> {
        try signUp(user.json, organization: organization)
    }

    /// As above, of an open object.
    public func signUp(_ user: JSONValue, organization: String? = nil) throws -> Call<SignedUp> {
        try withText(user) { text in try signUp(json: text, organization: organization) }
    }

    /// As above, of an object's JSON text, which is sent to the last digit.
    public func signUp(json user: String, organization: String? = nil) throws -> Call<SignedUp> {
        try within(user, "")
        try within(organization ?? "", "organization")
        return try Call(
            attempt {
                guard let core else {
                    return try coreRelaySignUp(url: relayURL, user: user, organization: organization, extraKeys: extraKeys)
                }
                return try core.signUp(user: user, organization: organization, extraKeys: extraKeys)
            }, SignedUp.init)
    }

    /// What is wrong with a user, for a form that checks while one types; empty when it can be sent.
    public func check(_ user: SignUpUser, selfService: Bool = false, organization: String? = nil) -> [Violation] {
        checkUser(user, rules: SignUpRules(selfService: selfService, allowExtraKeys: extraKeys), organization: organization)
    }

    /// As above, of an open object: a form that is half filled in, say.
    public func check(_ user: JSONValue, selfService: Bool = false, organization: String? = nil) -> [Violation] {
        checkUser(user, rules: SignUpRules(selfService: selfService, allowExtraKeys: extraKeys), organization: organization)
    }

    /// Fetches an organization's branding.
    public func branding(_ organization: String) throws -> Call<Branding> {
        let action = Intent.Action.unifyiaBranding.rawValue
        return try built(objectText(("action", .string(action)), ("organization", .string(organization))), false, Branding.init)
    }

    /// An authenticated call for what has no method: the default workflow, groups and roles, say.
    public func raw(_ request: RawRequest) throws -> Call<RawReply> {
        _ = try direct("raw")
        return try withText(request.json, limit: maxDepth + 1) { text in try raw(json: text) }
    }

    /// As ``raw(_:)``, of a request's JSON text: `method`, `path`, `headers`, `body`.
    public func raw(json request: String) throws -> Call<RawReply> {
        let core = try direct("raw")
        try within(request, "")
        return try Call(attempt { try core.raw(request: request) }, RawReply.init)
    }

    private func built<T>(
        _ intent: String, _ extraKeys: Bool, _ make: @escaping @Sendable (Reading) -> T?
    ) throws -> Call<T> {
        try within(intent, "")
        return try Call(
            attempt {
                guard let core else { return try coreRelayUnifyia(url: relayURL, intent: intent, extraKeys: extraKeys) }
                return try core.call(intent: intent, extraKeys: extraKeys)
            }, make)
    }

    private func direct(_ path: String) throws -> CoreUnifyia {
        guard let core else { throw invalid(Finding(path, .notThroughRelay)) }
        return core
    }
}

extension Unifyia: Redacted {
    /// Shows no token.
    public var description: String { core == nil ? "Unifyia(relay \(relayURL))" : "Unifyia(…)" }
}

extension Unifyia {
    /// An authenticated call for what has no method.
    public struct RawRequest: Sendable {
        /// The HTTP method.
        public var method: RawMethod
        /// A plain path, or its steps.
        public var path: RawPath
        /// Further headers. Those that the client sets are refused.
        public var headers: HeaderFields
        /// The body.
        public var body: JSONValue.Object?
        /// The query string's names and values, which may be any text; in this order.
        public var query: RawQuery

        /// A request.
        public init(
            method: RawMethod, path: RawPath, headers: HeaderFields = [:], body: JSONValue.Object? = nil, query: RawQuery = [:]
        ) {
            (self.method, self.path, self.headers, self.body, self.query) = (method, path, headers, body, query)
        }

        var json: JSONValue {
            var out: JSONValue.Object = ["method": .string(method.rawValue), "path": path.json]
            if let query = query.json { out.append("query", query) }
            if !headers.isEmpty { out.append("headers", .object(JSONValue.Object(headers.map { ($0.name, .string($0.value)) }))) }
            if let body { out.append("body", .object(body)) }
            return .object(out)
        }
    }
}

extension Unifyia.RawRequest: Redacted {
    /// The method: a path may name a user.
    public var description: String { "Unifyia.RawRequest(\(method.rawValue))" }
}

extension SignUpUser: Redacted {
    /// Shows nothing of the user.
    public var description: String { "SignUpUser(…)" }
}

/// What is wrong with a user; empty when it can be sent. Needs no client and no network.
///
/// `organization` is the one that the sign-up's path names: the user's `organisationName` must not be another.
public func checkUser(_ user: SignUpUser, rules: SignUpRules = SignUpRules(), organization: String? = nil) -> [Violation] {
    checkUser(user.json, rules: rules, organization: organization)
}

/// As above, of an open object: a form that is half filled in, say.
public func checkUser(_ user: JSONValue, rules: SignUpRules = SignUpRules(), organization: String? = nil) -> [Violation] {
    let written = Written(user)
    return merged(written.findings, checkUser(json: written.text, rules: rules, organization: organization))
}

/// As above, of an object's JSON text.
public func checkUser(json user: String, rules: SignUpRules = SignUpRules(), organization: String? = nil) -> [Violation] {
    do {
        try within(user, "")
        try within(organization ?? "", "organization")
    } catch {
        return (error as? EnrollKitError)?.violations ?? []
    }
    let found = coreCheckUser(user: user, selfService: rules.selfService, extraKeys: rules.allowExtraKeys, organization: organization)
    return (plain(found).arrayValue ?? []).map(Violation.init)
}

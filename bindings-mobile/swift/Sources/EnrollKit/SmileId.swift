import Foundation
internal import EnrollKitCore

/// Smile ID's user management: re-enroll, deactivate, flag, delete, look up.
///
/// An app takes ``relay(_:)``, which holds nothing. A server takes an initializer with an API key. A client is a value that any
/// task may use.
public struct SmileId: Sendable {
    private let core: CoreSmileId?
    private let relayURL: String

    private init(core: CoreSmileId?, relayURL: String = "") { (self.core, self.relayURL) = (core, relayURL) }

    /// For apps: no credentials. Each call brings the intent to your own back end at `url`, which applies its policy, signs and
    /// sends; the answer is read as if it came from the service.
    public static func relay(_ url: String) throws -> SmileId {
        try within(url, "url")
        try attempt { try coreCheckRelayUrl(url: url) }
        return SmileId(core: nil, relayURL: url)
    }

    /// A client with an API key. **For servers and scripts only, never in an app:** whoever has the key can delete every user, and
    /// whoever has the app has what is in it.
    ///
    /// - Parameters:
    ///   - partnerId: digits as issued, leading zeros included: text, never a number
    ///   - environment: each has its own host and its own API key; there is no default
    ///   - operator: the operator's e-mail address, which every change to a user needs
    ///   - apiKey: the key of that environment
    ///   - baseURL: a gateway, a proxy or the sandbox: it replaces scheme, host and prefix
    ///   - allowHTTP: lets `baseURL` be `http` for any host
    public init(
        partnerId: String, environment: Environment, operator email: String? = nil, apiKey: String, baseURL: String? = nil,
        allowHTTP: Bool = false
    ) throws {
        let options = Self.options(partnerId, environment, email, baseURL, allowHTTP)
        self = try spelled { try SmileId(optionsJSON: options, apiKey: apiKey) }
    }

    /// As above, with options as JSON text, a configuration file's, say: the keys are `partner_id`, `environment`, `operator`,
    /// `base_url` and `allow_http` in every language.
    public init(optionsJSON: String, apiKey: String) throws {
        try within(optionsJSON, "")
        try within(apiKey, "api_key")
        core = try attempt { try CoreSmileId(options: optionsJSON, apiKey: apiKey) }
        relayURL = ""
    }

    /// A client with a pair that another of your back ends made with ``sign(at:)``. It counts from `receivedAt`, by default now.
    public init(
        partnerId: String, environment: Environment, operator email: String? = nil, pair: SignedPair, receivedAt: Date? = nil,
        baseURL: String? = nil, allowHTTP: Bool = false
    ) throws {
        let options = Self.options(partnerId, environment, email, baseURL, allowHTTP)
        self = try spelled {
            try SmileId(optionsJSON: options, pairJSON: pair.jsonText(), receivedAt: receivedAt)
        }
    }

    /// As above, with options and pair as JSON text.
    public init(optionsJSON: String, pairJSON: String, receivedAt: Date? = nil) throws {
        try within(optionsJSON, "")
        try within(pairJSON, "pair")
        let at = try millis(receivedAt, "receivedAt")
        core = try attempt { try CoreSmileId.fromPair(options: optionsJSON, pair: pairJSON, receivedAt: at) }
        relayURL = ""
    }

    private static func options(
        _ partnerId: String, _ environment: Environment, _ email: String?, _ baseURL: String?, _ allowHTTP: Bool
    ) -> String {
        objectText(
            ("partner_id", .string(partnerId)),
            ("environment", .string(environment.rawValue)),
            ("operator", email.map(JSONValue.string)),
            ("base_url", baseURL.map(JSONValue.string)),
            ("allow_http", .bool(allowHTTP)))
    }

    /// The same client for another operator. A relay knows its own.
    public func withOperator(_ email: String) throws -> SmileId {
        let core = try direct("operator")
        try within(email, "operator")
        return SmileId(core: try attempt { try core.withOperator(email: email) })
    }

    /// The call of any intent; Unifyia's are refused. Every method below is shorthand for this.
    ///
    /// The time that gets signed is the machine's unless `time` is given.
    public func call(_ intent: Intent, at time: Date? = nil) throws -> Call<any IntentOutcome> {
        try built(intent.jsonText(), time) { $0.outcome }
    }

    /// Lets a user submit one more enrollment job under the same id.
    public func reEnroll(_ userId: String, at time: Date? = nil) throws -> Call<Acknowledged> {
        try about(.smileIdReEnroll, userId, time)
    }

    /// Keeps a user from running jobs, until reactivated.
    public func deactivate(_ userId: String, at time: Date? = nil) throws -> Call<Acknowledged> {
        try about(.smileIdDeactivate, userId, time)
    }

    /// Undoes a deactivation.
    public func reactivate(_ userId: String, at time: Date? = nil) throws -> Call<Acknowledged> {
        try about(.smileIdReactivate, userId, time)
    }

    /// Marks a user as fraudulent: jobs still run and collect data, all are marked failed.
    public func flagFraud(_ userId: String, at time: Date? = nil) throws -> Call<Acknowledged> {
        try about(.smileIdFlagFraud, userId, time)
    }

    /// Takes the fraud mark away.
    public func clearFraud(_ userId: String, at time: Date? = nil) throws -> Call<Acknowledged> {
        try about(.smileIdClearFraud, userId, time)
    }

    /// Deletes a user for ever; the id can never be used again. `confirm` must repeat the user id exactly.
    public func deletePermanently(
        _ userId: String, confirm: String, at time: Date? = nil
    ) throws -> Call<Acknowledged> {
        let action = Intent.Action.smileIdDeletePermanently.rawValue
        let intent = objectText(("action", .string(action)), ("user_id", .string(userId)), ("confirm", .string(confirm)))
        return try built(intent, time, Acknowledged.init)
    }

    /// Looks a user up. The answer holds heavy personal data.
    public func enrolleeInfo(_ userId: String, at time: Date? = nil) throws -> Call<EnrolleeInfo> {
        try built(Self.text(.smileIdEnrolleeInfo, userId), time, EnrolleeInfo.init)
    }

    /// A signed pair for another of your own back ends.
    public func sign(at time: Date? = nil) throws -> SignedPair {
        let core = try direct("sign")
        let now = try millis(time)
        return try SignedPair(attempt { try core.sign(now: now) })
    }

    /// An authenticated call for what has no method.
    public func raw(_ request: RawRequest, at time: Date? = nil) throws -> Call<RawReply> {
        _ = try direct("raw")
        return try withText(request.json, limit: maxDepth + 1) { text in try raw(json: text, at: time) }
    }

    /// As ``raw(_:at:)``, of a request's JSON text: `host`, `method`, `path`, `auth`, `body`.
    public func raw(json request: String, at time: Date? = nil) throws -> Call<RawReply> {
        let core = try direct("raw")
        try within(request, "")
        let now = try millis(time)
        return try Call(attempt { try core.raw(request: request, now: now) }, RawReply.init)
    }

    private func about(_ action: Intent.Action, _ userId: String, _ time: Date?) throws -> Call<Acknowledged> {
        try built(Self.text(action, userId), time, Acknowledged.init)
    }

    /// Most intents are two texts.
    private static func text(_ action: Intent.Action, _ userId: String) -> String {
        "{\"action\":\"\(action.rawValue)\",\"user_id\":\(JSONValue.string(userId).text)}"
    }

    private func built<T>(
        _ intent: String, _ time: Date?, _ make: @escaping @Sendable (Reading) -> T?
    ) throws -> Call<T> {
        try within(intent, "")
        guard let core else {
            return try Call(attempt { try coreRelaySmileId(url: relayURL, intent: intent) }, make)
        }
        let now = try millis(time)
        return try Call(attempt { try core.call(intent: intent, now: now) }, make)
    }

    private func direct(_ path: String) throws -> CoreSmileId {
        guard let core else { throw invalid(Finding(path, .notThroughRelay)) }
        return core
    }
}

extension SmileId: Redacted {
    /// Shows no credentials.
    public var description: String { core == nil ? "SmileId(relay \(relayURL))" : "SmileId(…)" }
}

extension SmileId {
    /// An authenticated call for what has no method.
    public struct RawRequest: Sendable, Hashable {
        /// Which of Smile ID's hosts.
        public var host: RawHost
        /// The HTTP method.
        public var method: RawMethod
        /// A plain path, or its steps.
        public var path: RawPath
        /// Where the signature goes.
        public var auth: RawAuth
        /// The body's members besides the signature's.
        public var body: JSONValue.Object?
        /// The query string's names and values, which may be any text; in this order.
        public var query: RawQuery

        /// A request.
        public init(
            host: RawHost, method: RawMethod, path: RawPath, auth: RawAuth, body: JSONValue.Object? = nil, query: RawQuery = [:]
        ) {
            (self.host, self.method, self.path, self.auth, self.body, self.query) = (host, method, path, auth, body, query)
        }

        var json: JSONValue {
            var out: JSONValue.Object = [
                "host": .string(host.rawValue), "method": .string(method.rawValue), "path": path.json, "auth": .string(auth.rawValue),
            ]
            if let query = query.json { out.append("query", query) }
            if let body { out.append("body", .object(body)) }
            return .object(out)
        }
    }
}

extension SmileId.RawRequest: Redacted {
    /// Method and host: a path may name a user.
    public var description: String { "SmileId.RawRequest(\(method.rawValue) to \(host.rawValue))" }
}

/// A timestamp and its signature. Whoever holds one can do anything to any user until it is stale: for your own back ends only.
///
/// It is `Codable`, since it goes from one back end to another; it does not show itself.
public struct SignedPair: Sendable, Hashable, Codable {
    /// The partner that signed.
    public let partnerId: String
    /// The environment whose key signed.
    public let environment: SmileId.Environment
    /// The time that was signed, as text.
    public let timestamp: String
    /// The signature.
    public let signature: String
    /// How many seconds after receipt the holder stops using it.
    public let expiresIn: Int

    private enum CodingKeys: String, CodingKey {
        case partnerId = "partner_id"
        case environment, timestamp, signature
        case expiresIn = "expires_in"
    }

    init(_ core: CorePair) throws {
        guard let environment = SmileId.Environment(rawValue: core.environment) else { throw misfit() }
        self.environment = environment
        (partnerId, timestamp, signature, expiresIn) = (core.partnerId, core.timestamp, core.signature, Int(clamping: core.expiresIn))
    }

    /// The pair as JSON text, the same in every language. It holds the signature.
    public func jsonText() -> String {
        objectText(
            ("partner_id", .string(partnerId)),
            ("environment", .string(environment.rawValue)),
            ("timestamp", .string(timestamp)),
            ("signature", .string(signature)),
            ("expires_in", .number(JSONValue.Number(expiresIn))))
    }
}

extension SignedPair: Redacted {
    /// Partner and time, without the signature.
    public var description: String { "SignedPair(\(partnerId), \(environment.rawValue), \(timestamp))" }
}

/// The low-level signature of any text, for talking to other implementations.
///
/// The fields are not separated: (`…Z`, `12`) and (`…Z1`, `2`) have the same signature.
public func signature(apiKey: String, timestamp: String, partnerId: String) throws -> String {
    try within(apiKey, "apiKey")
    try within(timestamp, "timestamp")
    try within(partnerId, "partnerId")
    return coreSignature(apiKey: apiKey, timestamp: timestamp, partnerId: partnerId)
}

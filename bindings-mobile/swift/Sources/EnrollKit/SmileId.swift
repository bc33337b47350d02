import Foundation
internal import EnrollKitCore

/// Smile ID's user management: re-enroll, deactivate, flag, delete, look up.
///
/// It holds an API key, or a pair that was signed with one: for servers and scripts. An app takes ``SmileIdRelay``, which holds
/// nothing. A client is a value that any task may use.
public struct SmileId: SmileIdActions {
    /// What makes its calls.
    public let caller: SmileIdCaller
    private let core: CoreSmileId

    private init(_ core: CoreSmileId) { (self.core, caller) = (core, SmileIdCaller(.direct(core))) }

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
        self.init(try attempt { try CoreSmileId(options: optionsJSON, apiKey: apiKey) })
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
        self.init(try attempt { try CoreSmileId.fromPair(options: optionsJSON, pair: pairJSON, receivedAt: at) })
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

    /// The same client for another operator.
    public func withOperator(_ email: String) throws -> SmileId {
        try within(email, "operator")
        return SmileId(try attempt { try core.withOperator(email: email) })
    }

    /// A signed pair for another of your own back ends.
    public func sign(at time: Date? = nil) throws -> SignedPair {
        let now = try millis(time)
        return try SignedPair(attempt { try core.sign(now: now) })
    }

    /// An authenticated call for what has no method.
    public func raw(_ request: RawRequest, at time: Date? = nil) throws -> Call<RawReply> {
        try withText(request.json, limit: JSONValue.maxDepth + 1) { text in try raw(json: text, at: time) }
    }

    /// As ``raw(_:at:)``, of a request's JSON text: `host`, `method`, `path`, `auth`, `body`.
    public func raw(json request: String, at time: Date? = nil) throws -> Call<RawReply> {
        try within(request, "")
        let now = try millis(time)
        return try Call(attempt { try core.raw(request: request, now: now) }, RawReply.init)
    }
}

extension SmileId: Redacted {
    /// Shows no credentials.
    public var description: String { "SmileId(…)" }
}

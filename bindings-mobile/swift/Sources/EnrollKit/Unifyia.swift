internal import EnrollKitCore

/// Unifyia's user sign-up, and what is fetched before it.
///
/// It may hold a token: for servers and scripts. An app takes ``UnifyiaRelay``, which holds nothing.
public struct Unifyia: UnifyiaActions {
    /// What makes its calls.
    public let caller: UnifyiaCaller
    private let core: CoreUnifyia

    private init(_ core: CoreUnifyia, extraKeys: Bool) {
        (self.core, caller) = (core, UnifyiaCaller(.direct(core), extraKeys: extraKeys))
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
        let core = try attempt { try CoreUnifyia(options: optionsJSON, token: token) }
        // The core has just read the same.
        self.init(core, extraKeys: (try? JSONValue(parsing: optionsJSON))?.flag("allow_extra_keys") ?? false)
    }

    /// The same client with another token: tokens expire.
    public func withToken(_ token: String) throws -> Unifyia {
        try within(token, "token")
        return Unifyia(try attempt { try core.withToken(token: token) }, extraKeys: caller.extraKeys)
    }

    /// An authenticated call for what has no method: the default workflow, groups and roles, say.
    public func raw(_ request: RawRequest) throws -> Call<RawReply> {
        try withText(request.json, limit: JSONValue.maxDepth + 1) { text in try raw(json: text) }
    }

    /// As ``raw(_:)``, of a request's JSON text: `method`, `path`, `headers`, `body`.
    public func raw(json request: String) throws -> Call<RawReply> {
        try within(request, "")
        return try Call(attempt { try core.raw(request: request) }, RawReply.init)
    }
}

extension Unifyia: Redacted {
    /// Shows no token.
    public var description: String { "Unifyia(…)" }
}

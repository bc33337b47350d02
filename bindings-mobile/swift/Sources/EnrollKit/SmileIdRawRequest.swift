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

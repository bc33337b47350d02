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

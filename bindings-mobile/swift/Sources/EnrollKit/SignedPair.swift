internal import EnrollKitCore

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

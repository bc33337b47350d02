import Foundation
internal import EnrollKitCore

/// Verifies what Smile ID sends: callbacks (signature in the body) and webhooks (signature in headers).
public struct Verifier: Sendable {
    private let core: CoreVerifier

    /// A verifier.
    ///
    /// - Parameters:
    ///   - partnerId: digits as issued, leading zeros included
    ///   - keys: the API key, or several while keys are rotated
    ///   - maxAge: how many seconds old a signature may be (an assumption)
    ///   - maxAhead: how many seconds it may be ahead of this machine's clock (an assumption)
    public init(
        partnerId: String, keys: [String], maxAge: TimeInterval = 300, maxAhead: TimeInterval = 60
    ) throws {
        try within(partnerId, "partnerId")
        for key in keys { try within(key, "keys", limit: maxCrossingBytes / 1024) }
        guard keys.count <= 1024 else { throw invalid(Finding("keys", .tooLong, limit: 1024)) }
        core = try spelled {
            try attempt { try CoreVerifier(partnerId: partnerId, keys: keys, maxAge: maxAge, maxAhead: maxAhead) }
        }
    }

    /// Verifies a callback, or throws ``EnrollKitError/signatureRefused(_:)``. Give the bytes as they came.
    public func callback(_ body: Data, at time: Date? = nil) throws -> Verified {
        let now = try millis(time)
        try within(body, "body")
        return try Verified(attempt { try core.callback(body: body, now: now) })
    }

    /// Verifies a webhook by its headers, or throws ``EnrollKitError/signatureRefused(_:)``. Give the bytes as they came.
    public func webhook(headers: HeaderFields, body: Data, at time: Date? = nil) throws -> Verified {
        let now = try millis(time)
        try within(body, "body")
        let fields = try headers.crossing()
        return try Verified(attempt { try core.webhook(headers: fields, body: body, now: now) })
    }

    /// What ``callback(_:at:)`` would find, as a word.
    public func inspectCallback(_ body: Data, at time: Date? = nil) throws -> Verdict {
        try verdict { try callback(body, at: time) }
    }

    /// What ``webhook(headers:body:at:)`` would find, as a word.
    public func inspectWebhook(headers: HeaderFields, body: Data, at time: Date? = nil) throws -> Verdict {
        try verdict { try webhook(headers: headers, body: body, at: time) }
    }

    private func verdict(_ verify: () throws -> Verified) throws -> Verdict {
        do {
            _ = try verify()
            return .valid
        } catch EnrollKitError.signatureRefused(let refused) {
            guard let verdict = Verdict(rawValue: refused.reason.rawValue) else { throw misfit() }
            return verdict
        }
    }
}

extension Verifier: Redacted {
    /// Shows no key.
    public var description: String { "Verifier(…)" }
}

/// A message whose sender knew a fresh signature of ours. **Body, job id and user id are not authenticated**: act on what a look-up
/// confirms.
public struct Verified: Sendable, Redacted {
    /// How old the signature is.
    public let ageSeconds: Int
    /// The job that the message names.
    public let jobId: String?
    /// The user that the message names.
    public let userId: String?
    /// For finding redeliveries.
    public let deliveryKey: String
    /// SHA-256 of the signature, to be stored in its place.
    public let pairKey: String
    private let jsonText: String?

    init(_ core: CoreVerified) {
        ageSeconds = Int(clamping: core.ageSeconds)
        (jobId, userId, deliveryKey, pairKey, jsonText) = (core.jobId, core.userId, core.deliveryKey, core.pairKey, core.json)
    }

    /// The body as JSON, its own keys kept; nil when it is not JSON. A callback's holds a live signature: do not log it.
    public var json: JSONValue? { jsonText.map(plain) }

    /// How old it is.
    public var description: String { "Verified(\(ageSeconds) s old)" }
}

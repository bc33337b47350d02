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
    ///   - partnerIdWithoutZeros: takes a signature over the partner id without its leading zeros, too; ``Verified/partnerIdForm``
    ///     says which it was. That the service signs so is an assumption
    public init(
        partnerId: String, keys: [String], maxAge: TimeInterval = Verifier.defaultMaxAge,
        maxAhead: TimeInterval = Verifier.defaultMaxAhead, partnerIdWithoutZeros: Bool = false
    ) throws {
        let options = objectText(
            ("partner_id", .string(partnerId)),
            ("max_age_seconds", .number(JSONValue.Number(seconds: maxAge))),
            ("max_ahead_seconds", .number(JSONValue.Number(seconds: maxAhead))),
            ("partner_id_without_zeros", .bool(partnerIdWithoutZeros)))
        self = try spelled { try Verifier(optionsJSON: options, keys: keys) }
    }

    /// As above, with options as JSON text: the keys are `partner_id`, `max_age_seconds`, `max_ahead_seconds` and
    /// `partner_id_without_zeros` in every language.
    public init(optionsJSON: String, keys: [String]) throws {
        try within(optionsJSON, "")
        for (place, key) in keys.enumerated() { try within(key, "keys/\(place)", limit: maxCrossingBytes / 1024) }
        guard keys.count <= 1024 else { throw invalid(.outOfRange("keys", expected: "at most 1024 keys")) }
        core = try attempt { try CoreVerifier(options: optionsJSON, keys: keys) }
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

    /// Why ``callback(_:at:)`` would refuse it; nil for a valid one.
    public func callbackRefusal(_ body: Data, at time: Date? = nil) throws -> SignatureRefused.Reason? {
        try refusal { try callback(body, at: time) }
    }

    /// Why ``webhook(headers:body:at:)`` would refuse it; nil for a valid one.
    public func webhookRefusal(headers: HeaderFields, body: Data, at time: Date? = nil) throws -> SignatureRefused.Reason? {
        try refusal { try webhook(headers: headers, body: body, at: time) }
    }

    private func refusal(_ verify: () throws -> Verified) throws -> SignatureRefused.Reason? {
        do {
            _ = try verify()
            return nil
        } catch EnrollKitError.signatureRefused(let refused) {
            return refused.reason
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
    /// The job that the message names: the header's word, else the body's.
    public let jobId: String?
    /// The user that the message names: the header's word, else the body's.
    public let userId: String?
    /// Whether two places of the message name different jobs or users. Only what a look-up shows counts.
    public let idsDiffer: Bool
    /// The job's result as the message claims it: `0840`. Nil when there is none, or two that differ.
    public let resultCode: String?
    /// In which form the partner id was signed.
    public let partnerIdForm: PartnerIdForm
    /// For finding redeliveries.
    public let deliveryKey: String
    /// SHA-256 of the signature, to be stored in its place.
    public let pairKey: String
    private let jsonText: String?

    init(_ core: CoreVerified) throws {
        guard let form = PartnerIdForm(rawValue: core.partnerIdForm) else { throw misfit() }
        partnerIdForm = form
        ageSeconds = Int(clamping: core.ageSeconds)
        (idsDiffer, resultCode) = (core.idsDiffer, core.resultCode)
        (jobId, userId, deliveryKey, pairKey, jsonText) = (core.jobId, core.userId, core.deliveryKey, core.pairKey, core.json)
    }

    /// The body as JSON, its own keys kept; nil when it is not JSON. A callback's holds a live signature: do not log it.
    public var json: JSONValue? { jsonText.map(plain) }

    /// How old it is.
    public var description: String { "Verified(\(ageSeconds) s old)" }
}

extension JSONValue.Number {
    /// Seconds. What JSON has no number for is one that is out of every range.
    fileprivate init(seconds: TimeInterval) { self = JSONValue.Number(seconds) ?? JSONValue.Number(exactly: "1E999") }
}

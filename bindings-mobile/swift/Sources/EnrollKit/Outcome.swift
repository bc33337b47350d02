import Foundation
internal import EnrollKitCore

/// What came of a call.
public protocol Outcome: Sendable, CustomStringConvertible {
    /// What was called.
    var operation: ServiceOperation { get }
    /// Whether reading lost something: invalid UTF-8, a lone surrogate, a repeated key.
    var isLossy: Bool { get }
    /// The body that this was read from, the call's secrets masked; empty for what came through a relay.
    var raw: Data { get }
    /// The plain form as JSON text, the same in every language, with all details: it may hold personal data.
    func jsonText() -> String
}

/// What can come of an intent: every outcome but a raw call's.
public protocol IntentOutcome: Outcome {}

/// What the core read.
struct Reading: Sendable, Hashable {
    let operation: ServiceOperation
    let json: String
    let raw: Data
    let isLossy: Bool
    let plain: JSONValue

    init(_ core: CoreOutcome) throws {
        json = core.json
        raw = core.raw
        isLossy = core.lossy
        plain = EnrollKit.plain(core.json)
        operation = try present(plain.word("operation"))
    }

    static func == (left: Self, right: Self) -> Bool { same(left.json, right.json) }
    func hash(into hasher: inout Hasher) { hasher.combine(json) }
}

/// The outcome of a plain form: the inverse of ``Outcome/jsonText()``, but for the raw body. Nil when it is the form of none.
public func outcomeOf(json: String) -> (any Outcome)? {
    guard (try? within(json, "")) != nil, let core = coreOutcomeFrom(json: json) else { return nil }
    return try? Reading(core).outcome()
}

import Foundation
internal import EnrollKitCore

/// What a ``SmileId`` and a ``SmileIdRelay`` can both do: `call`, and a method for each action.
public protocol SmileIdActions: Sendable {
    /// What makes the calls. A type of yours that has a client inside gives that client's.
    var caller: SmileIdCaller { get }
}

extension SmileIdActions {
    /// The call of any intent; Unifyia's are refused. Every method of an action is shorthand for this.
    ///
    /// The time that gets signed is the machine's unless `time` is given. A relay signs nothing: its back end does.
    public func call(_ intent: Intent, at time: Date? = nil) throws -> Call<any IntentOutcome> {
        try caller.call(intent.jsonText(), at: time) { try $0.intentOutcome() }
    }
}

/// Makes the calls of a ``SmileId`` or a ``SmileIdRelay``.
public struct SmileIdCaller: Sendable {
    enum Way {
        case direct(CoreSmileId)
        case relay(String)
    }

    private let way: Way

    init(_ way: Way) { self.way = way }

    func call<T>(
        _ intent: String, at time: Date?, _ outcome: @escaping @Sendable (Reading) throws -> T
    ) throws -> Call<T> {
        try within(intent, "")
        switch way {
        case .direct(let core):
            let now = try millis(time)
            return try Call(attempt { try core.call(intent: intent, now: now) }, outcome)
        case .relay(let url): return try Call(attempt { try coreRelaySmileId(url: url, intent: intent) }, outcome)
        }
    }
}

extension SmileIdCaller: Redacted {
    /// Shows no credentials.
    public var description: String { "SmileIdCaller(…)" }
}

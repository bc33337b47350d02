internal import EnrollKitCore

/// What a ``Unifyia`` and a ``UnifyiaRelay`` can both do: `call`, `check`, and a method for each action.
public protocol UnifyiaActions: Sendable {
    /// What makes the calls. A type of yours that has a client inside gives that client's.
    var caller: UnifyiaCaller { get }
}

extension UnifyiaActions {
    /// The call of any intent; Smile ID's are refused. Every method of an action is shorthand for this.
    public func call(_ intent: Intent) throws -> Call<any IntentOutcome> {
        try caller.call(intent.jsonText(), extraKeys: intent.extraKeys) { try $0.intentOutcome() }
    }

    /// What is wrong with a user, for a form that checks while one types; empty when it can be sent.
    public func check(_ user: SignUpUser, selfService: Bool = false, organization: String? = nil) -> [Violation] {
        check(user.json, selfService: selfService, organization: organization)
    }

    /// As above, of an open object: a form that is half filled in, say.
    public func check(_ user: JSONValue, selfService: Bool = false, organization: String? = nil) -> [Violation] {
        checkUser(user, rules: SignUpRules(selfService: selfService, allowExtraKeys: caller.extraKeys), organization: organization)
    }
}

/// Makes the calls of a ``Unifyia`` or a ``UnifyiaRelay``.
public struct UnifyiaCaller: Sendable {
    enum Way {
        case direct(CoreUnifyia)
        case relay(String)
    }

    private let way: Way
    /// Whether users may have keys that the documentation does not know.
    let extraKeys: Bool

    init(_ way: Way, extraKeys: Bool) { (self.way, self.extraKeys) = (way, extraKeys) }

    func call<T>(
        _ intent: String, extraKeys: Bool = false, _ outcome: @escaping @Sendable (Reading) throws -> T
    ) throws -> Call<T> {
        try within(intent, "")
        let extraKeys = self.extraKeys || extraKeys
        return try Call(
            attempt {
                switch way {
                case .direct(let core): try core.call(intent: intent, extraKeys: extraKeys)
                case .relay(let url): try coreRelayUnifyia(url: url, intent: intent, extraKeys: extraKeys)
                }
            }, outcome)
    }

    /// The call of a sign-up, whose user is text that may be anything.
    func signUp<T>(
        _ user: String, organization: String?, _ outcome: @escaping @Sendable (Reading) throws -> T
    ) throws -> Call<T> {
        try within(user, "")
        try within(organization ?? "", "organization")
        return try Call(
            attempt {
                switch way {
                case .direct(let core): try core.signUp(user: user, organization: organization, extraKeys: extraKeys)
                case .relay(let url):
                    try coreRelaySignUp(url: url, user: user, organization: organization, extraKeys: extraKeys)
                }
            }, outcome)
    }
}

extension UnifyiaCaller: Redacted {
    /// Shows no token.
    public var description: String { "UnifyiaCaller(…)" }
}

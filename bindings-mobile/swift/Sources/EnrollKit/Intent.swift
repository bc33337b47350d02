import Foundation
internal import EnrollKitCore

/// How the user object of a sign-up is checked.
public struct SignUpRules: Sendable, Hashable {
    /// For whoever fills in their own form: what only the organization may set is a violation, `set_by_server`.
    public var selfService: Bool
    /// Lets keys through that the documentation does not know.
    public var allowExtraKeys: Bool

    /// Rules; without arguments, what the documentation says and nothing else.
    public init(selfService: Bool = false, allowExtraKeys: Bool = false) {
        (self.selfService, self.allowExtraKeys) = (selfService, allowExtraKeys)
    }
}

/// What is wanted, as plain data without credentials: the same JSON in every language, queue and policy.
///
/// One exists only when it is valid, and what a policy sees of it is what gets signed, to the last digit.
public struct Intent: Sendable, Hashable {
    /// What is asked for.
    public let action: Action
    /// Whom it is about, at Smile ID; nil for Unifyia's intents.
    public let userId: String?
    /// The organization that the intent itself names, at Unifyia. A sign-up may leave it to the user's `organisationName`.
    public let organization: String?
    let json: String
    let extraKeys: Bool
    private let userText: String?

    init(_ core: CoreIntent, extraKeys: Bool) throws {
        guard let action = Action(rawValue: core.action) else { throw misfit() }
        self.action = action
        (userId, organization, json, userText) = (core.userId, core.organization, core.json, core.user)
        self.extraKeys = extraKeys
    }

    /// The user object of a sign-up, to the last digit. It is read anew each time.
    public var user: JSONValue? { userText.map(plain) }

    /// Reads an intent that someone else wrote: the body of a relayed request, say. Throws every violation at once, unknown and
    /// repeated keys included.
    public init(parsing json: String, rules: SignUpRules = SignUpRules()) throws {
        try within(json, "")
        let core = try attempt { try coreParseIntent(json: json, selfService: rules.selfService, extraKeys: rules.allowExtraKeys) }
        try self.init(core, extraKeys: rules.allowExtraKeys)
    }

    /// As ``init(parsing:rules:)``, of a request's bytes.
    public init(parsing json: Data, rules: SignUpRules = SignUpRules()) throws {
        try within(json, "")
        guard let text = String(validating: json) else { throw invalid(.notUnicode("")) }
        try self.init(parsing: text, rules: rules)
    }

    /// An intent of an object such as `["action": "smile_id.re_enroll", "user_id": "user-42"]`.
    public init(_ json: JSONValue, rules: SignUpRules = SignUpRules()) throws {
        self = try withText(json, limit: JSONValue.maxDepth + 1, respell: inUser) { text in
            try Intent(parsing: text, rules: rules)
        }
    }

    /// A sign-up of a user's JSON text.
    init(signUp user: String, organization: String?, rules: SignUpRules) throws {
        try within(user, "")
        try within(organization ?? "", "organization")
        let core = try attempt {
            try coreSignUpIntent(
                user: user, organization: organization, selfService: rules.selfService, extraKeys: rules.allowExtraKeys)
        }
        try self.init(core, extraKeys: rules.allowExtraKeys)
    }

    /// The same sign-up with further fields of the user, in the place of those that have the same name: what a back end sets
    /// itself, after `selfService` kept the form from it. All else stays as it was, to the last digit.
    public func withUserFields(_ fields: JSONValue) throws -> Intent {
        try withText(fields) { text in try withUserFields(json: text) }
    }

    /// As ``withUserFields(_:)``, of an object's JSON text.
    public func withUserFields(json fields: String) throws -> Intent {
        try within(fields, "")
        let core = try attempt { try coreWithUserFields(intent: json, fields: fields, extraKeys: extraKeys) }
        return try Intent(core, extraKeys: extraKeys)
    }

    /// Whether it is about this user, byte for byte: what a policy asks that lets users do something with themselves.
    ///
    /// Swift's `==` holds `é` and `e` with a combining accent for the same text. The service does not: they are two users.
    public func isAbout(_ userId: String) -> Bool { self.userId.map { same($0, userId) } ?? false }

    /// The wire form as JSON text.
    public func jsonText() -> String { json }

    /// Whether the wire forms are the same.
    public static func == (left: Self, right: Self) -> Bool { same(left.json, right.json) }

    /// Hashes the wire form.
    public func hash(into hasher: inout Hasher) { hasher.combine(json) }
}

extension Intent: Redacted {
    /// The action only: the rest is about a person.
    public var description: String { "Intent(\(action.rawValue))" }
}

extension Intent.Action {
    /// Whether this change is in effect, by a look-up that was made after it: for an answer that was lost
    /// (``EnrollKitError/outcomeUnknown``) or unstated.
    public func confirmed(by lookUp: EnrolleeInfo) -> Confirmation { confirmation(lookUp.jsonText(), nil) }

    /// As above, by the error that the look-up ended with. What is none of ``EnrollKitError`` tells nothing.
    public func confirmed(by error: any Error) -> Confirmation {
        (error as? EnrollKitError).map { confirmation(nil, $0.jsonText()) } ?? .unknown
    }

    private func confirmation(_ outcome: String?, _ error: String?) -> Confirmation {
        let slug = try? coreConfirmedBy(action: rawValue, outcome: outcome, error: error)
        return slug.flatMap(Confirmation.init) ?? .unknown
    }
}

/// Paths inside a sign-up's user begin at the user.
private func inUser(_ path: String) -> String { path.hasPrefix("user/") ? String(path.dropFirst(5)) : path }

extension String {
    /// The text of UTF-8, a byte order mark kept; nil when it is none.
    init?(validating bytes: Data) {
        // Foundation's own reader takes the mark away.
        let text = String(decoding: bytes, as: UTF8.self)
        guard text.utf8.count == bytes.count, text.utf8.elementsEqual(bytes) else { return nil }
        self = text
    }
}

import EnrollKit

/// What is typed, and what is wrong with it. A view would bind to `fields` and show `hints` beside them.
public struct SignUpForm: Sendable {
    /// By the wire's names: `firstName`, `email`.
    public var fields: [String: String]

    public init(fields: [String: String] = [:]) { self.fields = fields }

    /// The user object, half filled in as it may be. Its last five members are what the organization's workflow asks for.
    var user: JSONValue {
        var user = JSONValue.Object(fields.filter { !$0.value.isEmpty }.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) })
        for key in ["userAppearance", "userAttribute", "userAddress", "userIDProofDocuments"] { user[key] = [:] }
        for key in ["userBiometrics", "userEnrollmentHistoryList"] { user[key] = [] }
        return .object(user)
    }

    /// A sentence for each field that is wrong, while one types: no client, no network.
    public var hints: [(field: String, text: String)] { Self.hints(checkUser(user, rules: SignUpRules(selfService: true))) }

    static func hints(_ violations: [Violation]) -> [(field: String, text: String)] { violations.map { ($0.path, $0.message) } }
}

internal import EnrollKitCore

/// What is wrong with a user; empty when it can be sent. Needs no client and no network.
///
/// `organization` is the one that the sign-up's path names: the user's `organisationName` must not be another.
public func checkUser(_ user: SignUpUser, rules: SignUpRules = SignUpRules(), organization: String? = nil) -> [Violation] {
    checkUser(user.json, rules: rules, organization: organization)
}

/// As above, of an open object: a form that is half filled in, say.
public func checkUser(_ user: JSONValue, rules: SignUpRules = SignUpRules(), organization: String? = nil) -> [Violation] {
    let written = Written(user)
    return merged(written.findings, checkUser(json: written.text, rules: rules, organization: organization))
}

/// As above, of an object's JSON text.
public func checkUser(json user: String, rules: SignUpRules = SignUpRules(), organization: String? = nil) -> [Violation] {
    do {
        try within(user, "")
        try within(organization ?? "", "organization")
    } catch {
        return (error as? EnrollKitError)?.violations ?? []
    }
    let violations = coreCheckUser(
        user: user, selfService: rules.selfService, extraKeys: rules.allowExtraKeys, organization: organization)
    return (plain(violations).arrayValue ?? []).map(Violation.init)
}

extension SignUpUser: Redacted {
    /// Shows nothing of the user.
    public var description: String { "SignUpUser(…)" }
}

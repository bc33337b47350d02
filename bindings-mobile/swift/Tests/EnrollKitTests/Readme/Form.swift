import EnrollKit

struct SignUpForm {
    var name = ""
    var email = ""

    /// What your organization's workflow asks for; these must be there.
    var user: SignUpUser {
        SignUpUser(
            name: name, organisationName: "Acme Bank", userAppearance: [:], userAttribute: [:], userAddress: [:],
            userBiometrics: [], userIDProofDocuments: [:], userEnrollmentHistoryList: [], email: email.isEmpty ? nil : email)
    }

    /// A sentence for each field, while one types: no client, no network.
    var hints: [String: String] {
        let violations = checkUser(user, rules: SignUpRules(selfService: true))
        return Dictionary(violations.map { ($0.path, $0.message) }) { first, _ in first }
    }

    func submit(to unifyia: some UnifyiaActions) async throws -> String {
        do {
            let outcome = try await send(unifyia.signUp(user))
            return outcome.acknowledgement == .stated ? "Welcome!" : "Received."
        } catch EnrollKitError.invalidInput(let refused) {
            return refused.violations.map(\.description).joined(separator: "\n") // your back end's, too
        }
    }
}

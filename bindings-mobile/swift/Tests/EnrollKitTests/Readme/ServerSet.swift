import EnrollKit
import Foundation

/// The back end checks the same, and sets what a form must not.
func signUpCall(_ body: Data, with unifyia: Unifyia) throws -> Call<any IntentOutcome> {
    let form = try Intent(parsing: body, rules: SignUpRules(selfService: true)) // throws what a form must not set
    guard form.action == .unifyiaSignUp, form.user?["organisationName"] == "Acme Bank" else { throw Relay.refused(form) }
    return try unifyia.call(form.withUserFields(["userStatus": "Active"])) // what was typed stays, to the last digit
}

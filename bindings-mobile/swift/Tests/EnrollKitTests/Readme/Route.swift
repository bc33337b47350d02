import EnrollKit
import Foundation

/// /smile: the request's parts, and the operator that your framework found in the session.
func smileRoute(
    _ method: String, _ headers: HeaderFields, _ body: Data, by email: String?, with smile: SmileId
) async throws -> RelayAnswer {
    // A POST of JSON from a page of yours, or from an app, which has no `Origin`.
    let origins = ["https://app.bank.example"]
    if let refusal = try Relay.routeRefusal(method: method, headers: headers, origins: origins, allowNoOrigin: true) { return refusal }
    do {
        let intent = try Intent(parsing: body) // what your policy sees is what gets signed
        guard let email, intent.action != .smileIdDeletePermanently else { throw Relay.refused(intent) }
        let outcome = try await send(smile.withOperator(email).call(intent))
        return Relay.answer(outcome) // no identity documents, unless you add `details: true`
    } catch let error as EnrollKitError {
        return Relay.answer(error)
    }
}

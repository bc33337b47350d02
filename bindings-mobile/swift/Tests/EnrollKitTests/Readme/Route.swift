import EnrollKit
import Foundation

/// POST /smile, with the operator that your framework found in the session.
func smileRoute(_ body: Data, by email: String?, with smile: SmileId) async throws -> RelayAnswer {
    do {
        let intent = try Intent(parsing: body) // what your policy sees is what gets signed
        guard let email, intent.action != .smileIdDeletePermanently else { throw Relay.refused(intent) }
        let outcome = try await send(smile.withOperator(email).call(intent))
        return Relay.answer(outcome) // no identity documents, unless you add `details: true`
    } catch let error as EnrollKitError {
        return Relay.answer(error)
    }
}

import EnrollKit

struct UserScreen {
    let smile: any SmileIdActions // try SmileIdRelay("https://api.bank.example/smile"): a route of yours; it is below
    let session: String // what your back end knows this operator by

    func deactivate(_ userId: String) async throws -> String {
        do {
            let outcome = try await send(smile.deactivate(userId), headers: ["Authorization": "Bearer \(session)"])
            return outcome.acknowledgement == .stated ? "Deactivated." : "Sent. Look the user up."
        } catch EnrollKitError.noResponse(let error) {
            return error.notSent ? "No connection. Nothing was sent." : "No answer. It may have happened: look the user up."
        } catch EnrollKitError.api(let error) {
            return "Refused: \(error.kind)"
        }
    }
}

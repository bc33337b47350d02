import EnrollKit

func makeClient(key: String, baseURL: String? = nil) throws -> SmileId {
    try SmileId(
        partnerId: "085",  // text, leading zeros included
        environment: .sandbox,  // or .production, which has a key of its own
        operator: "ops@bank.example",
        apiKey: key,
        baseURL: baseURL)  // without it: Smile ID's own host
}

func deactivate(_ userId: String, with smile: SmileId) async throws -> Confirmation {
    do {
        if try await send(smile.deactivate(userId)).acknowledgement == .stated { return .inEffect }
    } catch let error as EnrollKitError where error.outcomeUnknown {}
    // A lost or empty answer: never send it again blindly. Did it happen?
    do {
        return Intent.Action.smileIdDeactivate.confirmed(by: try await send(smile.enrolleeInfo(userId)))
    } catch {
        return Intent.Action.smileIdDeactivate.confirmed(by: error)
    }
}

import EnrollKit

/// The sandbox by the name that Docker Compose gives it: plain `http` to another machine must be allowed.
func smileInCompose(key: String) throws -> SmileId {
    try SmileId(
        partnerId: "085", environment: .sandbox, operator: "ops@bank.example", apiKey: key, baseURL: "http://sandbox:8085",
        allowHTTP: true)
}

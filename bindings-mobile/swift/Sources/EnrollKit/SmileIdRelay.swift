internal import EnrollKitCore

/// Smile ID's user management for apps, through your own back end: it holds no credentials.
///
/// Each call brings the intent to the back end, which applies its policy, signs and sends; the answer is read as if it came from the
/// service. What needs credentials (`sign`, `raw`, another operator) can't be asked of it.
public struct SmileIdRelay: SmileIdActions {
    /// What makes its calls.
    public let caller: SmileIdCaller
    private let url: String

    /// A client of your back end's route at `url`.
    public init(_ url: String) throws {
        try within(url, "url")
        try attempt { try coreCheckRelayUrl(url: url) }
        (self.url, caller) = (url, SmileIdCaller(.relay(url)))
    }
}

extension SmileIdRelay: Redacted {
    /// Its route.
    public var description: String { "SmileIdRelay(\(url))" }
}

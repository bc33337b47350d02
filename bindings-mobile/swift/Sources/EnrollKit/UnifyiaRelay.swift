internal import EnrollKitCore

/// Unifyia's user sign-up for apps, through your own back end: it holds no token.
///
/// Each call brings the intent to the back end, which applies its policy, adds the token and sends; the answer is read as if it came
/// from the service. What needs a token (`raw`, another token) can't be asked of it.
public struct UnifyiaRelay: UnifyiaActions {
    /// What makes its calls.
    public let caller: UnifyiaCaller
    private let url: String

    /// A client of your back end's route at `url`.
    public init(_ url: String) throws {
        try within(url, "url")
        try attempt { try coreCheckRelayUrl(url: url) }
        (self.url, caller) = (url, UnifyiaCaller(.relay(url), extraKeys: false))
    }
}

extension UnifyiaRelay: Redacted {
    /// Its route.
    public var description: String { "UnifyiaRelay(\(url))" }
}

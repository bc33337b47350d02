import Foundation
#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

/// Sends a call once and reads its answer: no redirect is followed, nothing is sent again.
///
/// No answer, or half of one, is ``EnrollKitError/noResponse(_:)``, and so is a task that was cancelled. ``NoResponse/notSent`` tells
/// where nothing can have left; where ``NoResponse/outcomeUnknown`` says that it may have happened, look the user up.
///
/// - Parameters:
///   - call: what to send
///   - session: what to send it with
///   - headers: further headers, for your own relay: the app's session, say. Those that the call sets stay as they are.
///   - timeout: how many seconds to wait for the whole answer
///   - maxBytes: how much of an answer is read
public func send<T>(
    _ call: Call<T>, session: CallSession = .shared, headers: HeaderFields = [:], timeout: TimeInterval = 30,
    maxBytes: Int = maxResponseBytes
) async throws -> T {
    guard timeout >= 0 else { throw invalid(.wrongType("timeout", expected: "number of at least 0")) }
    guard maxBytes >= 0 else { throw invalid(.wrongType("maxBytes", expected: "number of at least 0")) }
    var request = try call.urlRequest()
    for (name, value) in headers where call.headers[name] == nil { request.addValue(value, forHTTPHeaderField: name) }
    let answer = await session.answer(to: request, timeout: timeout, maxBytes: maxBytes)
    switch answer {
    case .answered(let response, let body): return try call.read(response, body: body, maxBytes: maxBytes)
    case .lost(let cause): throw call.noResponse(cause: cause)
    case .notSent(let cause): throw call.notSent(cause: cause)
    }
}

/// A session of Foundation's that follows no redirect and reads no more than it is told to. Keep one: it keeps connections.
public final class CallSession: Sendable {
    /// What ``send(_:session:headers:timeout:maxBytes:)`` takes unless told otherwise.
    public static let shared = CallSession()

    private let exchange: Exchange
    private let session: URLSession

    /// A configuration without cookies, credentials or cache.
    public static var configuration: URLSessionConfiguration {
        let configuration = URLSessionConfiguration.ephemeral
        configuration.httpCookieStorage = nil
        configuration.httpShouldSetCookies = false
        configuration.httpCookieAcceptPolicy = .never
        configuration.urlCredentialStorage = nil
        configuration.urlCache = nil
        configuration.requestCachePolicy = .reloadIgnoringLocalCacheData
        return configuration
    }

    /// What to do about a server's certificate, or whatever else it asks for.
    public typealias Challenge = @Sendable (URLAuthenticationChallenge) -> (URLSession.AuthChallengeDisposition, URLCredential?)

    /// A session.
    ///
    /// - Parameters:
    ///   - configuration: yours; begin with ``configuration``
    ///   - challenge: for pinned certificates; the system decides unless given
    public init(configuration: URLSessionConfiguration = CallSession.configuration, challenge: Challenge? = nil) {
        exchange = Exchange(challenge)
        session = URLSession(configuration: configuration, delegate: exchange, delegateQueue: nil)
    }

    deinit { session.finishTasksAndInvalidate() }

    func answer(to request: URLRequest, timeout: TimeInterval, maxBytes: Int) async -> Answer {
        if Task.isCancelled { return .notSent(CancellationError()) }
        if timeout == 0 { return .notSent(URLError(.timedOut)) }
        var request = request
        // Of the whole answer; this one is of its parts.
        request.timeoutInterval = min(max(timeout, 1), 1_000_000)
        let task = session.dataTask(with: request)
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                exchange.begin(task, maxBytes: maxBytes) { continuation.resume(returning: $0) }
                if timeout < 1_000_000 {
                    let exchange = exchange
                    DispatchQueue.global().asyncAfter(deadline: .now() + timeout) { [weak task] in
                        if let task { exchange.end(task, .lost(URLError(.timedOut))) }
                    }
                }
                if Task.isCancelled { exchange.end(task, .notSent(CancellationError())) } else { task.resume() }
            }
        } onCancel: {
            exchange.end(task, .lost(CancellationError()))
        }
    }
}

/// How an exchange can end.
enum Answer: Sendable {
    case answered(HTTPURLResponse, Data)
    /// No answer; what was asked may have happened.
    case lost(any Error)
    /// Nothing can have left.
    case notSent(any Error)
}

/// The answers that are under way, each under its task. Everything in it is behind the lock.
private final class Exchange: NSObject, URLSessionDataDelegate, @unchecked Sendable {
    private struct Open {
        let maxBytes: Int
        let done: @Sendable (Answer) -> Void
        var body = Data()
    }

    private let lock = NSLock()
    private var open: [Int: Open] = [:]
    private let challenge: CallSession.Challenge?

    init(_ challenge: CallSession.Challenge?) { self.challenge = challenge }

    func begin(_ task: URLSessionTask, maxBytes: Int, done: @escaping @Sendable (Answer) -> Void) {
        lock.withLock { open[task.taskIdentifier] = Open(maxBytes: maxBytes, done: done) }
    }

    /// The first end is the answer; later ones change nothing.
    func end(_ task: URLSessionTask, _ answer: Answer) {
        guard let ended = lock.withLock({ open.removeValue(forKey: task.taskIdentifier) }) else { return }
        task.cancel()
        ended.done(answer)
    }

    func urlSession(
        _ session: URLSession, task: URLSessionTask, willPerformHTTPRedirection response: HTTPURLResponse,
        newRequest request: URLRequest, completionHandler: @escaping @Sendable (URLRequest?) -> Void
    ) {
        // A redirect would carry the signature to another host.
        completionHandler(nil)
    }

    func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
        let full = lock.withLock { () -> Data? in
            let id = dataTask.taskIdentifier
            guard let maxBytes = open[id]?.maxBytes else { return nil }
            // One byte more than the limit is enough for the reader to refuse it.
            let room = (maxBytes == .max ? .max : maxBytes + 1) - (open[id]?.body.count ?? 0)
            open[id]?.body.append(data.prefix(room))
            return data.count >= room ? open[id]?.body : nil
        }
        if let full, let response = dataTask.response as? HTTPURLResponse { end(dataTask, .answered(response, full)) }
    }

    func urlSession(_ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?) {
        let body = lock.withLock { open[task.taskIdentifier]?.body ?? Data() }
        if let error {
            end(task, task.hasSentNothing(error) ? .notSent(error) : .lost(error))
        } else if let response = task.response as? HTTPURLResponse {
            end(task, .answered(response, body))
        } else {
            end(task, .lost(URLError(.badServerResponse)))
        }
    }

    func urlSession(
        _ session: URLSession, didReceive challenge: URLAuthenticationChallenge,
        completionHandler: @escaping @Sendable (URLSession.AuthChallengeDisposition, URLCredential?) -> Void
    ) {
        let (disposition, credential) = self.challenge?(challenge) ?? (.performDefaultHandling, nil)
        completionHandler(disposition, credential)
    }
}

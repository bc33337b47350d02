import Foundation
#if canImport(FoundationNetworking)
import FoundationNetworking
#endif
internal import EnrollKitCore

/// A request, and the reader of its answer. Any HTTP client can send it; `T` is what comes of it.
///
/// It carries credentials: send it once, soon, without following redirects. It doesn't serialise. Queue intents, not calls.
public struct Call<T: Sendable>: Sendable, Redacted {
    /// What the call does.
    public let operation: ServiceOperation
    /// The HTTP method.
    public let method: String
    /// The address. A relay's may be a path, which only a web page can send to.
    public let url: String
    /// The headers to set.
    public let headers: HeaderFields
    /// The body, exactly as it must be sent, in UTF-8; nil for a GET.
    public let body: String?

    private let reader: CoreReader
    private let shown: String
    private let outcome: @Sendable (Reading) throws -> T

    init(_ core: CoreCall, _ outcome: @escaping @Sendable (Reading) throws -> T) throws {
        guard let operation = ServiceOperation(rawValue: core.reader.operation) else { throw misfit() }
        self.operation = operation
        method = core.method
        url = core.url
        headers = HeaderFields(core.headers.map { ($0.name, $0.value) })
        body = core.body
        reader = core.reader
        shown = core.shown
        self.outcome = outcome
    }

    /// Reads the answer, of which at most `maxBytes` (and never more than 256 MiB).
    ///
    /// The headers tell how long to wait and how far the clocks differ. Throws ``EnrollKitError/api(_:)`` when the service said no
    /// and ``EnrollKitError/unreadable(_:)`` when the answer can't be read.
    public func read(
        status: Int, body: Data, headers: HeaderFields = [:], maxBytes: Int = maxResponseBytes
    ) throws -> T {
        guard (0...0xFFFF).contains(status) else {
            throw invalid(.outOfRange("status", expected: "an HTTP status"))
        }
        let limit = min(max(maxBytes, 0), maxCrossingBytes)
        let fields = try headers.crossing()
        let core = try attempt {
            // One byte more than the limit is enough to be refused.
            try coreRead(
                reader: reader, maxBytes: Int64(limit), status: Int32(status), headers: fields, body: body.prefix(limit + 1))
        }
        return try outcome(Reading(core))
    }

    /// As ``read(status:body:headers:maxBytes:)``, of a body that is text.
    public func read(
        status: Int, body: String, headers: HeaderFields = [:], maxBytes: Int = maxResponseBytes
    ) throws -> T {
        try read(status: status, body: Data(body.utf8), headers: headers, maxBytes: maxBytes)
    }

    /// As ``read(status:body:headers:maxBytes:)``, of what Foundation's session gives.
    public func read(_ response: HTTPURLResponse, body: Data, maxBytes: Int = maxResponseBytes) throws -> T {
        try read(status: response.statusCode, body: body, headers: HeaderFields(response), maxBytes: maxBytes)
    }

    /// The error of a call that got no answer: reset, timed out, cancelled. A change may have taken effect all the same, and
    /// ``NoResponse/outcomeUnknown`` says so.
    public func noResponse(cause: (any Error)? = nil) -> EnrollKitError { lost(notSent: false, cause) }

    /// The error of a call of which nothing can have left this machine: nothing has happened. Only where that is certain; ``send(_:session:headers:timeout:maxBytes:)`` says so
    /// itself.
    public func notSent(cause: (any Error)? = nil) -> EnrollKitError { lost(notSent: true, cause) }

    private func lost(notSent: Bool, _ cause: (any Error)?) -> EnrollKitError {
        guard let problem = try? coreNoResponse(operation: reader.operation, notSent: notSent),
            case .noResponse(let error) = EnrollKitError(problem)
        else { return misfit() }
        return .noResponse(
            NoResponse(
                operation: error.operation, notSent: error.notSent, outcomeUnknown: error.outcomeUnknown, cause: cause, json: error.json,
                text: error.text))
    }

    /// The request for a session of Foundation's, which must follow no redirect. An address without a host is refused.
    public func urlRequest() throws -> URLRequest {
        guard let address = URL(string: url), address.host != nil, address.absoluteString == url else {
            throw invalid(.badUrl("url", expected: "https://host.example"))
        }
        var request = URLRequest(url: address, cachePolicy: .reloadIgnoringLocalCacheData)
        request.httpMethod = method
        for (name, value) in headers { request.setValue(value, forHTTPHeaderField: name) }
        request.httpBody = body.map { Data($0.utf8) }
        request.httpShouldHandleCookies = false
        return request
    }

    /// Operation, method and address; of a raw call the host only.
    public var description: String { shown }
}

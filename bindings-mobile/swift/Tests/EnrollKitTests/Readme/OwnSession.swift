import EnrollKit
import Foundation
#if canImport(FoundationNetworking)
import FoundationNetworking // Linux
#endif

/// A redirect would carry the credentials to another host.
final class NoRedirects: NSObject, URLSessionTaskDelegate {
    func urlSession(
        _ session: URLSession, task: URLSessionTask, willPerformHTTPRedirection response: HTTPURLResponse,
        newRequest request: URLRequest, completionHandler: @escaping @Sendable (URLRequest?) -> Void
    ) { completionHandler(nil) }
}

let ownSession = URLSession(configuration: .ephemeral, delegate: NoRedirects(), delegateQueue: nil)

func lookUp(_ userId: String, with smile: SmileId) async throws -> EnrolledUser? {
    let call = try smile.enrolleeInfo(userId)
    let request = try call.urlRequest()
    let (body, response): (Data, URLResponse)
    do {
        (body, response) = try await ownSession.data(for: request)
    } catch {
        throw call.noResponse(cause: error) // of a change, it may have happened
    }
    guard let response = response as? HTTPURLResponse else { throw call.noResponse() }
    return try call.read(response, body: body).enrolledUser
}

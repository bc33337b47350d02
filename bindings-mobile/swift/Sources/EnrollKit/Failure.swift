import Foundation
#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

/// What comes before a connection is there: no such host, nobody listening, no network, a certificate that is not the service's, an
/// address that can't be asked. A timeout, a lost connection and the other side's "no" to a handshake can all come after the request.
private let beforeAnythingIsSent: Set<URLError.Code> = [
    .badURL, .unsupportedURL, .cannotFindHost, .dnsLookupFailed, .cannotConnectToHost, .notConnectedToInternet,
    .internationalRoamingOff, .callIsActive, .dataNotAllowed, .appTransportSecurityRequiresSecureConnection,
    .serverCertificateUntrusted, .serverCertificateHasBadDate, .serverCertificateHasUnknownRoot, .serverCertificateNotYetValid,
]

extension URLSessionTask {
    /// Whether this task, which ended with an error, can have sent nothing that the service could act on.
    ///
    /// The error alone does not say: a session may send a second time over a new connection when the one that it kept breaks, and
    /// tells of the second time only. What was sent of the body, it counts over both, if it has a delegate.
    func hasSentNothing(_ error: any Error) -> Bool {
        guard let body = originalRequest?.httpBody, !body.isEmpty, countOfBytesSent == 0 else { return false }
        #if canImport(FoundationNetworking)
        // Counted before it is sent, so that no word of the error's is needed: a proxy's "no" has none.
        return true
        #else
        return (error as? URLError).map { beforeAnythingIsSent.contains($0.code) } ?? false
        #endif
    }
}

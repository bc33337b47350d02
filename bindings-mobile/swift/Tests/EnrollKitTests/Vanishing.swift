import Foundation

#if canImport(Glibc)
import Glibc
private let stream = Int32(SOCK_STREAM.rawValue)
#else
import Darwin
private let stream = SOCK_STREAM
#endif

/// A server of one connection: it answers the first request, reads the second, and is gone without a word.
final class Vanishing: @unchecked Sendable {
    let url: String
    private let lock = NSLock()
    private var count = 0
    var requests: Int { lock.withLock { count } }

    init() throws {
        let listener = socket(AF_INET, stream, 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let bound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, size) == 0 && listen(listener, 16) == 0 && getsockname(listener, $0, &size) == 0
            }
        }
        guard bound else { throw POSIXError(.EADDRINUSE) }
        url = "http://127.0.0.1:\(UInt16(bigEndian: address.sin_port))"
        Thread.detachNewThread { [self] in
            let connection = accept(listener, nil, nil)
            for request in 1...2 {
                guard readRequest(connection) else { return }
                lock.withLock { count = request }
                if request == 1 {
                    let answer = Array("HTTP/1.1 200 OK\r\nContent-Length: 16\r\n\r\n{\"message\":\"ok\"}".utf8)
                    _ = answer.withUnsafeBytes { write(connection, $0.baseAddress, $0.count) }
                }
            }
            shutdown(listener, Int32(2))
            close(listener)
            close(connection)
        }
    }

    /// A whole request, whose body ends with a brace.
    private func readRequest(_ connection: Int32) -> Bool {
        var bytes = Data()
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while !(bytes.range(of: Data("\r\n\r\n".utf8)) != nil && bytes.last == UInt8(ascii: "}")) {
            let got = read(connection, &buffer, buffer.count)
            guard got > 0 else { return false }
            bytes.append(contentsOf: buffer[..<got])
        }
        return true
    }
}

import EnrollKit
import Foundation

#if canImport(Glibc)
import Glibc
private let stream = Int32(SOCK_STREAM.rawValue)
#else
import Darwin
private let stream = SOCK_STREAM
#endif

/// A back end for tests: one request for each connection, on the loopback.
final class TinyServer: Sendable {
    struct Request: Sendable {
        let method: String
        let path: String
        let headers: HeaderFields
        let body: Data
    }

    let url: String
    private let listener: Int32

    init(_ answer: @escaping @Sendable (Request) async -> RelayAnswer) throws {
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
        self.listener = listener
        url = "http://127.0.0.1:\(UInt16(bigEndian: address.sin_port))"
        Thread.detachNewThread {
            while true {
                let connection = accept(listener, nil, nil)
                guard connection >= 0 else { return }
                let request = TinyServer.request(connection)
                Task.detached {
                    if let request {
                        let answer = await answer(request)
                        let head = "HTTP/1.1 \(answer.status) X\r\nContent-Type: application/json\r\nContent-Length: \(answer.body.utf8.count)\r\nConnection: close\r\n\r\n"
                        let bytes = Array((head + answer.body).utf8)
                        var sent = 0
                        while sent < bytes.count {
                            let more = bytes[sent...].withUnsafeBytes { write(connection, $0.baseAddress, $0.count) }
                            guard more > 0 else { break }
                            sent += more
                        }
                    }
                    close(connection)
                }
            }
        }
    }

    func stop() {
        shutdown(listener, Int32(2))
        close(listener)
    }

    private static func request(_ connection: Int32) -> Request? {
        var bytes = Data()
        let end = Data("\r\n\r\n".utf8)
        while true {
            if let head = bytes.range(of: end) {
                let lines = String(decoding: bytes[..<head.lowerBound], as: UTF8.self).components(separatedBy: "\r\n")
                let headers = HeaderFields(
                    lines.dropFirst().map { line in
                        let colon = line.firstIndex(of: ":") ?? line.endIndex
                        return (String(line[..<colon]), line[colon...].dropFirst().trimmingCharacters(in: .whitespaces))
                    })
                let length = headers["content-length"].flatMap(Int.init) ?? 0
                if bytes.count - head.upperBound >= length {
                    let words = lines[0].split(separator: " ").map(String.init)
                    return Request(method: words.first ?? "", path: words.dropFirst().first ?? "", headers: headers, body: Data(bytes[head.upperBound...].prefix(length)))
                }
            }
            var buffer = [UInt8](repeating: 0, count: 65_536)
            let count = read(connection, &buffer, buffer.count)
            guard count > 0 else { return nil }
            bytes.append(contentsOf: buffer[..<count])
        }
    }
}

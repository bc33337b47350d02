import EnrollKit
import Foundation
import XCTest

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

/// Built in, public, worthless elsewhere.
let sandboxKey = "not-a-secret-sandbox-key-0000000000000001"
let productionKey = "not-a-secret-production-key-00000000000002"

/// A sandbox of a test's own: the program that `ENROLLKIT_SANDBOX` names. It ends with its standard input.
final class Sandbox: @unchecked Sendable {
    let url: String
    private let token: String
    private let process = Process()
    private let input = Pipe()
    private let secrets: URL

    init(_ flags: [String] = [], secrets: [(flag: String, value: String)] = []) throws {
        guard let program = ProcessInfo.processInfo.environment["ENROLLKIT_SANDBOX"] else {
            throw Failed("ENROLLKIT_SANDBOX must name the sandbox's program: `cargo xtask test swift` does")
        }
        self.secrets = FileManager.default.temporaryDirectory.appendingPathComponent("enrollkit-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: self.secrets, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        var flags = flags
        for (flag, value) in secrets {
            let file = self.secrets.appendingPathComponent(flag.filter { $0 != "-" })
            try value.write(to: file, atomically: true, encoding: .utf8)
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file.path)
            flags += [flag, file.path]
        }
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = ["--ready-json", "--stop-with-stdin"] + flags
        process.standardInput = input
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        var line = Data()
        while !line.contains(UInt8(ascii: "\n")) {
            let more = output.fileHandleForReading.availableData
            guard !more.isEmpty else { throw Failed("the sandbox ended") }
            line.append(more)
        }
        let ready = try JSONValue(parsing: String(decoding: line, as: UTF8.self).trimmingCharacters(in: .newlines))
        url = try XCTUnwrap(ready["url"]?.stringValue)
        token = try XCTUnwrap(ready["control_token"]?.stringValue)
    }

    func stop() {
        try? input.fileHandleForWriting.close()
        process.waitUntilExit()
        try? FileManager.default.removeItem(at: secrets)
    }

    /// A control request that must be understood; the answer.
    @discardableResult
    func control(_ method: String, _ path: String, _ order: JSONValue? = nil) async throws -> JSONValue {
        var request = URLRequest(url: try XCTUnwrap(URL(string: "\(url)/control\(path)")))
        request.httpMethod = method
        request.setValue("Bearer \(token)", forHTTPHeaderField: "Authorization")
        request.httpBody = order.map { Data($0.text.utf8) }
        let (body, response) = try await URLSession.shared.data(for: request)
        let text = String(decoding: body, as: UTF8.self)
        guard let status = (response as? HTTPURLResponse)?.statusCode, status / 100 == 2 else {
            throw Failed("\(method) \(path): \(text)")
        }
        return text.isEmpty ? .null : try JSONValue(parsing: text)
    }

    struct Failed: Error {
        let why: String
        init(_ why: String) { self.why = why }
    }
}

import EnrollKit
import Foundation
import XCTest

/// What `send` does beyond the scenarios.
final class SendTests: XCTestCase {
    private func smile(_ sandbox: Sandbox) throws -> SmileId {
        try SmileId(partnerId: "085", environment: .sandbox, operator: "o@bank.example", apiKey: sandboxKey, baseURL: sandbox.url)
    }

    /// What an unanswered call says: nothing was sent, it may have happened.
    private func said(_ work: () async throws -> Any) async -> [Bool]? {
        do {
            _ = try await work()
            return nil
        } catch EnrollKitError.noResponse(let error) {
            XCTAssertNotNil(error.cause)
            return [error.notSent, error.outcomeUnknown]
        } catch {
            XCTFail("\(error)")
            return nil
        }
    }

    private func smile(at url: String) throws -> SmileId {
        try SmileId(partnerId: "085", environment: .sandbox, operator: "o@bank.example", apiKey: "k", baseURL: url, allowHTTP: true)
    }

    private let notSent = [true, false], unknown = [false, true]

    func testNothingWasSent() async throws {
        // Compose's names have underscores.
        for url in ["http://127.0.0.1:9", "https://127.0.0.1:9", "http://no-such-host.invalid", "https://no-such-host.invalid", "http://id_gateway:8085"] {
            let end = await said { try await send(self.smile(at: url).deactivate("u"), timeout: 5) }
            XCTAssertEqual(end, notSent, url)
        }
        let none = await said { try await send(self.smile(at: "http://127.0.0.1:9").deactivate("u"), timeout: 0) }
        XCTAssertEqual(none, notSent)
        let smile = try smile(at: "http://127.0.0.1:9")
        let cancelled = Task {
            while !Task.isCancelled { await Task.yield() }
            return try await send(smile.deactivate("u")).status
        }
        cancelled.cancel()
        let end = await said { try await cancelled.value }
        XCTAssertEqual(end, notSent)
    }

    func testTheNoOfAProxy() async throws {
        let proxy = try TinyServer { _ in Relay.answer(Relay.refused(.smileIdDeactivate)) }
        defer { proxy.stop() }
        let configuration = CallSession.configuration
        let port = URL(string: proxy.url)?.port ?? 0
        configuration.connectionProxyDictionary = ["HTTPSEnable": 1, "HTTPSProxy": "127.0.0.1", "HTTPSPort": port]
        setenv("https_proxy", proxy.url, 1)  // Linux reads this one.
        defer { unsetenv("https_proxy") }
        let end = await said { try await send(self.smile(at: "https://portal.example").deactivate("u"), session: CallSession(configuration: configuration), timeout: 5) }
        XCTAssertEqual(end, notSent)
    }

    /// The server takes one answered call, reads a second over the same connection, and is gone: a session that tries again by itself
    /// is refused then.
    func testARefusalAfterTheRequestIsNoNotSent() async throws {
        let server = try Vanishing()
        let (smile, session) = (try smile(at: server.url), CallSession())
        let first = try await send(smile.deactivate("u"), session: session, timeout: 5)
        XCTAssertEqual(first.acknowledgement, .stated)
        let end = await said { try await send(smile.deactivate("u"), session: session, timeout: 5) }
        XCTAssertEqual(end, unknown)
        XCTAssertEqual(server.requests, 2)
    }

    func testWhatIsNeverSent() async throws {
        let relay = try SmileIdRelay("/api/smile")
        for work in [
            { _ = try await send(relay.deactivate("u")) },
            { _ = try await send(relay.deactivate("u"), timeout: .nan) },
            { _ = try await send(relay.deactivate("u"), timeout: -1) },
            { _ = try await send(relay.deactivate("u"), maxBytes: -1) },
        ] as [@Sendable () async throws -> Void] {
            do {
                try await work()
                XCTFail("sent")
            } catch EnrollKitError.invalidInput {}
        }
    }

    func testACancelledTaskIsNoAnswer() async throws {
        let sandbox = try Sandbox(["--user", "u"])
        defer { sandbox.stop() }
        try await sandbox.control("POST", "/faults", ["fault": "slow", "milliseconds": 20_000])
        let smile = try smile(sandbox)
        let task = Task { try await send(smile.deactivate("u")) }
        try await Task.sleep(nanoseconds: 200_000_000)
        task.cancel()
        do {
            _ = try await task.value
            XCTFail("answered")
        } catch EnrollKitError.noResponse(let error) {
            XCTAssertTrue(error.cause is CancellationError)
            XCTAssertEqual([error.notSent, error.outcomeUnknown], unknown)
        }
    }

    func testABodyLimitIsKept() async throws {
        let sandbox = try Sandbox(["--user", "u"])
        defer { sandbox.stop() }
        let smile = try smile(sandbox)
        do {
            _ = try await send(smile.enrolleeInfo("u"), maxBytes: 10)
            XCTFail("read")
        } catch EnrollKitError.unreadable(let error) {
            XCTAssertEqual(error.reason, .tooLarge)
        }
        let info = try await send(smile.enrolleeInfo("u"), timeout: .infinity, maxBytes: .max)
        XCTAssertNotNil(info.enrolledUser)
    }

    func testManyAtOnceOverOneSession() async throws {
        let sandbox = try Sandbox((0..<40).flatMap { ["--user", "u\($0)"] })
        defer { sandbox.stop() }
        let smile = try smile(sandbox)
        let session = CallSession()
        try await withThrowingTaskGroup(of: Acknowledgement.self) { group in
            for user in 0..<40 { group.addTask { try await send(smile.deactivate("u\(user)"), session: session).acknowledgement } }
            for try await acknowledgement in group { XCTAssertEqual(acknowledgement, .stated) }
        }
        let info = try await send(smile.enrolleeInfo("u7"), session: session)
        XCTAssertEqual(Intent.Action.smileIdDeactivate.confirmed(by: info), .inEffect)
        XCTAssertEqual(Intent.Action.smileIdReactivate.confirmed(by: info), .notInEffect)
        XCTAssertEqual(Intent.Action.smileIdReactivate.confirmed(by: CancellationError()), .unknown)
        XCTAssertEqual(Intent.Action.smileIdDeactivate.confirmed(by: try smile.enrolleeInfo("u").noResponse()), .unknown)
    }
}

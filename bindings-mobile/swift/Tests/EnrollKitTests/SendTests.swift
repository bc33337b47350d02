import EnrollKit
import Foundation
import XCTest

/// What `send` does beyond the scenarios.
final class SendTests: XCTestCase {
    private func smile(_ sandbox: Sandbox) throws -> SmileId {
        try SmileId(partnerId: "085", environment: .sandbox, operator: "o@bank.example", apiKey: sandboxKey, baseURL: sandbox.url)
    }

    func testNobodyListens() async throws {
        let smile = try SmileId(
            partnerId: "085", environment: .sandbox, operator: "o@bank.example", apiKey: "k", baseURL: "http://127.0.0.1:9")
        do {
            _ = try await send(smile.deactivate("u"), timeout: 5)
            XCTFail("sent")
        } catch EnrollKitError.noResponse(let error) {
            XCTAssertTrue(error.outcomeUnknown)
            XCTAssertNotNil(error.cause)
        }
    }

    func testWhatIsNeverSent() async throws {
        let relay = try SmileId.relay("/api/smile")
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

import EnrollKit
import Foundation
import XCTest

/// The README's code is that of `Readme/`, and it does what the README says.
final class ReadmeTests: XCTestCase {
    func testEveryBlockIsRun() throws {
        let package = root.appendingPathComponent("bindings-mobile/swift")
        let folder = package.appendingPathComponent("Tests/EnrollKitTests/Readme")
        var names: Set<String> = []
        for page in ["README.md", "IOS.md"] {
            let parts = try String(contentsOf: package.appendingPathComponent(page), encoding: .utf8).components(separatedBy: "```swift\n")
            for (before, part) in zip(parts, parts.dropFirst()) {
                let name = before.components(separatedBy: "<!-- test: ").last?.components(separatedBy: " -->\n").first ?? ""
                let block = part.components(separatedBy: "```")[0]
                guard before.hasSuffix("<!-- test: \(name) -->\n"), names.insert(name).inserted else {
                    XCTFail("\(page): a block that no test runs:\n\(block)")
                    continue
                }
                // A manifest is no code of a program.
                if name == "Manifest" { continue }
                XCTAssertEqual(block, try String(contentsOf: folder.appendingPathComponent("\(name).swift"), encoding: .utf8), "\(page), \(name)")
            }
        }
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).map { $0.replacingOccurrences(of: ".swift", with: "") }
        XCTAssertEqual(Set(files).subtracting(names), [])
    }

    func testTheAppItsRouteAndTheServer() async throws {
        let sandbox = try Sandbox(["--user", "user-42", "--user", "user-43"])
        defer { sandbox.stop() }
        let server = try makeClient(key: sandboxKey, baseURL: sandbox.url)
        let relay = try TinyServer { request in
            let email = request.headers["authorization"] == "Bearer known" ? "ops@bank.example" : nil
            return (try? await smileRoute(request.method, request.headers, request.body, by: email, with: server))
                ?? Relay.answer(Relay.refused(.smileIdDeactivate))
        }
        defer { relay.stop() }
        let smile = try SmileIdRelay("\(relay.url)/smile")
        let deactivated = try await UserScreen(smile: smile, session: "known").deactivate("user-42")
        XCTAssertEqual(deactivated, "Deactivated.")
        let refused = try await UserScreen(smile: smile, session: "unknown").deactivate("user-42")
        XCTAssertEqual(refused, "Refused: refusedByPolicy")
        let nobody = try await UserScreen(smile: SmileIdRelay("http://127.0.0.1:9/smile"), session: "known").deactivate("user-42")
        XCTAssertEqual(nobody, "No connection. Nothing was sent.")
        try await sandbox.control("POST", "/faults", ["fault": "drop_after"])
        let lost = try await UserScreen(smile: server, session: "").deactivate("user-42")
        XCTAssertEqual(lost, "No answer. It may have happened: look the user up.")
        for (method, type, origin, status) in [
            ("POST", "Application/JSON; charset=utf-8", "https://app.bank.example", 200), ("POST", "application/json", "https://other.example", 403),
            ("POST", "text/plain", "https://app.bank.example", 415), ("PUT", "application/json", "https://app.bank.example", 405),
        ] {
            let body = Data("{\"action\":\"smile_id.deactivate\",\"user_id\":\"user-42\"}".utf8)
            let answer = try await smileRoute(method, ["content-type": type, "ORIGIN": origin], body, by: "o@bank.example", with: server)
            XCTAssertEqual(answer.status, status, "\(method) \(type) \(origin)")
        }
        let user = try await lookUp("user-42", with: server)
        XCTAssertEqual(user?.inactive, true)

        try await sandbox.control("POST", "/faults", ["fault": "redirect"])
        do {
            _ = try await lookUp("user-42", with: server)
            XCTFail("followed")
        } catch EnrollKitError.api(let error) {
            XCTAssertEqual(error.kind, .redirected)
        }
        let followed = try await sandbox.control("GET", "/faults")["redirected_calls"]
        XCTAssertEqual(followed, 0)

        try await sandbox.control("POST", "/faults", ["fault": "drop_after"])
        let confirmed = try await deactivate("user-43", with: server)
        XCTAssertEqual(confirmed, .inEffect)
    }

    func testTheForm() async throws {
        let sandbox = try Sandbox(["--keep-bodies"])
        defer { sandbox.stop() }
        let server = try Unifyia(baseURL: sandbox.url)
        let relay = try TinyServer { request in
            do {
                return Relay.answer(try await send(signUpCall(request.body, with: server)))
            } catch {
                return Relay.answer(error as? EnrollKitError ?? Relay.refused(.unifyiaSignUp))
            }
        }
        defer { relay.stop() }
        let unifyia = try UnifyiaRelay("\(relay.url)/unifyia")
        var form = SignUpForm()
        form.email = "nobody"
        XCTAssertEqual(Set(form.hints.keys), ["name", "email"])
        let refused = try await form.submit(to: unifyia)
        XCTAssertTrue(refused.contains("email "))
        form.name = "jane"
        form.email = "jane@bank.example"
        XCTAssertEqual(form.hints, [:])
        let welcome = try await form.submit(to: unifyia)
        XCTAssertEqual(welcome, "Welcome!")
        let seen = try await sandbox.control("GET", "/sign_ups")["sign_ups"]?[0]
        XCTAssertTrue(seen?.text("body")?.contains("\"userStatus\":\"Active\"") == true)
    }

    func testTheWebhook() throws {
        let now = try makeClient(key: "k").sign()
        let headers = ["Response-Timestamp": [now.timestamp], "Response-Signature": [now.signature], "User-ID": ["user-42"]]
        var stored: [String: String] = [:]
        let body = Data("{}".utf8)
        for _ in 1...2 { XCTAssertEqual(try webhookRoute(headers, body, key: "k") { stored[$0.deliveryKey] = $0.userId }, 200) }
        XCTAssertEqual(Array(stored.values), ["user-42"])
        XCTAssertEqual(try webhookRoute(headers, body, key: "another") { _ in XCTFail("taken") }, 401)
    }

    func testTheQueueAndOtherCalls() async throws {
        let sandbox = try Sandbox(["--user", "user-42"])
        defer { sandbox.stop() }
        var queue: [String] = []
        enqueue(try .reactivate("user-42"), to: &queue)
        let done = try await work(&queue, with: makeClient(key: sandboxKey, baseURL: sandbox.url))
        XCTAssertEqual((outcomeOf(json: done) as? Acknowledged)?.acknowledgement, .stated)
        let page = try secondPage(of: "Acme Bank", with: Unifyia(baseURL: "https://id.bank.example"))
        XCTAssertEqual(page.url, "https://id.bank.example/organizations/Acme%20Bank/users?page=1&sort=name")
        XCTAssertEqual(try smileInCompose(key: "k").reEnroll("u").url.hasPrefix("http://sandbox:8085/"), true)
        let refused = violations { try makeClient(key: "k", baseURL: "http://sandbox:8085") }
        XCTAssertEqual(refused?.map(\.path), ["baseURL"])
        XCTAssertEqual(refused?.first?.message.contains("allowHTTP"), true)
    }

    func testErrorsAndDigits() throws {
        try errors()
        XCTAssertTrue(try digits())
    }
}

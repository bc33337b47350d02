import EnrollApp
import EnrollKit
import Foundation
import XCTest

/// The app against a back end as the README describes one, which talks to the sandbox.
final class AppTests: XCTestCase {
    private let filledIn = SignUpForm(fields: ["name": "jane", "organisationName": "Acme Bank", "email": "jane@bank.example"])

    func testAFormShowsWhatIsWrongWhileOneTypes() {
        var form = SignUpForm()
        XCTAssertEqual(Set(form.hints.map(\.field)), ["name", "organisationName"])
        form.fields = ["name": "jane", "organisationName": "Acme Bank", "email": "nobody", "userStatus": "Active"]
        XCTAssertEqual(Set(form.hints.map(\.field)), ["email", "userStatus"])
        XCTAssertTrue(filledIn.hints.isEmpty)
    }

    func testAnEnrollment() async throws {
        let sandbox = try Sandbox(["--user", "user-42", "--organization", "Acme Bank"])
        defer { sandbox.stop() }
        let backEnd = try BackEnd(sandbox.url)
        defer { backEnd.server.stop() }
        let app = try App(backEnd: backEnd.server.url, session: "jane")

        let wrong = await app.signUp(SignUpForm(fields: ["name": "jane"]))
        guard case .wrong(let fields) = wrong else { return XCTFail("\(wrong)") }
        XCTAssertEqual(fields.count, 1)
        await expect(.done("Welcome!")) { await app.signUp(self.filledIn) }
        await expect(.refused("Refused: refused_by_policy.")) {
            await app.signUp(SignUpForm(fields: ["name": "jane", "organisationName": "Another"]))
        }

        await expect(.done("The user may enroll again.")) { await app.reEnroll("user-42") }
        await expect(.refused("Refused: user_not_found.")) { await app.reEnroll("nobody") }
        await expect(.refused("Refused: refused_by_policy.")) { await app.deletePermanently("user-42") }
        let stranger = try App(backEnd: backEnd.server.url, session: "stranger")
        await expect(.refused("Refused: refused_by_policy.")) { await stranger.reEnroll("user-42") }

        // A page that is not the bank's, with the session of whoever looks at it.
        do {
            let headers: HeaderFields = ["Authorization": "Bearer jane", "Origin": "https://other.example"]
            _ = try await send(SmileIdRelay("\(backEnd.server.url)/smile").reEnroll("user-42"), headers: headers)
            XCTFail("taken")
        } catch EnrollKitError.api(let error) {
            XCTAssertEqual(error.status, 403)
        }

        // The answer is lost between the back end and the service.
        try await sandbox.control("POST", "/faults", ["fault": "drop_after"])
        let lost = await app.reEnroll("user-42")
        guard case .unclear = lost else { return XCTFail("\(lost)") }
        let nobody = try App(backEnd: "http://127.0.0.1:9", session: "jane")
        await expect(.refused("No connection. Nothing was sent.")) { await nobody.reEnroll("user-42") }
    }

    private func expect(_ expected: Shown, _ work: () async -> Shown) async {
        let shown = await work()
        XCTAssertEqual(shown, expected)
    }
}

/// The back end: session, policy, signature. The app has none of it.
struct BackEnd {
    let server: TinyServer

    init(_ service: String) throws {
        let smile = try SmileId(
            partnerId: "085", environment: .sandbox, operator: "ops@bank.example", apiKey: sandboxKey, baseURL: service)
        let unifyia = try Unifyia(baseURL: service)
        server = try TinyServer { request in
            let isKnown = request.headers["authorization"] == "Bearer jane"
            do {
                // Apps have no `Origin`.
                let refusal = try Relay.routeRefusal(
                    method: request.method, headers: request.headers, origins: ["https://app.bank.example"], allowNoOrigin: true)
                if let refusal { return refusal }
                let intent = try Intent(parsing: request.body, rules: SignUpRules(selfService: true))
                guard isKnown else { throw Relay.refused(intent) }
                switch (request.path, intent.action) {
                case ("/smile", .smileIdReEnroll): return Relay.answer(try await send(smile.call(intent)))
                case ("/unifyia", .unifyiaSignUp) where intent.user?["organisationName"] == "Acme Bank":
                    return Relay.answer(try await send(unifyia.call(intent.withUserFields(["userStatus": "Active"]))))
                default: throw Relay.refused(intent)
                }
            } catch {
                return Relay.answer(error as? EnrollKitError ?? Relay.refused(.smileIdReEnroll))
            }
        }
    }
}

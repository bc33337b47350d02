import EnrollKit
import Foundation
import XCTest

/// Secrets and personal data are in no description, mirror or error text.
final class SecretsTests: XCTestCase {
    private let key = "canary-key-7f3a", token = "canary-token-91bc", person = "canary-person-55de"

    private func assertHidden(_ value: Any, file: StaticString = #filePath, line: UInt = #line) {
        let text = shown(value)
        for canary in [key, token, person] { XCTAssertFalse(text.contains(canary), "\(type(of: value)): \(text)", file: file, line: line) }
    }

    func testClientsAndCalls() throws {
        let smile = try SmileId(partnerId: "085", environment: .sandbox, operator: "\(person)@bank.example", apiKey: key)
        let unifyia = try Unifyia(baseURL: "https://host.example", token: token)
        let call = try unifyia.raw(.init(method: .post, path: .steps(["users", person]), headers: ["x": person], body: ["p": .string(person)]))
        assertHidden(smile)
        assertHidden(unifyia)
        assertHidden(call)
        assertHidden(call.headers)
        assertHidden(try Verifier(partnerId: "085", keys: [key]))
        let pair = try smile.sign()
        for value in [pair, try smile.reEnroll("u"), try smile.reEnroll("u").headers] as [Any] {
            XCTAssertFalse(shown(value).contains(pair.signature))
        }
        assertHidden(try smile.reEnroll(person))
        assertHidden(SmileId.RawRequest(host: .api, method: .get, path: .plain(person), auth: .headers))
        assertHidden(Unifyia.RawRequest(method: .get, path: .plain(person), headers: ["x": token], query: ["user": "canary-person-55de"]))
        assertHidden(try unifyia.raw(.init(method: .get, path: "/users", query: ["user": "canary-person-55de"])))
    }

    func testIntentsUsersAndOutcomes() throws {
        let smile = try SmileId(partnerId: "085", environment: .sandbox, operator: "o@bank.example", apiKey: key)
        assertHidden(try Intent(["action": "smile_id.re_enroll", "user_id": .string(person)]))
        var user = plainUser
        user.email = person
        assertHidden(user)
        assertHidden(user.json)
        assertHidden([user.json, .object(["p": .string(person)])])
        let info = try smile.enrolleeInfo("u").read(
            status: 200, body: "{\"enrolled_user\":{},\"history\":[{\"FullName\":\"\(person)\",\"PartnerParams\":{\"user_id\":\"\(person)\"},\"id_check\":{\"name\":\"\(person)\"},\"FullData\":{\"n\":\"\(person)\"}}]}")
        XCTAssertTrue(info.jsonText().contains(person))
        assertHidden(info)
        info.history.forEach { assertHidden($0) }
        assertHidden(try Unifyia(baseURL: "https://host.example").signUp(plainUser).read(status: 200, body: "{\"id\":\"\(person)\"}"))
        assertHidden(Relay.answer(info, details: true))
        assertHidden(try smile.reEnroll("u").read(status: 200, body: "{\"message\":\"\(person)\"}"))
    }

    func testErrors() throws {
        let smile = try SmileId(partnerId: "085", environment: .sandbox, operator: "o@bank.example", apiKey: key)
        for (status, body) in [(400, "{\"code\":\"2302\",\"error\":\"\(person)\"}"), (500, person), (200, "{\"error\":\"\(person)\"}"), (200, "[[\(person)")] {
            do { _ = try smile.reEnroll("u").read(status: status, body: body) } catch {
                assertHidden(error)
                XCTAssertEqual("\(error)", error.localizedDescription)
                XCTAssertFalse(error.localizedDescription.contains(person))
                guard let error = error as? EnrollKitError else { return XCTFail("\(error)") }
                XCTAssertFalse(error.jsonText().contains(person))
                XCTAssertFalse(Relay.answer(error).body.contains(person))
                guard case .api(let one) = error, one.serviceMessage != nil else { continue }
                XCTAssertTrue(Relay.answer(error, details: true).body.contains(person))
            }
        }
        struct Cause: Error { let text: String }
        let lost = try smile.reEnroll("u").noResponse(cause: Cause(text: person))
        assertHidden(lost)
        guard case .noResponse(let error) = lost else { return XCTFail("\(lost)") }
        XCTAssertEqual((error.cause as? Cause)?.text, person)
        XCTAssertTrue(lost.outcomeUnknown)
        XCTAssertFalse(try smile.reEnroll("u").notSent(cause: Cause(text: person)).outcomeUnknown)
        assertHidden(try smile.reEnroll("u").notSent(cause: Cause(text: person)))
        XCTAssertFalse(try smile.enrolleeInfo("u").noResponse().outcomeUnknown)
        for work in [
            { try SmileId(partnerId: self.person, environment: .sandbox, operator: self.person, apiKey: "\(self.key) ") },
            { try Intent(["action": .string(self.person), "user_id": 5]) }, { try Unifyia(baseURL: self.person, token: "\(self.token)\n") },
            { try JSONValue(parsing: self.person) }, { try parseTime(self.person) },
        ] as [() throws -> Any] {
            XCTAssertThrowsError(try work()) { assertHidden($0) }
        }
    }

    func testErrorsComeBackFromTheirJSON() throws {
        let smile = try SmileId(partnerId: "085", environment: .sandbox, operator: "o@bank.example", apiKey: key)
        var errors: [EnrollKitError] = [
            try smile.reEnroll("u").noResponse(), try smile.reEnroll("u").notSent(), Relay.refused(.smileIdDeactivate),
        ]
        do { _ = try smile.reEnroll("") } catch let error as EnrollKitError { errors.append(error) }
        do { _ = try smile.reEnroll("u").read(status: 401, body: "{\"code\":\"2205\"}") } catch let error as EnrollKitError { errors.append(error) }
        do { _ = try smile.reEnroll("u").read(status: 200, body: "[", maxBytes: 0) } catch let error as EnrollKitError { errors.append(error) }
        do { _ = try Verifier(partnerId: "085", keys: [key]).callback(Data()) } catch let error as EnrollKitError { errors.append(error) }
        XCTAssertEqual(errors.map(\.code), [.noResponse, .noResponse, .apiError, .invalidInput, .apiError, .unreadable, .signatureRefused])
        for error in errors {
            let back = try XCTUnwrap(EnrollKitError(json: error.jsonText()))
            XCTAssertEqual(back.jsonText(), error.jsonText())
            // Which account was used is in no plain form.
            XCTAssertEqual(back.description, error.description.replacingOccurrences(of: "; in use: partner id 085 in sandbox", with: ""))
            XCTAssertNil(difference(Vectors.members(of: error), Vectors.members(of: back)))
        }
    }

    /// Every word of the core's closed sets is a case, and none is more.
    func testClosedSetsAreTheCores() throws {
        let file = root.appendingPathComponent("core/catalogue/slugs.json")
        let catalogue = try JSONValue(parsing: String(contentsOf: file, encoding: .utf8))["items"]?.arrayValue ?? []
        XCTAssertEqual(Set(catalogue.compactMap { $0.text("set") }), Set(closedSets.keys))
        for item in catalogue {
            XCTAssertEqual(item["slugs"]?.arrayValue?.compactMap(\.stringValue), closedSets[item.text("set") ?? ""], item.text("set") ?? "")
        }
        for operation in ServiceOperation.allCases {
            XCTAssertTrue(operation.rawValue.hasPrefix("\(operation.service.rawValue)."))
        }
        let violations = root.appendingPathComponent("core/catalogue/violations.json")
        XCTAssertTrue(try String(contentsOf: violations, encoding: .utf8).contains(Violation.Code.tooDeep.rawValue))
    }
}

import EnrollKit
import Foundation
import XCTest

/// No digit is lost on any way through Swift, and what came of a change can always be written.
final class ExactTests: XCTestCase {
    private let digits = "{\"id\":9007199254740993,\"x\":1E400,\"y\":-0,\"z\":1.10,\"n\":123456789012345678901234567890}"

    private func user() throws -> JSONValue {
        guard case .object(var user) = plainUser.json else { return .null }
        user["userAttribute"] = try JSONValue(parsing: digits)
        return .object(user)
    }

    func testAnIntentIsTheSameTextThereAndBack() throws {
        let text = "{\"action\":\"unifyia.sign_up\",\"user\":\(try user().text),\"organization\":\"o\"}"
        XCTAssertTrue(text.contains(digits))
        let intent = try Intent(parsing: text)
        XCTAssertEqual(intent.jsonText(), text)
        XCTAssertEqual(try Intent(JSONValue(parsing: text)).jsonText(), text)
        XCTAssertEqual(intent.user?.text, try user().text)
        XCTAssertEqual(try UnifyiaRelay("/relay").call(intent).body, text)
        XCTAssertEqual(try Unifyia(baseURL: "https://host.example").signUp(user()).body?.contains(digits), true)
    }

    func testEveryOutcomeCanBeWritten() throws {
        let unifyia = try Unifyia(baseURL: "https://host.example")
        let signedUp = try unifyia.signUp(plainUser).read(status: 200, body: digits)
        XCTAssertEqual(signedUp.json?.text, digits)
        XCTAssertTrue(signedUp.jsonText().contains(digits))
        XCTAssertEqual(try JSONValue(parsing: signedUp.jsonText()).text, signedUp.jsonText())
        XCTAssertTrue(Relay.answer(signedUp, details: true).body.contains("\"id\":\"9007199254740993\""))
        let raw = try unifyia.raw(.init(method: .get, path: "/x")).read(status: 200, body: digits)
        XCTAssertTrue(raw.jsonText().contains(digits))
        let smile = try SmileId(partnerId: "085", environment: .sandbox, operator: "o@bank.example", apiKey: "k")
        let info = try smile.enrolleeInfo("u").read(status: 200, body: "{\"enrolled_user\":{},\"history\":[{\"id_check\":{\"full_data\":\(digits)}}]}")
        XCTAssertEqual(info.history.first?.idCheck?.fullData?.text, digits)
        XCTAssertTrue(info.jsonText().contains(digits))
        let outcomes: [any Outcome] = [
            signedUp, raw, info, try smile.deactivate("u").read(status: 200, body: "{}"), try unifyia.branding("o").read(status: 200, body: "{\"logo\":\"x\"}"),
        ]
        for outcome in outcomes {
            let back = try XCTUnwrap(outcomeOf(json: outcome.jsonText()))
            XCTAssertEqual(back.jsonText(), outcome.jsonText())
            XCTAssertNil(difference(members(of: outcome), members(of: back)))
        }
        XCTAssertNil(outcomeOf(json: "{}"))
        XCTAssertNil(outcomeOf(json: "{\"operation\":\"unifyia.raw\",\"status\":-1,\"json\":null}"))
        XCTAssertNil(outcomeOf(json: "["))
    }
}

import EnrollKit
import Foundation
import XCTest

/// Every scenario of `tests/scenarios`: real HTTP with `send`, each against a sandbox of its own.
final class ScenariosTests: XCTestCase {
    func testEveryScenarioHolds() async throws {
        // The slow ones mostly wait.
        try await withThrowingTaskGroup(of: (String, String?).self) { group in
            for (name, scenario) in try files("scenarios") {
                group.addTask { (name, try await Scenario(scenario).play()) }
            }
            for try await (name, different) in group {
                if let different { XCTFail("\(name): \(different)") } else { print("scenario \(name) holds") }
            }
        }
    }

    func testAWrongExpectationIsFound() async throws {
        func scenario(_ step: String) throws -> Scenario {
            Scenario(
                try JSONValue(
                    parsing: """
                        {"sandbox":{"users":["u"]},"clients":{"ops":{"service":"smile_id","api_key":"$sandbox_key",
                        "options":{"partner_id":"085","environment":"sandbox","operator":"o@bank.example","base_url":"$sandbox"}}},
                        "steps":[{"client":"ops","intent":{"action":"smile_id.deactivate","user_id":"u"},\(step)}]}
                        """))
        }
        let right = try await scenario("\"expect\":{\"outcome\":{\"acknowledgement\":\"stated\"}}").play()
        XCTAssertNil(right)
        for wrong in [
            "\"expect\":{\"outcome\":{\"acknowledgement\":\"unstated\"}}",
            "\"expect\":{\"error\":{\"code\":\"api_error\"}}",
            "\"expect\":{\"violations\":[{\"code\":\"required\"}]}",
            "\"expect\":{\"outcome\":{},\"raw_contains\":\"not there\"}",
            "\"expect\":{\"outcome\":{},\"clock_skew_seconds\":{\"from\":0,\"to\":9}}",
            "\"expect\":{\"outcome\":{}},\"requests_at_sandbox\":{\"user_id\":\"u\",\"total\":2,\"processed\":1}",
            "\"expect\":{\"outcome\":{}},\"redirected_calls\":1",
            "\"expect\":{\"outcome\":{}},\"sign_ups_at_sandbox\":[{\"name\":\"u\"}]",
        ] {
            let different = try await scenario(wrong).play()
            XCTAssertNotNil(different, wrong)
        }
    }
}

struct Scenario: Sendable {
    private let json: JSONValue

    init(_ json: JSONValue) { self.json = json }

    /// One run: where and what differs first, or nothing.
    func play() async throws -> String? {
        let settings = json["sandbox"] ?? [:]
        let texts = { (key: String) in (settings[key]?.arrayValue ?? []).compactMap(\.stringValue) }
        var flags = ["--keep-bodies"] + texts("users").flatMap { ["--user", $0] } + texts("organizations").flatMap { ["--organization", $0] }
        if let header = settings.text("unifyia_auth_header") { flags += ["--unifyia-auth-header", header] }
        if settings.flag("unifyia_wrapped") { flags.append("--unifyia-wrapped") }
        let secrets = settings.text("unifyia_token").map { [(flag: "--unifyia-token-file", value: $0)] } ?? []
        let sandbox = try Sandbox(flags, secrets: secrets)
        defer { sandbox.stop() }
        for (place, step) in (json["steps"]?.arrayValue ?? []).enumerated() {
            var different = try await take(step, sandbox)
            if different == nil { different = try await after(step, sandbox) }
            if let different { return "step \(place) (\(step.text("comment") ?? "")) \(different)" }
        }
        return nil
    }

    /// What a step does, and what must come of it.
    private func take(_ step: JSONValue, _ sandbox: Sandbox) async throws -> String? {
        if let fault = step["fault"] { try await sandbox.control("POST", "/faults", fault) }
        if let offset = step["clock_offset_seconds"] { try await sandbox.control("POST", "/clock", ["offset_seconds": offset]) }
        var actual: JSONValue
        if let job = step["job"] {
            actual = ["job": try await sandbox.control("POST", "/jobs", job)]
        } else {
            actual = try await act(step, sandbox)
        }
        var expect = step["expect"]?.objectValue ?? [:]
        if let part = expect["raw_contains"]?.stringValue, actual.text("raw")?.contains(part) != true {
            return "/raw: \(part) is not in \(actual.text("raw") ?? "nothing")"
        }
        if let range = expect["clock_skew_seconds"] {
            let skew = actual["error"]?.int("clock_skew_seconds")
            guard let skew, let from = range.int("from"), let to = range.int("to"), (from...to).contains(skew) else {
                return "/error/clock_skew_seconds: \(skew.map(String.init) ?? "none")"
            }
        }
        expect["raw_contains"] = nil
        expect["clock_skew_seconds"] = nil
        return difference(.object(expect), actual)
    }

    /// What the sandbox saw.
    private func after(_ step: JSONValue, _ sandbox: Sandbox) async throws -> String? {
        var different: [String?] = []
        if let expected = step["requests_at_sandbox"] {
            let all = try await sandbox.control("GET", "/requests")["requests"]?.arrayValue ?? []
            let mine = all.filter { $0.text("user_id") == expected.text("user_id") }
            let seen: JSONValue = [
                "user_id": expected["user_id"] ?? .null, "total": number(mine.count),
                "processed": number(mine.filter { $0.flag("processed") }.count),
            ]
            different.append(difference(expected, seen))
        }
        if let expected = step["redirected_calls"] {
            different.append(difference(expected, try await sandbox.control("GET", "/faults")["redirected_calls"]))
        }
        if let expected = step["sign_ups_at_sandbox"] {
            different.append(difference(expected, try await sandbox.control("GET", "/sign_ups")["sign_ups"]))
        }
        return different.compactMap { $0 }.first.map { "at the sandbox: \($0)" }
    }

    /// Makes the client, then the call, and sends it: each may be refused.
    private func act(_ step: JSONValue, _ sandbox: Sandbox) async throws -> JSONValue {
        let timeout = step["timeout_milliseconds"]?.numberValue?.double.map { $0 / 1000 } ?? 30
        do {
            if let raw = step["raw"] {
                return try await sent(try smile(step.text("client"), sandbox).raw(json: raw.text), timeout)
            }
            let text = step.text("intent_json") ?? step["intent"]?.text ?? ""
            let client = json["clients"]?[step.text("client") ?? ""] ?? .null
            let isUnifyia = client.text("service") == "unifyia"
            let extraKeys = client["options"]?.flag("allow_extra_keys") ?? false
            let rules = SignUpRules(selfService: step.flag("self_service"), allowExtraKeys: extraKeys)
            let call: Call<any IntentOutcome>
            if isUnifyia {
                let unifyia = try Unifyia(optionsJSON: options(client, sandbox), token: client.text("token"))
                call = try unifyia.call(Intent(parsing: text, rules: rules))
            } else {
                let smile = try smile(step.text("client"), sandbox)
                call = try smile.call(Intent(parsing: text, rules: rules))
            }
            return try await sent(call, timeout)
        } catch EnrollKitError.invalidInput(let invalid) {
            return ["violations": JSONValue(invalid.violations)]
        }
    }

    private func sent<T>(_ call: Call<T>, _ timeout: TimeInterval) async throws -> JSONValue {
        let seen: JSONValue
        let result: Any
        do {
            let outcome = try await send(call, timeout: timeout)
            result = outcome
            seen = (outcome as? any Outcome).map { Vectors.shown(.success($0)) } ?? .null
        } catch EnrollKitError.invalidInput(let invalid) {
            return ["violations": JSONValue(invalid.violations)]
        } catch let error as EnrollKitError {
            result = error
            seen = Vectors.shown(.failure(error))
        }
        // Of every step: what came back, in any form, repeats nothing that the call was authorized with.
        let body = call.body.flatMap { try? JSONValue(parsing: $0) }
        let bearers = call.headers.compactMap { $0.value.hasPrefix("Bearer ") ? String($0.value.dropFirst(7)) : nil }
        let secrets = ([body?.text("signature"), call.headers["smileid-request-signature"]] + bearers).compactMap { $0 }
        let all = "\(shown(result))\(seen.text)"
        for secret in secrets { XCTAssertFalse(all.contains(secret), "an answer shows what its call was signed with") }
        for secret in secrets { XCTAssertFalse(shown(call).contains(secret), "a call shows what it was signed with") }
        return seen
    }

    private func options(_ client: JSONValue, _ sandbox: Sandbox) -> String { filled(client["options"]?.text ?? "", sandbox) }

    private func filled(_ text: String, _ sandbox: Sandbox) -> String {
        text.replacingOccurrences(of: "$sandbox_key", with: sandboxKey)
            .replacingOccurrences(of: "$production_key", with: productionKey)
            .replacingOccurrences(of: "$sandbox", with: sandbox.url)
    }

    private func smile(_ name: String?, _ sandbox: Sandbox) throws -> SmileId {
        let client = json["clients"]?[name ?? ""] ?? .null
        let options = options(client, sandbox)
        guard let source = client.text("pair_from") else {
            return try SmileId(optionsJSON: options, apiKey: filled(client.text("api_key") ?? "", sandbox))
        }
        let signedAt = Date(timeIntervalSinceNow: client["signed_offset_seconds"]?.numberValue?.double ?? 0)
        let pair = try smile(source, sandbox).sign(at: signedAt)
        return try SmileId(optionsJSON: options, pairJSON: pair.jsonText(), receivedAt: signedAt)
    }
}

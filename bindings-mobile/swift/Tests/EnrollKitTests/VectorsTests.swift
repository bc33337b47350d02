import EnrollKit
import Foundation
import XCTest

/// Every case of `tests/vectors`, through the public API.
final class VectorsTests: XCTestCase {
    func testEveryVectorHolds() throws {
        var counts: [String: Int] = [:]
        for (name, file) in try files("vectors") {
            let kind = file.text("kind") ?? ""
            for one in file["cases"]?.arrayValue ?? [] {
                let id = one.text("id") ?? ""
                guard Vectors.skipped[id] == nil else { continue }
                counts[kind, default: 0] += 1
                do {
                    let actual = try Vectors.run(kind, one["input"] ?? .null)
                    if let different = difference(Vectors.spelled(kind, one), actual) { XCTFail("\(name), \(id): \(different)") }
                } catch {
                    XCTFail("\(name), \(id): \(error)")
                }
            }
        }
        for (kind, count) in counts.sorted(by: { $0.key < $1.key }) { print("vectors, \(kind): \(count)") }
        for (id, reason) in Vectors.skipped.sorted(by: { $0.key < $1.key }) { print("vectors, skipped \(id): \(reason)") }
        XCTAssertEqual(counts.count, 12)
        XCTAssertGreaterThan(counts.values.reduce(0, +), 690)
    }

    func testWhatIsSkippedExists() throws {
        let ids = try files("vectors").flatMap { ($0.json["cases"]?.arrayValue ?? []).compactMap { $0.text("id") } }
        XCTAssertEqual(Vectors.skipped.keys.filter { !ids.contains($0) }, [])
    }

    func testAWrongExpectationIsFound() throws {
        let input: JSONValue = ["key": "k", "timestamp": "t", "partner_id": "p"]
        XCTAssertNotNil(difference(["signature": "not this"], try Vectors.run("signature", input)))
        let wrong: [(String, String)] = [
            ("9007199254740993", "9007199254740992"), ("1", "\"1\""), ("[1]", "[1,2]"), ("{\"a\":1}", "{}"), ("{\"a\":null}", "{\"a\":0}"),
            ("{}", "[]"), ("1.10", "1.1"), ("true", "1"),
        ]
        for (expected, actual) in wrong {
            XCTAssertNotNil(difference(try JSONValue(parsing: expected), try JSONValue(parsing: actual)), expected)
        }
    }
}

enum Vectors {
    /// What the public API can't be brought to do, each with its reason. Nothing else may be left out.
    static let skipped = [
        "read-skew-nothing-signed": "every direct call of SmileId is signed at some time",
        "read-mask-spares-short": "no call of SmileId carries so short a secret",
        "relayed-raw-never": "a relay's client has no raw call whose answer could be read",
        "read-code-2205-text": "every direct call of SmileId names its account",
        "read-code-2405-text": "every direct call of SmileId names its account",
        "route-rules-no-array": "origins are an array by their type",
    ]

    private static let key = "not-a-real-key"
    private static let host = "https://host.example"
    private static let time = "2026-11-22T10:00:00.000Z"

    private static let names = [
        "partner_id": "partnerId", "base_url": "baseURL", "allow_http": "allowHTTP", "auth_header": "authHeader", "keys": "keys",
        "max_age_seconds": "maxAge", "max_ahead_seconds": "maxAhead", "api_key": "apiKey",
    ]

    /// The expectation, with parameters under the names that they have in Swift. Options as JSON text keep the wire's.
    static func spelled(_ kind: String, _ one: JSONValue) -> JSONValue {
        // Milliseconds are signed as the time that it is.
        let signed = one["input"]?["millis"] != nil
        let names = signed ? ["timestamp": "now"] : names
        guard ["value", "verify"].contains(kind) || signed, case .object(var expect) = one["expect"] ?? .null,
            let violations = expect["violations"]?.arrayValue
        else { return one["expect"] ?? .null }
        expect["violations"] = .array(
            violations.map {
                guard case .object(var violation) = $0 else { return $0 }
                for key in ["path", "expected"] { violation[key] = violation[key]?.stringValue.map { .string(names[$0] ?? $0) } }
                return .object(violation)
            })
        return .object(expect)
    }

    /// The result of a case, in the vectors' words.
    static func run(_ kind: String, _ input: JSONValue) throws -> JSONValue {
        switch kind {
        case "signature": try signature(input)
        case "timestamp": try orRefused { try timestamp(input) }
        case "value": try orRefused { ["text": .string(try kept(input))] }
        case "json": try orRefused { ["text": .string(try JSONValue(parsing: input.text("text") ?? "").text)] }
        case "intent": try orRefused { try intent(input) }
        case "call": try orRefused { try call(input) }
        case "read": shown(try answer(input))
        case "relay": try relay(input)
        case "verify": try orRefused { try verify(input) }
        case "check": try check(input)
        case "no_response": shown(.failure(try sent(input).lost(input.flag("not_sent"))))
        case "route": try orRefused { try route(input) }
        default: throw Unknown(kind: kind)
        }
    }

    struct Unknown: Error { let kind: String }

    private static func orRefused(_ work: () throws -> JSONValue) throws -> JSONValue {
        do {
            return try work()
        } catch EnrollKitError.invalidInput(let invalid) {
            return ["violations": JSONValue(invalid.violations)]
        }
    }

    private static func smile(
        partnerId: String = "085", operator email: String? = "ops@bank.example", apiKey: String = key, baseURL: String? = nil,
        allowHTTP: Bool = false
    ) throws -> SmileId {
        try SmileId(
            partnerId: partnerId, environment: .sandbox, operator: email, apiKey: apiKey, baseURL: baseURL, allowHTTP: allowHTTP)
    }

    private static func signature(_ input: JSONValue) throws -> JSONValue {
        let (key, time, partner) = (input.text("key") ?? "", input.text("timestamp") ?? "", input.text("partner_id") ?? "")
        return [
            "string_to_sign": .string("\(time)\(partner)sid_request"),
            "signature": .string(try EnrollKit.signature(apiKey: key, timestamp: time, partnerId: partner)),
        ]
    }

    private static func timestamp(_ input: JSONValue) throws -> JSONValue {
        let date =
            if let text = input.text("text") {
                try parseTime(text)
            } else {
                Date(timeIntervalSince1970: (input["millis"]?.numberValue?.double ?? .nan) / 1000)
            }
        let signed = try smile().sign(at: date).timestamp
        let millis = (try parseTime(signed).timeIntervalSince1970 * 1000).rounded()
        return ["text": .string(signed), "millis": .number(JSONValue.Number(Int64(millis)))]
    }

    private static func kept(_ input: JSONValue) throws -> String {
        let text = input.text("text") ?? ""
        let deactivated = { (smile: SmileId, user: String) throws in try JSONValue(parsing: try smile.deactivate(user).body ?? "") }
        let base = { (url: String) in String(url.dropLast("/api/v2/partner/enrollee".count)) }
        switch input.text("type") ?? "" {
        case "partner_id": return try smile(partnerId: text).sign().partnerId
        case "user_id": return try deactivated(smile(), text).text("user_id") ?? ""
        case "operator": return try deactivated(smile(operator: text), "u").text("email") ?? ""
        case "organization":
            _ = try Unifyia(baseURL: host).branding(text)
            return try Intent(["action": "unifyia.branding", "organization": .string(text)]).organization ?? ""
        case "base_url": return base(try smile(baseURL: text).reEnroll("u").url)
        case "base_url_allowing_http": return base(try smile(baseURL: text, allowHTTP: true).reEnroll("u").url)
        case "relay_url": return try SmileIdRelay(text).reEnroll("u").url
        case "path": return String(try Unifyia(baseURL: host).raw(.init(method: .get, path: .plain(text))).url.dropFirst(host.count))
        // Secrets are taken or refused; there is no way to read them back.
        case "api_key":
            _ = try smile(apiKey: text)
            return text
        case "token":
            _ = try Unifyia(baseURL: host, token: text)
            return text
        case "auth_header":
            _ = try Unifyia(baseURL: host, authHeader: text)
            return text
        case let type: throw Unknown(kind: type)
        }
    }

    private static func rules(_ input: JSONValue) -> SignUpRules {
        SignUpRules(selfService: input.flag("self_service"), allowExtraKeys: input.flag("allow_extra_keys"))
    }

    private static func intent(_ input: JSONValue) throws -> JSONValue {
        let read = try Intent(parsing: input.text("intent_json") ?? "", rules: rules(input))
        let parsed = try input.text("user_fields_json").map { try read.withUserFields(json: $0) } ?? read
        let call =
            if parsed.action.rawValue.hasPrefix("unifyia.") {
                try UnifyiaRelay("/relay").call(parsed)
            } else {
                try SmileIdRelay("/relay").call(parsed)
            }
        XCTAssertEqual(call.body, parsed.jsonText())
        return [
            "action": .string(parsed.action.rawValue), "mutation": .bool(call.noResponse().outcomeUnknown),
            "intent_json": string(call.body),
        ]
    }

    /// What is wrong with a user, which every function that takes one must say.
    private static func check(_ input: JSONValue) throws -> JSONValue {
        let (text, organization, rules) = (input.text("user_json") ?? "", input.text("organization"), rules(input))
        let expected = checkUser(json: text, rules: rules, organization: organization)
        let value = try? JSONValue(parsing: text)
        if let value { XCTAssertEqual(checkUser(value, rules: rules, organization: organization), expected) }
        var clients: [any UnifyiaActions] = [try Unifyia(baseURL: host, allowExtraKeys: rules.allowExtraKeys)]
        // What is sent is never a self-service form any more, and a relay lets no further keys through.
        if rules.selfService { clients = [] }
        if rules == SignUpRules() { clients.append(try UnifyiaRelay("/relay")) }
        for client in clients {
            XCTAssertEqual(violations { try client.signUp(json: text, organization: organization) } ?? [], expected)
            if let value { XCTAssertEqual(violations { try client.signUp(value, organization: organization) } ?? [], expected) }
        }
        return ["violations": JSONValue(expected)]
    }

    private static func call(_ input: JSONValue) throws -> JSONValue {
        if input.text("service") == "unifyia" {
            let intent = { try Intent(parsing: input.text("intent_json") ?? "", rules: rules(input)) }
            if let relay = input.text("relay") { return request(try UnifyiaRelay(relay).call(intent())) }
            let client = try Unifyia(optionsJSON: input.text("options_json") ?? "", token: input.text("token"))
            guard let raw = input["raw"] else { return request(try client.call(intent())) }
            if let body = raw.text("body_json"), try JSONValue(parsing: body).objectValue == nil {
                return request(try client.raw(json: rawText(raw)))
            }
            let headers = HeaderFields((raw["headers"]?.arrayValue ?? []).map { ($0[0]?.stringValue ?? "", $0[1]?.stringValue ?? "") })
            return request(
                try client.raw(.init(method: method(raw), path: path(raw), headers: headers, body: rawBody(raw), query: query(raw))))
        }
        let intent = { try Intent(parsing: input.text("intent_json") ?? "", rules: rules(input)) }
        let now = try parseTime(input.text("now") ?? time)
        if let relay = input.text("relay") { return request(try SmileIdRelay(relay).call(intent(), at: now)) }
        let options = input.text("options_json") ?? ""
        let client: SmileId
        if let pair = input.text("pair_json") {
            client = try SmileId(optionsJSON: options, pairJSON: pair, receivedAt: input.text("received_at").map { try parseTime($0) })
        } else {
            client = try SmileId(optionsJSON: options, apiKey: input.text("api_key") ?? "")
        }
        guard let raw = input["raw"] else { return request(try client.call(intent(), at: now)) }
        guard let host = raw.text("host").flatMap(SmileId.RawHost.init), let auth = raw.text("auth").flatMap(SmileId.RawAuth.init) else {
            return request(try client.raw(json: rawText(raw), at: now))
        }
        let asked = SmileId.RawRequest(host: host, method: method(raw), path: path(raw), auth: auth, body: try rawBody(raw), query: query(raw))
        return request(try client.raw(asked, at: now))
    }

    private static func method(_ raw: JSONValue) -> RawMethod { raw.text("method").flatMap(RawMethod.init) ?? .get }

    private static func path(_ raw: JSONValue) -> RawPath {
        raw.text("path").map(RawPath.plain) ?? .steps((raw["path_steps"]?.arrayValue ?? []).compactMap(\.stringValue))
    }

    /// Pairs of names and values, of which a name may come again.
    private static func query(_ raw: JSONValue) -> RawQuery {
        RawQuery((raw["query"]?.arrayValue ?? []).map { (name: $0[0]?.stringValue ?? "", values: [$0[1]?.stringValue ?? ""]) })
    }

    private static func rawBody(_ raw: JSONValue) throws -> JSONValue.Object? {
        try raw.text("body_json").flatMap { try JSONValue(parsing: $0).objectValue }
    }

    private static func rawText(_ raw: JSONValue) -> String {
        var out = JSONValue.Object()
        for (key, value) in raw.objectValue ?? [:] where !["path_steps", "body_json"].contains(key) { out[key] = value }
        out["path"] = raw["path"] ?? raw["path_steps"]
        out["body"] = raw.text("body_json").flatMap { try? JSONValue(parsing: $0) }
        return JSONValue.object(out).text
    }

    private static func request<T>(_ call: Call<T>) -> JSONValue {
        let body = call.body.flatMap { try? JSONValue(parsing: $0) }
        return [
            "operation": .string(call.operation.rawValue), "method": .string(call.method), "url": .string(call.url),
            "headers": .array(call.headers.map { .array([.string($0.name), .string($0.value)]) }), "body": .string(call.body ?? ""),
            "signed_at": string(call.headers["smileid-timestamp"] ?? body?.text("timestamp")),
        ]
    }

    /// A call of the operation: signed at that time, and with that secret, where a case names them.
    private static func sent(_ input: JSONValue) throws -> Sent {
        let slug = input.text("operation") ?? ""
        guard let operation = ServiceOperation(rawValue: slug) else { throw Unknown(kind: slug) }
        let (isRelayed, secret) = (input.flag("relayed"), input["secrets"]?[0]?.stringValue)
        switch operation.service {
        case .unifyia:
            let direct = try Unifyia(baseURL: host, token: secret)
            let client: any UnifyiaActions = isRelayed ? try UnifyiaRelay("/relay") : direct
            return try EnrollKitTests.sent(operation, with: client) ?? Sent(direct.raw(.init(method: .get, path: "/x")))
        case .smileId:
            let at = input.text("signed_at") ?? time
            let date = try parseTime(at)
            let direct = try secret.map { try smile(signature: $0, at: at) } ?? smile()
            let client: any SmileIdActions = isRelayed ? try SmileIdRelay("/relay") : direct
            return try EnrollKitTests.sent(operation, with: client, at: date)
                ?? Sent(direct.raw(.init(host: .api, method: .get, path: "/x", auth: .headers), at: date))
        }
    }

    /// A client with a pair whose signature is the given one.
    private static func smile(signature: String, at time: String) throws -> SmileId {
        let pair: JSONValue = [
            "partner_id": "085", "environment": "sandbox", "timestamp": .string(time), "signature": .string(signature), "expires_in": 300,
        ]
        let decoded = try JSONDecoder().decode(SignedPair.self, from: Data(pair.text.utf8))
        return try SmileId(
            partnerId: "085", environment: .sandbox, operator: "ops@bank.example", pair: decoded, receivedAt: parseTime(time))
    }

    static func body(_ input: JSONValue) -> Data {
        input.text("body_base64").flatMap { Data(base64Encoded: $0) } ?? Data((input.text("body") ?? "").utf8)
    }

    private static func answer(_ input: JSONValue) throws -> Result<any Outcome, EnrollKitError> {
        let read = try sent(input).read
        do {
            let limit = input.int("max_response_bytes") ?? maxResponseBytes
            return .success(try read(input.int("status") ?? -1, body(input), input["headers"]?.headers ?? [:], limit))
        } catch let error as EnrollKitError {
            return .failure(error)
        }
    }

    /// An outcome or an error, in the vectors' words. The typed members are compared, too.
    static func shown(_ result: Result<any Outcome, EnrollKitError>) -> JSONValue {
        switch result {
        case .success(let outcome):
            let raw = String(decoding: outcome.raw, as: UTF8.self)
            let plain = try? JSONValue(parsing: outcome.jsonText())
            if let plain, let different = difference(plain, EnrollKitTests.members(of: outcome)) { XCTFail("members of \(outcome): \(different)") }
            // An answer may be as deep as JSON may be, and its plain form a little deeper.
            return ["outcome": plain ?? EnrollKitTests.members(of: outcome), "raw": .string(raw), "lossy": .bool(outcome.isLossy)]
        case .failure(let error):
            let raw =
                switch error {
                case .api(let error): error.raw
                case .unreadable(let error): error.raw
                default: Data()
                }
            let plain = try? JSONValue(parsing: error.jsonText())
            if let plain, let different = difference(plain, members(of: error)) { XCTFail("members of \(error): \(different)") }
            // What the service wrote is a member, and in no plain form.
            XCTAssertNil(plain?["service_message"])
            return [
                "plain": plain ?? .null, "error": members(of: error), "text": .string(error.description),
                "raw": .string(String(decoding: raw, as: UTF8.self)),
            ]
        }
    }

    /// The plain form, made of what an error's members say.
    static func members(of error: EnrollKitError) -> JSONValue {
        var out: JSONValue.Object = ["code": .string(error.code.rawValue)]
        switch error {
        case .invalidInput(let one): out["violations"] = JSONValue(one.violations)
        case .api(let one):
            out["kind"] = .string(one.kind.rawValue)
            out["operation"] = .string(one.operation.rawValue)
            out["status"] = number(one.status)
            out["by_relay"] = .bool(one.byRelay)
            out["service_code"] = string(one.serviceCode)
            out["retry"] = .string(one.retry.rawValue)
            out["retry_after_seconds"] = number(one.retryAfterSeconds)
            out["outcome_unknown"] = .bool(one.outcomeUnknown)
            out["causes"] = .array(one.causes.map { .string($0.rawValue) })
            out["clock_skew_seconds"] = number(one.clockSkewSeconds)
            out["service_message"] = string(one.serviceMessage)
        case .unreadable(let one):
            out["operation"] = .string(one.operation.rawValue)
            out["reason"] = .string(one.reason.rawValue)
            out["status"] = number(one.status)
            out["outcome_unknown"] = .bool(one.outcomeUnknown)
        case .noResponse(let one):
            out["operation"] = .string(one.operation.rawValue)
            out["not_sent"] = .bool(one.notSent)
            out["outcome_unknown"] = .bool(one.outcomeUnknown)
        case .signatureRefused(let one): out["reason"] = .string(one.reason.rawValue)
        }
        return .object(out)
    }

    /// What a back end answers to a relay's client, and what that client reads.
    private static func relay(_ input: JSONValue) throws -> JSONValue {
        let answer: RelayAnswer
        switch try Vectors.answer(input) {
        case .success(let outcome): answer = Relay.answer(try XCTUnwrap(outcome as? any IntentOutcome), details: input.flag("details"))
        case .failure(let error): answer = Relay.answer(error, details: input.flag("details"))
        }
        let read = try sent(["operation": input["operation"] ?? .null, "relayed": true]).read
        let seen: Result<any Outcome, EnrollKitError>
        do {
            seen = .success(try read(answer.status, Data(answer.body.utf8), [:], maxResponseBytes))
        } catch let error as EnrollKitError {
            seen = .failure(error)
        }
        return ["status": number(answer.status), "body": .string(answer.body), "read": shown(seen)]
    }

    /// What a relay's route answers before it reads anything.
    private static func route(_ input: JSONValue) throws -> JSONValue {
        let rules = try JSONValue(parsing: input.text("rules_json") ?? "")
        let refusal = try Relay.routeRefusal(
            method: input.text("method") ?? "", headers: input["headers"]?.headers ?? [:],
            origins: (rules["origins"]?.arrayValue ?? []).compactMap(\.stringValue), allowNoOrigin: rules.flag("allow_no_origin"))
        return ["status": number(refusal?.status), "body": string(refusal?.body)]
    }

    private static func verify(_ input: JSONValue) throws -> JSONValue {
        // "NaN" and "inf" are no JSON numbers, so they stand as text.
        let seconds = { (key: String, usual: Double) in
            input[key].map { $0.numberValue?.double ?? Double($0.stringValue ?? "") ?? usual } ?? usual
        }
        let verifier = try Verifier(
            partnerId: input.text("partner_id") ?? "", keys: (input["keys"]?.arrayValue ?? []).compactMap(\.stringValue),
            maxAge: seconds("max_age_seconds", Verifier.defaultMaxAge), maxAhead: seconds("max_ahead_seconds", Verifier.defaultMaxAhead),
            partnerIdWithoutZeros: input.flag("partner_id_without_zeros"))
        let (body, now, headers) = (body(input), try parseTime(input.text("now") ?? time), input["headers"]?.headers)
        let refusal =
            if let headers {
                try verifier.webhookRefusal(headers: headers, body: body, at: now)
            } else {
                try verifier.callbackRefusal(body, at: now)
            }
        let verdict = JSONValue.string(refusal?.rawValue ?? "valid")
        do {
            let one = try headers.map { try verifier.webhook(headers: $0, body: body, at: now) } ?? verifier.callback(body, at: now)
            return [
                "verdict": verdict, "age_seconds": number(one.ageSeconds), "job_id": string(one.jobId), "user_id": string(one.userId),
                "ids_differ": .bool(one.idsDiffer), "result_code": string(one.resultCode),
                "partner_id_form": .string(one.partnerIdForm.rawValue), "delivery_key": .string(one.deliveryKey), "pair_key": .string(one.pairKey),
            ]
        } catch EnrollKitError.signatureRefused(let refused) {
            return ["verdict": verdict, "refused": .string(refused.reason.rawValue)]
        }
    }
}

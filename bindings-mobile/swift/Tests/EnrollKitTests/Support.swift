import EnrollKit
import Foundation
import XCTest

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

/// The repository's folder: what `ENROLLKIT_ROOT` names, else where this file is.
let root = ProcessInfo.processInfo.environment["ENROLLKIT_ROOT"].map(URL.init(fileURLWithPath:))
    ?? URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../../../..").standardizedFileURL

/// The slow ones, too.
let isFull = ProcessInfo.processInfo.environment["ENROLLKIT_FULL"] == "1"

/// Every JSON file of a folder of `tests/`, read to the last digit.
func files(_ folder: String) throws -> [(name: String, json: JSONValue)] {
    let folder = root.appendingPathComponent("tests/\(folder)")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".json") }.sorted()
    XCTAssertFalse(names.isEmpty)
    return try names.map { ($0, try JSONValue(parsing: String(contentsOf: folder.appendingPathComponent($0), encoding: .utf8))) }
}

/// A user with what every sign-up needs.
let plainUser = SignUpUser(
    name: "n", organisationName: "o", userAppearance: [:], userAttribute: [:], userAddress: [:], userBiometrics: [],
    userIDProofDocuments: [:], userEnrollmentHistoryList: [])

/// Where and how the two differ first: members that are not expected may be there, null means absent.
func difference(_ expected: JSONValue, _ actual: JSONValue?, _ path: String = "") -> String? {
    let wrong = { "\(path.isEmpty ? "(the whole)" : path): expected \(expected.text), came \(actual?.text ?? "nothing")" }
    switch (expected, actual ?? .null) {
    case (.null, let actual): return actual.isNull ? nil : wrong()
    case (.array(let expected), .array(let actual)):
        guard expected.count == actual.count else { return wrong() }
        return expected.indices.lazy.compactMap { difference(expected[$0], actual[$0], "\(path)/\($0)") }.first
    case (.object(let expected), .object(let actual)):
        return expected.lazy.compactMap { difference($0.value, actual[$0.key], "\(path)/\($0.key)") }.first
    case (let expected, let actual): return expected == actual ? nil : wrong()
    }
}

extension JSONValue {
    init(_ violations: [Violation]) {
        self = .array(
            violations.map {
                var out: Object = ["path": .string($0.path), "code": .string($0.code.rawValue), "message": .string($0.message)]
                out["limit"] = $0.limit.map { .number(Number($0)) }
                out["expected"] = $0.expected.map { .string($0) }
                return .object(out)
            })
    }

    /// The text of a member.
    func text(_ key: String) -> String? { self[key]?.stringValue }

    /// The number of a member.
    func int(_ key: String) -> Int? { self[key]?.numberValue?.int64.map(Int.init) }

    /// The flag of a member; false when it is not there.
    func flag(_ key: String) -> Bool { self[key]?.boolValue ?? false }

    /// Pairs of names and values.
    var headers: HeaderFields { HeaderFields((arrayValue ?? []).map { ($0[0]?.stringValue ?? "", $0[1]?.stringValue ?? "") }) }
}

func string(_ text: String?) -> JSONValue { text.map(JSONValue.string) ?? .null }
func number(_ value: Int?) -> JSONValue { value.map { .number(JSONValue.Number($0)) } ?? .null }
func flag(_ value: Bool?) -> JSONValue { value.map(JSONValue.bool) ?? .null }

/// A call, its type forgotten.
struct Sent {
    let read: (Int, Data, HeaderFields, Int) throws -> any Outcome
    /// The error of a call without an answer; true for one of which nothing was sent.
    let lost: (Bool) -> EnrollKitError

    init<T: Outcome>(_ call: Call<T>) {
        read = { try call.read(status: $0, body: $1, headers: $2, maxBytes: $3) }
        lost = { $0 ? call.notSent() : call.noResponse() }
    }
}

/// Everything that a value shows of itself: description, debugger, dump, mirror.
func shown(_ value: Any) -> String {
    var dumped = ""
    dump(value, to: &dumped, maxDepth: 8)
    var children = ""
    func walk(_ mirror: Mirror, _ depth: Int) {
        guard depth < 8 else { return }
        for child in mirror.children {
            children += "\(child.label ?? "")=\(child.value);"
            walk(Mirror(reflecting: child.value), depth + 1)
        }
    }
    walk(Mirror(reflecting: value), 0)
    return "\(value) \(String(reflecting: value)) \(dumped) \(children)"
}

/// The violations of what is refused.
func violations(_ work: () throws -> Any) -> [Violation]? {
    do {
        _ = try work()
        return nil
    } catch EnrollKitError.invalidInput(let invalid) {
        return invalid.violations
    } catch {
        return nil
    }
}

/// Paths and codes: `userId required`.
func pathsAndCodes(_ work: () throws -> Any) -> [String]? { violations(work)?.map { "\($0.path) \($0.code.rawValue)" } }

import Foundation
internal import EnrollKitCore

/// What shows itself by its description and by nothing else: neither `dump` nor a debugger's view looks inside.
protocol Redacted: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {}

extension Redacted {
    /// As `description`.
    public var debugDescription: String { description }

    /// Without children.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}

/// Lengths cross to Rust as 32 bits, and the generated code stops the program at what is longer.
let maxCrossingBytes = 1 << 28

/// Refuses text that is too long to cross.
func within(_ text: String, _ path: String, limit: Int = maxCrossingBytes) throws {
    guard text.utf8.count <= limit else { throw invalid(.tooLong(path, limit: limit)) }
}

/// Refuses a body that is too long to cross.
func within(_ body: Data, _ path: String) throws {
    guard body.count <= maxCrossingBytes else { throw invalid(.tooLong(path, limit: maxCrossingBytes)) }
}

/// Runs what the core may refuse.
func attempt<T>(_ work: () throws -> T) throws -> T {
    do {
        return try work()
    } catch CoreError.Refused(let problem) {
        throw EnrollKitError(problem)
    } catch let error as EnrollKitError {
        throw error
    } catch {
        throw misfit()
    }
}

/// What can't happen unless this package's parts are of different versions. It ends no program.
func misfit() -> EnrollKitError {
    let message = "this package's parts do not fit together"
    let violation = Violation(path: "", code: .other, message: message, limit: nil, expected: nil)
    let json = "{\"code\":\"invalid_input\",\"violations\":[]}"
    return .invalidInput(InvalidInput(violations: [violation], json: json, text: "invalid_input: \(message)"))
}

/// What the core always writes: without it, this package's parts do not fit together.
func present<T>(_ value: T?) throws -> T {
    guard let value else { throw misfit() }
    return value
}

/// A type's description, made of what may be shown of it.
func shown(_ type: String, _ members: KeyValuePairs<String, Any?>) -> String {
    let parts = members.map { name, value in "\(name): \(value.map { "\($0)" } ?? "nil")" }
    return "\(type)(\(parts.joined(separator: ", ")))"
}

// Never inlined: outcomes read dozens of members so, and each would bring a search with it.
extension JSONValue {
    /// A member that is a word of a closed set.
    @inline(never)
    func word<T: RawRepresentable<String>>(_ key: String) -> T? { text(key).flatMap(T.init(rawValue:)) }

    @inline(never)
    func text(_ key: String) -> String? { self[key]?.stringValue }
    @inline(never)
    func flag(_ key: String) -> Bool? { self[key]?.boolValue }
    @inline(never)
    func integer(_ key: String) -> Int64? { self[key]?.numberValue?.int64 }
    func status(_ key: String) -> Int? { integer(key).map { Int(clamping: $0) } }
}

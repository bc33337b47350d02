import Foundation

/// The path of a raw call.
public enum RawPath: Sendable, Hashable, ExpressibleByStringLiteral, ExpressibleByArrayLiteral {
    /// A path as it is: `/v1/services`.
    case plain(String)
    /// Its steps, which may hold any text.
    case steps([String])

    /// A plain path.
    public init(stringLiteral value: String) { self = .plain(value) }

    /// Steps.
    public init(arrayLiteral elements: String...) { self = .steps(elements) }

    var json: JSONValue {
        switch self {
        case .plain(let path): .string(path)
        case .steps(let steps): .array(steps.map(JSONValue.string))
        }
    }
}

/// The query string of a raw call: names and values, in order. A name may come again.
public struct RawQuery: Sendable, Hashable, ExpressibleByDictionaryLiteral {
    private let names: [String]
    private let values: [[String]]

    /// A query string of names with their values.
    public init(_ items: [(name: String, values: [String])]) {
        var (names, values): ([String], [[String]]) = ([], [])
        for item in items {
            if let place = names.firstIndex(where: { same($0, item.name) }) {
                values[place] += item.values
            } else {
                names.append(item.name)
                values.append(item.values)
            }
        }
        (self.names, self.values) = (names, values)
    }

    /// A query string of a literal: `["page": "2", "status": "ACTIVE"]`.
    public init(dictionaryLiteral elements: (String, String)...) {
        self.init(elements.map { (name: $0.0, values: [$0.1]) })
    }

    var json: JSONValue? {
        guard !names.isEmpty else { return nil }
        return .object(JSONValue.Object(zip(names, values).map { ($0, .array($1.map(JSONValue.string))) }))
    }
}

extension RawQuery: Redacted {
    /// Shows nothing: it may name a user.
    public var description: String { "RawQuery(…)" }
}

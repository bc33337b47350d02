import Foundation
#if canImport(FoundationNetworking)
import FoundationNetworking
#endif
internal import EnrollKitCore

/// HTTP headers in order. A name may come twice, which matters to a verifier.
///
/// Its description shows names only: a call's headers may carry a signature or a token.
public struct HeaderFields: Sendable, RandomAccessCollection, ExpressibleByDictionaryLiteral {
    private let fields: [(name: String, value: String)]

    /// Headers of names and values.
    public init(_ fields: [(String, String)]) { self.fields = fields.map { (name: $0.0, value: $0.1) } }

    /// Headers of a dictionary.
    public init(_ fields: [String: String]) { self.fields = fields.map { (name: $0.key, value: $0.value) } }

    /// Headers of a dictionary with all values of each name, as most servers give them.
    public init(_ fields: [String: [String]]) {
        self.fields = fields.flatMap { name, values in values.map { (name: name, value: $0) } }
    }

    /// The headers of Foundation's response.
    public init(_ response: HTTPURLResponse) {
        fields = response.allHeaderFields.compactMap { name, value in
            guard let name = name as? String else { return nil }
            return (name: name, value: value as? String ?? "\(value)")
        }
    }

    /// Headers of a literal.
    public init(dictionaryLiteral elements: (String, String)...) { self.init(elements) }

    /// The first value of a name, in any case of letters.
    public subscript(name: String) -> String? {
        fields.first { $0.name.caseInsensitiveCompare(name) == .orderedSame }?.value
    }

    /// The place of the first header.
    public var startIndex: Int { 0 }

    /// The place behind the last header.
    public var endIndex: Int { fields.count }

    /// The header at a place.
    public subscript(position: Int) -> (name: String, value: String) { fields[position] }

    /// For the core, if they are not too long to cross.
    func crossing() throws -> [CoreHeader] {
        let bytes = fields.reduce(0) { $0 + $1.name.utf8.count + $1.value.utf8.count }
        guard bytes <= maxCrossingBytes / 16, fields.count <= maxCrossingBytes / 64 else {
            throw invalid(.tooLong("headers", limit: maxCrossingBytes / 16))
        }
        return fields.map { CoreHeader(name: $0.name, value: $0.value) }
    }
}

extension HeaderFields: Redacted {
    /// The names.
    public var description: String { "HeaderFields(\(fields.map(\.name).joined(separator: ", ")))" }
}

import Foundation
internal import EnrollKitCore

/// A JSON value whose numbers keep their digits and whose objects keep their order.
///
/// It is not `Codable` on purpose: Foundation's coders read `1.10` as `1.1`, forget the order of keys, and can't write `1E400`.
/// ``text`` and ``init(parsing:)`` lose nothing and never fail for what the core gave.
///
/// It may hold personal data, so its description shows only what kind of value it is; ``text`` is the JSON.
public enum JSONValue: Sendable {
    /// `null`
    case null
    /// `true` or `false`
    case bool(Bool)
    /// A number, to the last digit.
    case number(Number)
    /// A text.
    case string(String)
    /// An array.
    case array([JSONValue])
    /// An object.
    case object(Object)

    /// The value of JSON text, to the last digit. Keys that come twice are refused, and so is what is nested deeper than 128
    /// levels.
    public init(parsing text: String) throws {
        try within(text, "")
        self = JSONValue(try attempt { try coreJson(text: text) })
    }

    init(_ core: CoreJson) {
        // As deep as the core's reader allows.
        self =
            switch core {
            case .null: .null
            case .flag(let value): .bool(value)
            case .number(let text): .number(Number(exactly: text))
            case .text(let text): .string(text)
            case .array(let items): .array(items.map(JSONValue.init))
            case .object(let members): .object(Object(members.map { ($0.key, JSONValue($0.value)) }))
            }
    }

    /// The value as JSON text, without white space. A number that is none (a literal beyond what `Double` holds) is `null`.
    public var text: String { Written(self, limit: .max).text }

    /// The member of an object; nil for every other value.
    public subscript(key: String) -> JSONValue? {
        if case .object(let object) = self { object[key] } else { nil }
    }

    /// The item of an array; nil where there is none.
    public subscript(index: Int) -> JSONValue? {
        if case .array(let items) = self, items.indices.contains(index) { items[index] } else { nil }
    }

    /// The text of a text.
    public var stringValue: String? {
        if case .string(let text) = self { text } else { nil }
    }

    /// The `Bool` of `true` or `false`.
    public var boolValue: Bool? {
        if case .bool(let value) = self { value } else { nil }
    }

    /// The number, with its digits.
    public var numberValue: Number? {
        if case .number(let number) = self { number } else { nil }
    }

    /// The items of an array.
    public var arrayValue: [JSONValue]? {
        if case .array(let items) = self { items } else { nil }
    }

    /// The members of an object.
    public var objectValue: Object? {
        if case .object(let object) = self { object } else { nil }
    }

    /// Whether this is `null`.
    public var isNull: Bool { self == .null }
}

extension JSONValue {
    /// A JSON number: the digits that it was written with. Equal when these are.
    public struct Number: Sendable, Hashable {
        /// The digits: `9007199254740993`, `1.10`, `1E400`.
        public let text: String

        init(exactly text: String) { self.text = text }

        /// A number of its digits; nil when they are no JSON number.
        public init?(text: String) {
            guard Number.isNumber(text) else { return nil }
            self.text = text
        }

        /// A number of an integer.
        public init(_ value: some BinaryInteger & Sendable) { text = String(value) }

        /// A number of a `Double`; nil when that is not finite.
        public init?(_ value: Double) {
            guard value.isFinite else { return nil }
            text = Number.digits(value)
        }

        /// A number of a `Decimal`; nil when that is none.
        public init?(_ value: Decimal) {
            self.init(text: value.description)
        }

        /// As an integer of 64 bits; nil for a fraction, an exponent, or what is too large.
        public var int64: Int64? { Int64(text) }

        /// As an unsigned integer of 64 bits.
        public var uint64: UInt64? { UInt64(text) }

        /// The nearest `Double`; nil beyond what one holds.
        public var double: Double? {
            guard let value = Double(text), value.isFinite else { return nil }
            return value
        }

        /// As a `Decimal`; nil where it would lose a digit.
        public var decimal: Decimal? {
            // Of those digits a Decimal has 38.
            let digits = text.prefix { $0 != "e" && $0 != "E" }.filter(\.isNumber).drop { $0 == "0" }.count
            guard digits <= 38, let value = Decimal(string: text, locale: Locale(identifier: "en_US_POSIX")), !value.isNaN else {
                return nil
            }
            // Where the exponent is out of its range, it gives zero.
            return value == 0 && digits > 0 ? nil : value
        }

        /// Whole numbers without a fraction, as every other language writes them.
        static func digits(_ value: Double) -> String {
            if let whole = Int64(exactly: value), abs(whole) <= 1 << 53 { return String(whole) }
            return "\(value)"
        }

        var isValid: Bool { Number.isNumber(text) }

        static func isNumber(_ text: String) -> Bool {
            var text = text
            return text.withUTF8 { isNumber($0) }
        }

        /// RFC 8259's grammar.
        static func isNumber(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
            var at = 0
            func digits() -> Int {
                let start = at
                while at < text.count, UInt8(ascii: "0")...UInt8(ascii: "9") ~= text[at] { at += 1 }
                return at - start
            }
            func take(_ byte: Unicode.Scalar) -> Bool {
                guard at < text.count, text[at] == UInt8(ascii: byte) else { return false }
                at += 1
                return true
            }
            _ = take("-")
            if !take("0"), digits() == 0 { return false }
            if take("."), digits() == 0 { return false }
            if take("e") || take("E") {
                _ = take("+") || take("-")
                if digits() == 0 { return false }
            }
            return at == text.count
        }
    }

    /// A JSON object: members in the order in which they were written. Equal when the same would be sent.
    public struct Object: Sendable, RandomAccessCollection, ExpressibleByDictionaryLiteral {
        private var members: [(key: String, value: JSONValue)]

        /// An object without members.
        public init() { members = [] }

        /// An object of members. Keys that come twice stay, and are a violation where the object is sent.
        public init(_ members: [(String, JSONValue)]) { self.members = members.map { (key: $0.0, value: $0.1) } }

        /// An object of a literal.
        public init(dictionaryLiteral elements: (String, JSONValue)...) { self.init(elements) }

        /// The first member of a key. Setting nil takes the key away.
        public subscript(key: String) -> JSONValue? {
            get { members.first { same($0.key, key) }?.value }
            set {
                let at = members.firstIndex { same($0.key, key) }
                switch (at, newValue) {
                case (let at?, let value?): members[at].value = value
                case (nil, let value?): members.append((key, value))
                case (_, nil): members.removeAll { same($0.key, key) }
                }
            }
        }

        /// The keys, in order.
        public var keys: [String] { members.map(\.key) }

        /// Adds a member at the end, without a look at those that are there.
        mutating func append(_ key: String, _ value: JSONValue) { members.append((key, value)) }

        /// The place of the first member.
        public var startIndex: Int { 0 }

        /// The place behind the last member.
        public var endIndex: Int { members.count }

        /// The member at a place.
        public subscript(position: Int) -> (key: String, value: JSONValue) { members[position] }
    }
}

/// Whether two texts are the same bytes. Swift's `==` holds `é` and `e` with a combining accent for the same; the services do not,
/// and two ids must never become one.
func same(_ left: String, _ right: String) -> Bool {
    guard left.utf8.count == right.utf8.count else { return false }
    let equal = left.utf8.withContiguousStorageIfAvailable { left in
        right.utf8.withContiguousStorageIfAvailable { right in zip(left, right).allSatisfy(==) }
    }
    return (equal ?? nil) ?? left.utf8.elementsEqual(right.utf8)
}

extension JSONValue: Hashable {
    /// Whether the same would be sent, byte for byte.
    public static func == (left: Self, right: Self) -> Bool {
        switch (left, right) {
        case (.null, .null): true
        case (.bool(let left), .bool(let right)): left == right
        case (.number(let left), .number(let right)): left == right
        case (.string(let left), .string(let right)): same(left, right)
        case (.array(let left), .array(let right)): left == right
        case (.object(let left), .object(let right)): left == right
        default: false
        }
    }

    /// Hashes what `==` compares.
    public func hash(into hasher: inout Hasher) {
        switch self {
        case .null: hasher.combine(0)
        case .bool(let value): hasher.combine(value)
        case .number(let number): hasher.combine(number)
        case .string(let text): hasher.combine(text)
        case .array(let items): hasher.combine(items)
        case .object(let object): hasher.combine(object)
        }
    }
}

extension JSONValue.Object: Hashable {
    /// Whether the same would be sent.
    public static func == (left: Self, right: Self) -> Bool {
        left.count == right.count && zip(left, right).allSatisfy { same($0.key, $1.key) && $0.value == $1.value }
    }

    /// Hashes keys and values in order.
    public func hash(into hasher: inout Hasher) {
        for (key, value) in self {
            hasher.combine(key)
            hasher.combine(value)
        }
    }
}

extension JSONValue: ExpressibleByNilLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
    ExpressibleByStringLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    /// `null`
    public init(nilLiteral: ()) { self = .null }

    /// A `Bool`.
    public init(booleanLiteral value: Bool) { self = .bool(value) }

    /// An integer.
    public init(integerLiteral value: Int64) { self = .number(Number(value)) }

    /// A `Double`. Its digits are the shortest that mean it: ``Number/init(text:)`` keeps yours.
    public init(floatLiteral value: Double) { self = .number(Number(exactly: Number.digits(value))) }

    /// A text.
    public init(stringLiteral value: String) { self = .string(value) }

    /// An array.
    public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }

    /// An object.
    public init(dictionaryLiteral elements: (String, JSONValue)...) { self = .object(Object(elements)) }
}

extension JSONValue: Redacted {
    /// What kind of value this is. ``text`` is the JSON.
    public var description: String {
        switch self {
        case .null: "JSONValue(null)"
        case .bool: "JSONValue(bool)"
        case .number: "JSONValue(number)"
        case .string: "JSONValue(string)"
        case .array(let items): "JSONValue(array of \(items.count))"
        case .object(let object): "JSONValue(object of \(object.count))"
        }
    }
}

extension JSONValue.Number: Redacted {
    /// Shows no digits: they may be an id. ``text`` has them.
    public var description: String { "JSONValue(number)" }
}

extension JSONValue.Object: Redacted {
    /// How many members there are.
    public var description: String { "JSONValue(object of \(count))" }
}

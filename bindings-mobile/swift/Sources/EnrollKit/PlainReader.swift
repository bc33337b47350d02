// Reads what the core wrote: valid, compact, as deep as an answer may be and a few levels more, which is deeper than what the core
// reads from others. What others wrote goes through the core: `JSONValue(parsing:)`.

/// The value of JSON text that the core wrote. Null for anything else, which ends no program either.
func plain(_ text: String) -> JSONValue {
    var text = text
    return text.withUTF8 { bytes in
        var reader = PlainReader(bytes: bytes)
        guard let value = reader.value(0), reader.isAtEnd else { return .null }
        return value
    }
}

private struct PlainReader {
    let bytes: UnsafeBufferPointer<UInt8>
    private var at = 0

    init(bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    var isAtEnd: Bool { at == bytes.count }

    private var next: UInt8? { at < bytes.count ? bytes[at] : nil }

    private mutating func take(_ byte: Unicode.Scalar) -> Bool {
        guard next == UInt8(ascii: byte) else { return false }
        at += 1
        return true
    }

    private mutating func word(_ word: StaticString) -> Bool {
        let length = word.utf8CodeUnitCount
        guard at + length <= bytes.count, (0..<length).allSatisfy({ bytes[at + $0] == word.utf8Start[$0] }) else { return false }
        at += length
        return true
    }

    mutating func value(_ depth: Int) -> JSONValue? {
        guard depth < 2 * JSONValue.maxDepth else { return nil }
        switch next {
        case UInt8(ascii: "{"): return object(depth + 1)
        case UInt8(ascii: "["): return array(depth + 1)
        case UInt8(ascii: "\""): return string().map(JSONValue.string)
        case UInt8(ascii: "t"): return word("true") ? .bool(true) : nil
        case UInt8(ascii: "f"): return word("false") ? .bool(false) : nil
        case UInt8(ascii: "n"): return word("null") ? .null : nil
        default:
            let start = at
            while let byte = next, !(byte == UInt8(ascii: ",") || byte == UInt8(ascii: "]") || byte == UInt8(ascii: "}")) { at += 1 }
            let digits = UnsafeBufferPointer(rebasing: bytes[start..<at])
            guard JSONValue.Number.isNumber(digits) else { return nil }
            return .number(JSONValue.Number(exactly: String(decoding: digits, as: UTF8.self)))
        }
    }

    private mutating func object(_ depth: Int) -> JSONValue? {
        at += 1
        var out = JSONValue.Object()
        if take("}") { return .object(out) }
        repeat {
            guard let key = string(), take(":"), let value = value(depth) else { return nil }
            out.append(key, value)
        } while take(",")
        return take("}") ? .object(out) : nil
    }

    private mutating func array(_ depth: Int) -> JSONValue? {
        at += 1
        var items: [JSONValue] = []
        if take("]") { return .array(items) }
        repeat {
            guard let value = value(depth) else { return nil }
            items.append(value)
        } while take(",")
        return take("]") ? .array(items) : nil
    }

    /// The core escapes quotation marks, backslashes and controls, nothing else.
    private mutating func string() -> String? {
        guard take("\"") else { return nil }
        let start = at
        while let byte = next, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") { at += 1 }
        let plain = UnsafeBufferPointer(rebasing: bytes[start..<at])
        if take("\"") { return String(decoding: plain, as: UTF8.self) }
        var out = Array(plain)
        while let byte = next {
            at += 1
            switch byte {
            case UInt8(ascii: "\""): return String(decoding: out, as: UTF8.self)
            case UInt8(ascii: "\\"):
                guard let escaped = escape() else { return nil }
                out.append(escaped)
            default: out.append(byte)
            }
        }
        return nil
    }

    private mutating func escape() -> UInt8? {
        guard let byte = next else { return nil }
        at += 1
        switch byte {
        case UInt8(ascii: "n"): return 0x0A
        case UInt8(ascii: "r"): return 0x0D
        case UInt8(ascii: "t"): return 0x09
        case UInt8(ascii: "u"):
            guard at + 4 <= bytes.count else { return nil }
            defer { at += 4 }
            return UInt8(String(decoding: bytes[at..<at + 4], as: UTF8.self), radix: 16)
        default: return byte
        }
    }
}

// Caller's values become JSON text here. Iterative, so that no tree overflows the stack.

/// A value's JSON text, and what was wrong with the value; a wrong one stands there as null.
struct Written {
    private(set) var findings: [Finding] = []
    // Bytes: adding a few of them to a text costs several times as much.
    private var bytes: [UInt8] = []
    private var open: [Level] = []

    private struct Level {
        enum Members {
            case array([JSONValue])
            case object(JSONValue.Object)
        }

        let members: Members
        var next = 0
    }

    /// The JSON text.
    var text: String { String(decoding: bytes, as: UTF8.self) }

    init(_ value: JSONValue, limit: Int = JSONValue.maxDepth) {
        bytes.reserveCapacity(512)
        write(value, limit)
        while let level = open.last {
            let place = level.next
            open[open.count - 1].next += 1
            switch level.members {
            case .array(let items):
                guard place < items.count else {
                    end("]")
                    continue
                }
                if place > 0 { add(",") }
                write(items[place], limit)
            case .object(let object):
                guard place < object.count else {
                    end("}")
                    continue
                }
                if place > 0 { add(",") }
                quote(object[place].key)
                add(":")
                write(object[place].value, limit)
            }
        }
    }

    private mutating func add(_ sign: Unicode.Scalar) { bytes.append(UInt8(ascii: sign)) }

    private mutating func add(word: StaticString) {
        bytes.append(contentsOf: UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount))
    }

    private mutating func end(_ bracket: Unicode.Scalar) {
        add(bracket)
        open.removeLast()
    }

    private mutating func write(_ value: JSONValue, _ limit: Int) {
        switch value {
        case .null: add(word: "null")
        case .bool(let flag): add(word: flag ? "true" : "false")
        case .string(let string): quote(string)
        case .number(let number):
            if number.isValid {
                bytes.append(contentsOf: number.text.utf8)
            } else {
                refuse(.wrongType(path, expected: "finite number"))
            }
        case .array(let items): begin("[", .array(items), limit)
        case .object(let object): begin("{", .object(object), limit)
        }
    }

    private mutating func begin(_ bracket: Unicode.Scalar, _ members: Level.Members, _ limit: Int) {
        guard open.count < limit else { return refuse(.tooDeep(path, limit: JSONValue.maxDepth)) }
        add(bracket)
        open.append(Level(members: members))
    }

    private mutating func refuse(_ finding: Finding) {
        findings.append(finding)
        add(word: "null")
    }

    /// Adds a text in quotation marks, escaped as the core does.
    private mutating func quote(_ string: String) {
        var string = string
        add("\"")
        string.withUTF8 { text in
            // Images come as megabytes of base64: whole runs are copied, not characters.
            var run = 0
            for (place, byte) in text.enumerated() where byte < 0x20 || byte == 0x22 || byte == 0x5C {
                bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[run..<place]))
                escape(byte)
                run = place + 1
            }
            bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[run...]))
        }
        add("\"")
    }

    private mutating func escape(_ byte: UInt8) {
        switch byte {
        case 0x22: add(word: "\\\"")
        case 0x5C: add(word: "\\\\")
        case 0x0A: add(word: "\\n")
        case 0x0D: add(word: "\\r")
        case 0x09: add(word: "\\t")
        default:
            add(word: "\\u00")
            for digit in [byte >> 4, byte & 15] { bytes.append(digit + (digit < 10 ? UInt8(ascii: "0") : UInt8(ascii: "a") - 10)) }
        }
    }

    /// Where the value stands that is being written.
    private var path: String {
        var path = ""
        for level in open {
            let key =
                switch level.members {
                case .array: String(level.next - 1)
                case .object(let object): escaped(object[level.next - 1].key)
                }
            path = path.isEmpty ? key : "\(path)/\(key)"
        }
        return path
    }
}

private func escaped(_ key: String) -> String {
    var out = ""
    for scalar in key.unicodeScalars {
        switch scalar {
        case "~": out.append("~0")
        case "/": out.append("~1")
        default: out.unicodeScalars.append(scalar)
        }
    }
    return out
}

/// The JSON text of an object's members that are there.
func objectText(_ members: (String, JSONValue?)...) -> String {
    var object = JSONValue.Object()
    for case (let key, let value?) in members { object.append(key, value) }
    return JSONValue.object(object).text
}

/// An intent's JSON text. Keys without a value are left out.
func intentText(_ action: Intent.Action, _ keys: (String, String?)...) -> String { Written(action, keys).text }

extension Written {
    fileprivate init(_ action: Intent.Action, _ keys: [(String, String?)]) {
        bytes.reserveCapacity(512)
        add(word: "{\"action\":")
        quote(action.rawValue)
        for case (let key, let value?) in keys {
            add(",")
            quote(key)
            add(":")
            quote(value)
        }
        add("}")
    }
}

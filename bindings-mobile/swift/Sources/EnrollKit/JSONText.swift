// Caller's values become JSON text here. Iterative, so that no tree overflows the stack.

/// As deep as the core reads.
let maxDepth = 128

/// A value's JSON text, and what was wrong with the value; a wrong one stands there as null.
struct Written {
    private(set) var text = ""
    private(set) var findings: [Finding] = []
    private var open: [Level] = []

    private struct Level {
        enum Members {
            case array([JSONValue])
            case object(JSONValue.Object)
        }

        let members: Members
        var next = 0
    }

    init(_ value: JSONValue, limit: Int = maxDepth) {
        write(value, limit)
        while let level = open.last {
            switch level.members {
            case .array(let items):
                guard level.next < items.count else {
                    end("]")
                    continue
                }
                if level.next > 0 { text.append(",") }
                open[open.count - 1].next += 1
                write(items[level.next], limit)
            case .object(let object):
                guard level.next < object.count else {
                    end("}")
                    continue
                }
                if level.next > 0 { text.append(",") }
                open[open.count - 1].next += 1
                text.appendQuoted(object[level.next].key)
                text.append(":")
                write(object[level.next].value, limit)
            }
        }
    }

    private mutating func end(_ bracket: String) {
        text.append(bracket)
        open.removeLast()
    }

    private mutating func write(_ value: JSONValue, _ limit: Int) {
        switch value {
        case .null: text.append("null")
        case .bool(let flag): text.append(flag ? "true" : "false")
        case .string(let string): text.appendQuoted(string)
        case .number(let number):
            if number.isValid {
                text.append(number.text)
            } else {
                refuse(Finding(path, .wrongType, expected: "finite number"))
            }
        case .array(let items): begin("[", .array(items), limit)
        case .object(let object): begin("{", .object(object), limit)
        }
    }

    private mutating func begin(_ bracket: String, _ members: Level.Members, _ limit: Int) {
        guard open.count < limit else { return refuse(Finding(path, .tooDeep)) }
        text.append(bracket)
        open.append(Level(members: members))
    }

    private mutating func refuse(_ finding: Finding) {
        findings.append(finding)
        text.append("null")
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

extension String {
    /// Adds a text in quotation marks, escaped as the core does.
    mutating func appendQuoted(_ given: String) {
        append("\"")
        var given = given
        // Images come as megabytes of base64: whole runs are copied, not characters.
        let escaped = given.withUTF8 { bytes -> String? in
            guard bytes.contains(where: { $0 < 0x20 || $0 == 0x22 || $0 == 0x5C }) else { return nil }
            var out: [UInt8] = []
            out.reserveCapacity(bytes.count + bytes.count / 8)
            for byte in bytes {
                switch byte {
                case 0x22: out += [0x5C, 0x22]
                case 0x5C: out += [0x5C, 0x5C]
                case 0x0A: out += [0x5C, 0x6E]
                case 0x0D: out += [0x5C, 0x72]
                case 0x09: out += [0x5C, 0x74]
                case 0..<0x20:
                    let digits = Array("0123456789abcdef".utf8)
                    out += [0x5C, 0x75, 0x30, 0x30, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
                default: out.append(byte)
                }
            }
            return String(decoding: out, as: UTF8.self)
        }
        append(escaped ?? given)
        append("\"")
    }
}

/// The JSON text of an object's members that are there.
func objectText(_ members: (String, JSONValue?)...) -> String {
    var object = JSONValue.Object()
    for case (let key, let value?) in members { object.append(key, value) }
    return JSONValue.object(object).text
}

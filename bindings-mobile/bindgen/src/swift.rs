//! What is changed of the Swift that uniffi generates: it reads every number and text byte by byte, or copies it twice.
//!
//! Each piece must be there exactly once. Where uniffi writes another, generation fails, and a look is due.

use std::fs;
use std::path::Path;

/// What stands there, and what takes its place.
const CHANGES: &[(&str, &str)] = &[
    // A number: `copyBytes` takes longer than all the rest of a call.
    (
        "    var value: T = 0
    let _ = withUnsafeMutableBytes(of: &value, { reader.data.copyBytes(to: $0, from: range)})
    reader.offset = range.upperBound
",
        "    let value = reader.data.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: range.lowerBound, as: T.self) }
    reader.offset = range.upperBound
",
    ),
    // Bytes: no zeros first. The length is what the library says it is, and no negative one may end the program.
    (
        "    let range = reader.offset..<(reader.offset+count)
    guard reader.data.count >= range.upperBound else {
        throw UniffiInternalError.bufferOverflow
    }
    var value = [UInt8](repeating: 0, count: count)
    value.withUnsafeMutableBufferPointer({ buffer in
        reader.data.copyBytes(to: buffer, from: range)
    })
    reader.offset = range.upperBound
    return value
",
        "    try readRaw(&reader, count: count) { Array($0) }
",
    ),
    // A text: from where it stands.
    (
        "        return String(decoding: try readBytes(&buf, count: Int(len)), as: UTF8.self)
",
        "        return try readRaw(&buf, count: Int(len)) { String(decoding: $0, as: UTF8.self) }
",
    ),
    // A text inwards: not by way of a copy that ends with a zero.
    (
        "        return value.utf8CString.withUnsafeBufferPointer { ptr in
            // The swift string gives us int8_t, we want uint8_t.
            ptr.withMemoryRebound(to: UInt8.self) { ptr in
                // The swift string gives us a trailing null byte, we don't want it.
                let buf = UnsafeBufferPointer(rebasing: ptr.prefix(upTo: ptr.count - 1))
                return RustBuffer.from(buf)
            }
        }
",
        "        var value = value
        return value.withUTF8 { RustBuffer.from($0) }
",
    ),
    // A record inwards: it rarely has to grow.
    (
        "fileprivate func createWriter() -> [UInt8] {
    return []
",
        "fileprivate func createWriter() -> [UInt8] {
    var writer: [UInt8] = []
    writer.reserveCapacity(512)
    return writer
",
    ),
    // What two of the above share.
    (
        "// Reads an arbitrary number of bytes, to be used to read
",
        "// Reads an arbitrary number of bytes where they stand.
fileprivate func readRaw<R>(
    _ reader: inout (data: Data, offset: Data.Index), count: Int, _ make: (UnsafeRawBufferPointer) -> R
) throws -> R {
    guard count >= 0, reader.data.count - reader.offset >= count else {
        throw UniffiInternalError.bufferOverflow
    }
    let range = reader.offset..<(reader.offset + count)
    reader.offset = range.upperBound
    return reader.data.withUnsafeBytes { make(UnsafeRawBufferPointer(rebasing: $0[range])) }
}

// Reads an arbitrary number of bytes, to be used to read
",
    ),
];

/// Makes the changes in the file that was generated.
pub(crate) fn improve(folder: &Path) -> Result<(), String> {
    let file = folder.join("EnrollKitCore.swift");
    let error = |error: std::io::Error| format!("{}: {error}", file.display());
    let text = improved(fs::read_to_string(&file).map_err(error)?)?;
    fs::write(&file, text).map_err(error)
}

fn improved(mut text: String) -> Result<String, String> {
    for (before, after) in CHANGES {
        let found = text.matches(before).count();
        if found != 1 {
            return Err(format!(
                "uniffi generates other Swift than before: this is there {found} times instead of once; see {}:\n{before}",
                file!()
            ));
        }
        text = text.replace(before, after);
    }
    Ok(text)
}

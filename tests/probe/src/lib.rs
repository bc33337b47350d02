//! The vectors' runner as a WebAssembly module that imports nothing.
//!
//! Whatever the core did beyond computing (a clock, randomness, a file, a print) would be an import. The host writes a
//! case into memory that [`allocate`] gave, calls [`run`], and reads the result: its length in four bytes, then its text.

// Exported symbols and the hand-over of memory can't be written without it; the core itself forbids it.
#![allow(unsafe_code)]

use enrollkit::Json;

/// Memory for the host to write a case into.
#[unsafe(no_mangle)]
pub extern "C" fn allocate(length: usize) -> *mut u8 {
    Box::leak(vec![0; length].into_boxed_slice()).as_mut_ptr()
}

/// Runs the case `{"kind": …, "input": …}` at `start`, and gives the address of the result.
///
/// # Safety
/// `start` is what `allocate(length)` gave, used once.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn run(start: *mut u8, length: usize) -> *const u8 {
    // SAFETY: the caller's promise above; the memory was leaked as a boxed slice of this length.
    let case = unsafe { Box::from_raw(core::ptr::slice_from_raw_parts_mut(start, length)) };
    let result =
        String::from_utf8(case.into_vec()).map_err(|_| "not UTF-8".into()).and_then(|case| run_case(&case));
    let text = result.unwrap_or_else(|wrong| format!("wrong case: {wrong}"));
    let length = u32::try_from(text.len()).unwrap_or(u32::MAX).to_le_bytes();
    let bytes: Vec<u8> = length.into_iter().chain(text.into_bytes()).collect();
    Box::leak(bytes.into_boxed_slice()).as_ptr()
}

fn run_case(case: &str) -> Result<String, String> {
    let case = Json::parse(case).map_err(|error| error.to_string())?;
    let kind = case.get("kind").and_then(Json::as_str).ok_or("no kind")?;
    let input = case.get("input").ok_or("no input")?;
    enrollkit_tests::run(kind, input).map(|result| result.to_text())
}

//! Another team's Rust library, which a Swift program links beside enrollkit's.

use std::collections::HashMap;

/// Uses what both libraries bring: the allocator, threads, formatting, hashing, floating-point built-ins.
#[no_mangle]
pub extern "C" fn other_works() -> bool {
    let thread = std::thread::spawn(|| (1..=100_u128).map(|n| n * n).sum::<u128>().to_string());
    let counts: HashMap<String, f64> = [("a".repeat(3), 1.5_f64.mul_add(2.0, 0.5).ceil())].into();
    thread.join().is_ok_and(|sum| sum == "338350") && counts.get("aaa") == Some(&4.0)
}

/// Whether a panic is caught here. Where panics abort, there is none.
#[no_mangle]
pub extern "C" fn other_catches() -> bool {
    cfg!(panic = "abort") || std::panic::catch_unwind(|| [1, 2, 3][std::env::args().count() + 3]).is_err()
}

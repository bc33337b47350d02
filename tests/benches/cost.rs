//! What a signature costs, as ratios measured in one run: a number of nanoseconds says nothing about another machine.
//!
//! `cargo xtask bench`. Each row is the fastest of many rounds; the rounds of all rows alternate, so that whatever else the
//! machine does meets all of them.

// The allocator that counts can't be written without it.
#![allow(unsafe_code)]

use std::alloc::{GlobalAlloc, Layout, System};
use std::hint::black_box;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use enrollkit_benches::paths;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// Counts allocations.
struct Counting;

static ALLOCATIONS: AtomicUsize = AtomicUsize::new(0);

// SAFETY: everything is handed to the system's allocator unchanged.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        ALLOCATIONS.fetch_add(1, Ordering::Relaxed);
        // SAFETY: the caller's promise.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        // SAFETY: the caller's promise.
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static COUNTING: Counting = Counting;

/// One thing that is measured.
struct Row {
    name: &'static str,
    work: Box<dyn FnMut()>,
    nanoseconds: f64,
    allocations: usize,
}

const ROUNDS: usize = 400;
const CALLS: u32 = 500;

fn main() {
    // `cargo test --benches` runs this too; a timing is no test.
    if !std::env::args().any(|arg| arg == "--bench") {
        return;
    }
    let schedule = Hmac::<Sha256>::new_from_slice(b"0123456789abcdef0123456789abcdef").unwrap();
    let mut state = [0_u32; 8];
    let block = [[0_u8; 64]];

    let row = |name, work| Row { name, work, nanoseconds: f64::INFINITY, allocations: 0 };
    let mut rows = vec![
        row(
            "two SHA-256 compressions",
            Box::new(move || {
                sha2::block_api::compress256(black_box(&mut state), black_box(&block));
                sha2::block_api::compress256(black_box(&mut state), black_box(&block));
            }),
        ),
        row(
            "hmac's own MAC, its key schedule made once",
            Box::new(move || {
                let mut mac = black_box(&schedule).clone();
                mac.update(black_box(b"2026-11-22T10:00:00.000Z"));
                mac.update(black_box(b"085"));
                mac.update(b"sid_request");
                black_box(mac.finalize().into_bytes());
            }),
        ),
    ];
    rows.extend(paths().into_iter().map(|path| row(path.what, path.work)));
    for _ in 0..ROUNDS {
        for row in &mut rows {
            let (start, before) = (Instant::now(), ALLOCATIONS.load(Ordering::Relaxed));
            for _ in 0..CALLS {
                (row.work)();
            }
            let each = start.elapsed().as_secs_f64() * 1e9 / f64::from(CALLS);
            row.allocations = (ALLOCATIONS.load(Ordering::Relaxed) - before) / CALLS as usize;
            row.nanoseconds = row.nanoseconds.min(each);
        }
    }
    let unit = rows[0].nanoseconds;
    println!("{:<58} {:>8} {:>8} {:>12}", "what", "ns", "ratio", "allocations");
    for row in &rows {
        println!(
            "{:<58} {:>8.0} {:>8.2} {:>12}",
            row.name,
            row.nanoseconds,
            row.nanoseconds / unit,
            row.allocations
        );
    }
}

//! Keys that come again.

use alloc::collections::BinaryHeap;
use alloc::vec::Vec;

/// Up to how many keys are compared each with each: that is faster than sorting them.
pub(super) const FEW: usize = 32;

/// The places of keys that come again, each with the place where it comes next. Of more than a few keys, a heap (the smallest
/// of the library's sorted things) keeps a hostile object with a million from taking a million squared steps.
pub(super) fn repeated(keys: &[&str]) -> Vec<(usize, usize)> {
    let mut repeated = Vec::new();
    if keys.len() <= FEW {
        for (again, key) in keys.iter().enumerate() {
            let before = keys.iter().take(again).rposition(|name| name.len() == key.len() && name == key);
            repeated.extend(before.map(|place| (place, again)));
        }
        return repeated;
    }
    let mut sorted = BinaryHeap::with_capacity(keys.len());
    for (place, key) in keys.iter().enumerate() {
        sorted.push((*key, place));
    }
    // Equal keys come out one after the other, the last one first.
    let mut before = None;
    while let Some((key, place)) = sorted.pop() {
        if let Some((_, again)) = before.filter(|&(name, _)| name == key) {
            repeated.push((place, again));
        }
        before = Some((key, place));
    }
    repeated
}

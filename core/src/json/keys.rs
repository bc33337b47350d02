//! Keys that come again.

use alloc::collections::BinaryHeap;
use alloc::string::String;
use alloc::vec::Vec;

/// Up to how many keys are compared each with each: that is faster than sorting them.
const FEW: usize = 32;

/// The places of keys that come again, each with the place where it comes next. Of more than a few keys, a heap (the smallest
/// of the library's sorted things) keeps a hostile object with a million from taking a million squared steps.
pub(super) fn repeated<T>(pairs: &[(String, T)]) -> Vec<(usize, usize)> {
    let mut repeated = Vec::new();
    if pairs.len() <= FEW {
        for (again, (key, _)) in pairs.iter().enumerate() {
            let before =
                pairs.iter().take(again).rposition(|(name, _)| name.len() == key.len() && name == key);
            repeated.extend(before.map(|place| (place, again)));
        }
        return repeated;
    }
    let mut sorted = BinaryHeap::with_capacity(pairs.len());
    for (place, (key, _)) in pairs.iter().enumerate() {
        sorted.push((key.as_str(), place));
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

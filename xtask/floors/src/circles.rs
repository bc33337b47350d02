//! Files that import each other in a circle.

use std::collections::{BTreeMap, BTreeSet};

use crate::plan::FOLDER;

/// Files that reach themselves: each group of them once.
pub(crate) fn circles<'a>(imports: impl Iterator<Item = (&'a str, &'a str)>) -> Vec<String> {
    let mut below: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (from, to) in imports {
        below.entry(from).or_default().insert(to);
    }
    let all_below: BTreeMap<&str, BTreeSet<&str>> =
        below.keys().map(|file| (*file, reach(&below, file))).collect();
    let reaches = |from: &str, to: &str| all_below.get(from).is_some_and(|files| files.contains(to));
    let groups: BTreeSet<Vec<&str>> = below
        .keys()
        .filter(|file| reaches(file, file))
        .map(|file| {
            below.keys().copied().filter(|other| reaches(file, other) && reaches(other, file)).collect()
        })
        .collect();
    groups
        .into_iter()
        .map(|group| format!("{FOLDER}: a circle of {} files: {}", group.len(), group.join(", ")))
        .collect()
}

/// All that a file imports, and what that imports.
fn reach<'a>(below: &BTreeMap<&'a str, BTreeSet<&'a str>>, file: &str) -> BTreeSet<&'a str> {
    let mut out = BTreeSet::new();
    let mut waiting: Vec<&str> = below.get(file).into_iter().flatten().copied().collect();
    while let Some(next) = waiting.pop() {
        if out.insert(next) {
            waiting.extend(below.get(next).into_iter().flatten());
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::circles;

    #[test]
    fn each_circle_is_named_once() {
        let imports = [("a", "b"), ("b", "c"), ("c", "b"), ("d", "a"), ("x", "y"), ("y", "z"), ("z", "x")];
        assert_eq!(
            circles(imports.into_iter()),
            ["core/src: a circle of 2 files: b, c", "core/src: a circle of 3 files: x, y, z"]
        );
        assert!(circles([("a", "b"), ("a", "c"), ("b", "c")].into_iter()).is_empty());
    }
}

//! The closed sets, as enums.

use std::fmt::Write;

use super::text::{HEAD, kdoc};
use crate::catalogue::{Catalogue, Set, Word};
use crate::names::constant;

/// Every closed set, and the statuses of a user.
pub(super) fn file(catalogue: &Catalogue) -> String {
    let word = |slug: &String| Word { slug: slug.clone(), doc: String::new() };
    let statuses = Set {
        name: "EnrollmentStatus".into(),
        doc: "Where `status` and `enrollmentStatus` can stand.".into(),
        words: catalogue.enrollment_statuses.iter().map(word).collect(),
    };
    let sets: Vec<String> = catalogue.sets.iter().chain([&statuses]).map(set).collect();
    format!("{HEAD}package org.enrollkit\n\n{}", sets.join("\n"))
}

fn set(set: &Set) -> String {
    let name = &set.name;
    let mut out = kdoc("", &format!("{} [slug] is the word that every language uses.", set.doc), &[]);
    // Writing to a String can't fail.
    let _ = writeln!(out, "public enum class {name}(public val slug: String) {{");
    for Word { slug, doc } in &set.words {
        out.push_str(&kdoc(
            "    ",
            if doc.is_empty() { format!("`{slug}`") } else { doc.clone() }.as_str(),
            &[],
        ));
        let _ = writeln!(out, "    {}(\"{slug}\"),", constant(slug));
    }
    out.push_str("    ;\n\n    public companion object {\n");
    out.push_str("        /** The value of a slug; null for one that this version does not know. */\n");
    let _ = writeln!(out, "        @JvmStatic");
    let _ = writeln!(out, "        public fun ofSlug(slug: String): {name}? =\n            when (slug) {{");
    for Word { slug, .. } in &set.words {
        let _ = writeln!(out, "                \"{slug}\" -> {}", constant(slug));
    }
    out.push_str("                else -> null\n            }\n    }\n}\n");
    out
}

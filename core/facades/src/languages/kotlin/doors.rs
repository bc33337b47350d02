//! The numbers of the doors.

use std::fmt::Write;

use super::text::HEAD;
use crate::catalogue::Catalogue;
use crate::names::constant;

/// Every door, and the version that the library must have.
pub(super) fn file(catalogue: &Catalogue) -> String {
    let mut out = HEAD.to_owned();
    out.push_str("package org.enrollkit.jni\n\n");
    out.push_str("/** What can be asked of the core: its table with what goes in and comes out is `core/doors/src/door.rs`. */\n");
    out.push_str("internal object Door {\n");
    // Writing to a String can't fail.
    let _ = writeln!(
        out,
        "    /** The library's, which must be this one. */\n    const val LIBRARY_VERSION: String = \"{}\"\n",
        catalogue.version
    );
    for (number, door) in catalogue.doors.iter().enumerate() {
        let _ = writeln!(out, "    const val {}: Int = {}", constant(door), number);
    }
    out.push_str("}\n");
    out
}

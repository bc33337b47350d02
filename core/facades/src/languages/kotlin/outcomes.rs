//! What comes of a call: a class for each outcome and for each of their parts, with members, equality and the text form.

use std::fmt::Write;

use super::text::{HEAD, HIDDEN, declared, kdoc, name};
use crate::catalogue::{Catalogue, Field, FieldKind, Record};
use crate::names::constant;

const IMPORTS: &str = "import kotlinx.serialization.KSerializer
import kotlinx.serialization.Serializable
import kotlinx.serialization.json.JsonElement
import org.enrollkit.jni.CoreOutcome
import org.enrollkit.jni.Plain

";

/// All outcomes, all records, and what makes an outcome of what the core read.
pub(super) fn file(catalogue: &Catalogue) -> String {
    let mut out = format!("{HEAD}{HIDDEN}package org.enrollkit\n\n{IMPORTS}");
    let outcomes = catalogue.outcomes.iter().map(outcome);
    let records = catalogue.records.iter().map(record);
    out.push_str(&outcomes.chain(records).chain([reader(catalogue)]).collect::<Vec<_>>().join("\n"));
    out
}

fn outcome(outcome: &Record) -> String {
    let class = &outcome.name;
    let mut out = kdoc("", &outcome.doc, &[]);
    // Writing to a String can't fail.
    let _ = writeln!(out, "@Serializable(with = {class}Serializer::class)");
    let _ = writeln!(
        out,
        "public class {class} internal constructor(read: CoreOutcome, plain: Plain) : Outcome(read, plain) {{"
    );
    members(&mut out, outcome);
    let shown = std::iter::once("${operation.slug}".to_owned()).chain(shown(outcome));
    out.push_str(&to_string(outcome, shown));
    let _ = writeln!(out, "\n    public companion object {{\n        /** For `kotlinx.serialization`. */");
    let _ = writeln!(out, "        @JvmStatic");
    let _ = writeln!(
        out,
        "        public fun serializer(): KSerializer<{class}> = {class}Serializer\n    }}\n}}"
    );
    let _ = writeln!(out, "\n/** Of [{class}]. */");
    let _ = writeln!(
        out,
        "public object {class}Serializer : OneOutcomeSerializer<{class}>(\"{class}\", {class}::class.java)"
    );
    out
}

fn record(record: &Record) -> String {
    let class = &record.name;
    let mut out = kdoc("", &record.doc, &[]);
    let _ = writeln!(out, "public class {class} internal constructor(private val plain: Plain) {{");
    members(&mut out, record);
    let _ = writeln!(out, "    /** Equal when the plain forms are. */");
    let equals = "override fun equals(other: Any?): Boolean";
    out.push_str(&declared("    ", equals, &format!("other is {class} && other.plain == plain")));
    let _ = writeln!(out, "\n    override fun hashCode(): Int = plain.hashCode()\n");
    out.push_str(&to_string(record, shown(record)));
    out.push_str("}\n");
    out
}

fn members(out: &mut String, record: &Record) {
    for field in &record.fields {
        out.push_str(&kdoc("    ", &field.doc, &[]));
        let _ = writeln!(out, "    public val {}: {}\n", name(&field.name), value(field));
    }
}

/// The type of a member, and how it is read.
fn value(field: &Field) -> String {
    let wire = &field.name;
    let (kind, read) = match &field.kind {
        FieldKind::Text => ("String", format!("plain.text(\"{wire}\")")),
        FieldKind::Flag => ("Boolean", format!("plain.flag(\"{wire}\")")),
        FieldKind::Status => ("Int", format!("plain.int(\"{wire}\")")),
        FieldKind::Word(set) => (set.as_str(), format!("plain.text(\"{wire}\")?.let {{ {set}.ofSlug(it) }}")),
        FieldKind::Json => ("JsonElement", format!("plain.element(\"{wire}\")")),
        FieldKind::Record(record) if field.always => {
            return format!("{record} = {record}(checkNotNull(plain.plain(\"{wire}\")))");
        }
        FieldKind::Record(record) => (record.as_str(), format!("plain.plain(\"{wire}\")?.let(::{record})")),
        FieldKind::List(record) => {
            return format!("List<{record}> = plain.plains(\"{wire}\").map(::{record})");
        }
    };
    let (mark, read) = if field.always { ("", format!("checkNotNull({read})")) } else { ("?", read) };
    if field.kind == FieldKind::Json {
        // Most callers don't ask for it, and it is a tree of its own.
        return format!("{kind}{mark} by lazy(LazyThreadSafetyMode.PUBLICATION) {{ {read} }}");
    }
    format!("{kind}{mark} = {read}")
}

/// What may be shown of each field that may be.
fn shown(record: &Record) -> impl Iterator<Item = String> {
    record.fields.iter().filter(|field| field.shown).map(|field| {
        let name = name(&field.name);
        match &field.kind {
            FieldKind::Word(_) if field.always => format!("{name}=${{{name}.slug}}"),
            FieldKind::Word(_) => format!("{name}=${{{name}?.slug}}"),
            FieldKind::List(_) => format!("{name}=${{{name}.size}} items"),
            _ => format!("{name}=${name}"),
        }
    })
}

/// The text form: what is shown, and whether there is more.
fn to_string(record: &Record, shown: impl Iterator<Item = String>) -> String {
    let hidden = record.fields.iter().any(|field| !field.shown).then(|| "…".to_owned());
    let text = shown.chain(hidden).collect::<Vec<_>>().join(", ");
    declared("    ", "override fun toString(): String", &format!("\"{}({text})\"", record.name))
}

/// By operation, without an `else`: one that is left out does not compile.
fn reader(catalogue: &Catalogue) -> String {
    let mut out = String::from("/** The outcome of what the core read. */\n");
    out.push_str("internal fun outcomeOf(read: CoreOutcome): Outcome {\n    val plain = read.plain\n");
    out.push_str("    return when (operationOf(plain)) {\n");
    let operations: Vec<_> = catalogue.services.iter().flat_map(|service| &service.operations).collect();
    for Record { name, .. } in &catalogue.outcomes {
        let slugs = operations.iter().filter(|operation| operation.outcome == *name);
        let words: Vec<String> =
            slugs.map(|operation| format!("Operation.{}", constant(&operation.slug))).collect();
        match words.as_slice() {
            [] => {}
            [word] => {
                let _ = writeln!(out, "        {word} -> {name}(read, plain)");
            }
            words => {
                let _ =
                    writeln!(out, "        {},\n        -> {name}(read, plain)", words.join(",\n        "));
            }
        }
    }
    out.push_str("    }\n}\n");
    out
}

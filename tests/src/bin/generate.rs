//! Writes what other languages and translators need of the core's closed sets: `core/catalogue`, and the types of TypeScript,
//! Python, Kotlin and Swift.
//!
//! `cargo xtask gen`; with `--check` it only says whether the files are up to date.

// The table itself: the doors' crate is no part of what the probe, which shares this package, is made of.
#[allow(dead_code, unreachable_pub, reason = "the table is read here, and no door opened")]
#[path = "../../../core/doors/src/door.rs"]
mod door;
#[path = "generate/doors.rs"]
mod doors;
#[path = "generate/kotlin.rs"]
mod kotlin;
#[path = "generate/python.rs"]
mod python;
#[path = "generate/swift.rs"]
mod swift;

use std::fmt::Write;
use std::path::Path;
use std::process::ExitCode;

use enrollkit::json::Object;
use enrollkit::smile_id::{Confirmation, PartnerIdForm, RawAuth, RawHost};
use enrollkit::unifyia::{ENROLLMENT_STATUSES, FIELDS, FieldKind, PathSpelling, Wrapping};
use enrollkit::{
    Acknowledgement, Action, Cause, Environment, ErrorCode, ErrorKind, Json, Method, Operation,
    RefusalReason, Retry, Service, UnreadableReason, ViolationCode,
};

fn main() -> ExitCode {
    let check = std::env::args().any(|arg| arg == "--check");
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut stale = false;
    let files = [
        ("core/catalogue/violations.json", violations()),
        ("core/catalogue/slugs.json", slugs()),
        ("core/catalogue/user-fields.json", fields()),
        ("bindings-wasm/npm/src/generated.ts", typescript()),
        (
            "bindings-mobile/kotlin/src/generated/kotlin/org/enrollkit/ClosedSets.kt",
            kotlin::closed_sets(&sets()),
        ),
        ("bindings-mobile/kotlin/src/generated/kotlin/org/enrollkit/SignUpUser.kt", kotlin::user()),
        ("bindings-mobile/kotlin/src/generated/kotlin/org/enrollkit/jni/Door.kt", doors::kotlin()),
        ("bindings-python/python/enrollkit/_generated.py", python::types(&sets())),
        ("bindings-mobile/swift/Sources/EnrollKit/ClosedSets.swift", swift::closed_sets(&sets())),
        ("bindings-mobile/swift/Sources/EnrollKit/SignUpUser.swift", swift::user()),
    ];
    for (name, content) in files {
        let path = root.join(name);
        if std::fs::read_to_string(&path).is_ok_and(|current| current == content) {
            continue;
        }
        if check {
            eprintln!("{name} is not up to date: run `cargo xtask gen`");
            stale = true;
        } else if let Err(error) = std::fs::write(&path, content) {
            eprintln!("can't write {}: {error}", path.display());
            return ExitCode::FAILURE;
        } else {
            println!("wrote {name}");
        }
    }
    if stale { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

/// One line each, so that a change shows as a line.
fn lines(about: &str, items: &[Json]) -> String {
    let items: Vec<String> = items.iter().map(|item| format!("    {}", item.to_text())).collect();
    format!(
        "{{\n  \"about\": {},\n  \"items\": [\n{}\n  ]\n}}\n",
        Json::from(about).to_text(),
        items.join(",\n")
    )
}

fn object<const N: usize>(pairs: [(&str, Json); N]) -> Json {
    let mut out = Object::new();
    for (key, value) in pairs {
        out.insert(key, value);
    }
    out.into()
}

fn violations() -> String {
    let about = "What can be wrong with a value. {expected} and {limit} stand for the violation's parameters; an unknown key's \
                 message also names the nearest known one, when there is one.";
    let item = |code: &ViolationCode| {
        let message = code.template();
        let near = |name: &str| *code == ViolationCode::UnknownKey && name == "expected";
        let parameters = ["expected", "limit"]
            .into_iter()
            .filter(|name| near(name) || message.contains(&format!("{{{name}}}")));
        object([
            ("code", code.slug().into()),
            ("message", message.into()),
            ("parameters", parameters.map(Json::from).collect::<Vec<_>>().into()),
        ])
    };
    lines(about, &ViolationCode::ALL.iter().map(item).collect::<Vec<_>>())
}

/// Every closed set, with its slugs.
fn sets() -> Vec<(&'static str, Vec<&'static str>)> {
    macro_rules! sets {
        ($($name:ident),+ $(,)?) => {
            vec![$((stringify!($name), $name::ALL.iter().map(|value| value.slug()).collect())),+]
        };
    }
    enrollkit_tests::closed_sets!(sets)
}

fn slugs() -> String {
    let about =
        "Every closed set of the core. A new version may add to one; an unknown slug must be survived.";
    let item = |(set, slugs): (&str, Vec<&str>)| {
        object([("set", set.into()), ("slugs", slugs.into_iter().map(Json::from).collect::<Vec<_>>().into())])
    };
    lines(about, &sets().into_iter().map(item).collect::<Vec<_>>())
}

/// The closed sets and the user object as TypeScript's types.
fn typescript() -> String {
    let quoted = |word: &&str| format!("\"{word}\"");
    // Writing to a String can't fail.
    let mut out = String::from("// Generated by `cargo xtask gen` from the core. Do not edit.\n\n");
    out.push_str("/** An open JSON object: its shape depends on the organization's workflow. Sent exactly as given. */\n");
    out.push_str("export type OpenObject = { readonly [key: string]: unknown };\n\n");
    for (set, slugs) in sets() {
        let words: Vec<String> = slugs.iter().map(quoted).collect();
        let _ = write!(out, "export type {set} =\n  | {};\n\n", words.join("\n  | "));
    }
    let statuses: Vec<String> = ENROLLMENT_STATUSES.iter().map(quoted).collect();
    out.push_str(
        "/** Where `status` and `enrollmentStatus` can stand; the literal words, spaces included. */\n",
    );
    let _ = write!(out, "export const ENROLLMENT_STATUSES = [{}] as const;\n\n", statuses.join(", "));
    out.push_str(
        "/** The user object of a sign-up, with the wire's own names and the documentation's words. */\n",
    );
    out.push_str("export interface SignUpUser {\n");
    for field in FIELDS {
        let doc = field.doc().split(" One of [`").next().unwrap_or_default();
        let by =
            if field.set_by_server { " Set by the organization, not in a self-service form." } else { "" };
        let kind = match field.kind {
            FieldKind::Text | FieldKind::Name | FieldKind::Email => "string",
            FieldKind::Status => "(typeof ENROLLMENT_STATUSES)[number]",
            FieldKind::Instant => "string | Date",
            FieldKind::Long => "bigint | number",
            FieldKind::Flag => "boolean",
            FieldKind::Object => "OpenObject",
            FieldKind::Array => "readonly OpenObject[]",
            FieldKind::ObjectOrArray => "readonly OpenObject[] | OpenObject",
        };
        let (optional, null) = if field.required { ("", "") } else { ("?", " | null | undefined") };
        let _ = write!(out, "  /** {doc}{by} */\n  readonly {}{optional}: {kind}{null};\n", field.name);
    }
    out.push_str("}\n");
    out
}

fn fields() -> String {
    let item = |field: &enrollkit::unifyia::Field| {
        let mut item = object([
            ("name", field.name.into()),
            ("type", field.kind.expected().into()),
            ("required", field.required.into()),
            ("set_by_server", field.set_by_server.into()),
            ("doc", field.doc().split(" One of [`").next().unwrap_or_default().into()),
        ]);
        if let (FieldKind::Status, Json::Object(item)) = (field.kind, &mut item) {
            item.insert("values", ENROLLMENT_STATUSES.map(Json::from).to_vec());
        }
        item
    };
    lines(
        "The user object of a Unifyia sign-up, in the documentation's order.",
        &FIELDS.iter().map(item).collect::<Vec<_>>(),
    )
}

//! A small made-up catalogue, and the snapshots of what each writer makes of it.
//!
//! It has one of each kind of thing that a catalogue can hold, so that a writer's snapshot shows all that the writer can do, and
//! changes only when the writer does, never when a service adds something.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::catalogue::{
    Catalogue, Confirmed, Constant, Field, FieldKind, Key, KeyKind, Operation, OptionKey, OptionKind,
    Options, Record, Service, Set, Template, UserField, UserFieldKind, Word,
};
use crate::facade::{Content, File};

/// The made-up catalogue.
pub(crate) fn catalogue() -> Catalogue {
    Catalogue {
        version: "1.2.3".into(),
        sets: sets(),
        services: vec![acme_id(), acme_office()],
        outcomes: outcomes(),
        records: records(),
        options: options(),
        constants: vec![
            Constant {
                name: "MAX_ANSWER_BYTES".into(),
                doc: "The largest answer that is read, in bytes: 5 MiB.".into(),
                value: 5 * 1024 * 1024,
            },
            Constant { name: "MAX_FLOORS".into(), doc: "How high a house may be.".into(), value: 12 },
        ],
        user: user(),
        enrollment_statuses: vec!["WAITING".into(), "ALL DONE".into()],
        violations: vec![
            template("required", "is required", None),
            template("wrong_type", "must be of type {expected}", None),
            template("unknown_key", "is not a known field", Some("; did you mean `{expected}`?")),
            template("too_long", "must have at most {limit} bytes", None),
        ],
        doors: vec!["acme_id_make".into(), "acme_id_call".into()],
    }
}

fn set(name: &str, doc: &str, slugs: &[&str]) -> Set {
    let word = |slug: &&str| Word { slug: (*slug).into(), doc: format!("What `{slug}` means.") };
    Set { name: name.into(), doc: doc.into(), words: slugs.iter().map(word).collect() }
}

fn sets() -> Vec<Set> {
    vec![
        set(
            "Action",
            "What an intent asks for.",
            &["acme_id.approve", "acme_id.erase_for_ever", "acme_office.sign_up"],
        ),
        set("Mood", "How the service feels about it.", &["glad", "in_two_minds"]),
        set(
            "Operation",
            "What a call does.",
            &[
                "acme_id.approve",
                "acme_id.erase_for_ever",
                "acme_id.raw",
                "acme_office.sign_up",
                "acme_office.raw",
            ],
        ),
        set("Service", "Whom a call is for.", &["acme_id", "acme_office"]),
    ]
}

fn key(name: &str, doc: &str, kind: KeyKind, required: bool) -> Key {
    Key { name: name.into(), doc: doc.into(), kind, required }
}

fn operation(slug: &str, doc: &str, keys: &[Key], outcome: &str) -> Operation {
    let name = slug.rsplit('.').next().unwrap_or_default();
    Operation {
        slug: slug.into(),
        doc: doc.into(),
        method: (name != "raw").then(|| name.into()),
        keys: keys.to_vec(),
        is_mutation: name != "approve",
        outcome: outcome.into(),
        confirmed: (name != "raw").then(|| confirmed((name == "erase_for_ever").then_some("erased"))),
    }
}

fn confirmed(flag: Option<&str>) -> Confirmed {
    let [set, unset] = if flag.is_some() { ["yes", "no"] } else { ["who_knows"; 2] };
    Confirmed { flag: flag.map(Into::into), set: set.into(), unset: unset.into(), deleted: "no".into() }
}

/// A service whose calls are signed: an action about one user, and one with a further key.
fn acme_id() -> Service {
    let user_id = key("user_id", "The user's id, as you gave it.", KeyKind::Text, true);
    let confirm = key("confirm", "The user's id again.", KeyKind::Text, true);
    Service {
        slug: "acme_id".into(),
        name: "AcmeId".into(),
        signed: true,
        operations: vec![
            operation(
                "acme_id.approve",
                "Says whether Acme approves.",
                std::slice::from_ref(&user_id),
                "Approval",
            ),
            operation(
                "acme_id.erase_for_ever",
                "Erases a user. `confirm` must repeat the \"user id\".",
                &[user_id, confirm],
                "Erased",
            ),
            operation("acme_id.raw", "Makes a call for what has no method.", &[], "RawReply"),
        ],
    }
}

/// A service whose calls carry a token: an action with a user object and a key that can be left out.
fn acme_office() -> Service {
    let user = key("user", "The user who is to be signed up.", KeyKind::SignUpUser, true);
    let branch_name = key("branch_name", "The branch, when it is not the main one.", KeyKind::Text, false);
    Service {
        slug: "acme_office".into(),
        name: "AcmeOffice".into(),
        signed: false,
        operations: vec![
            operation("acme_office.sign_up", "Signs a user up.", &[user, branch_name], "Erased"),
            operation("acme_office.raw", "Makes a call for what has no method.", &[], "RawReply"),
        ],
    }
}

fn record(name: &str, doc: &str, fields: Vec<Field>) -> Record {
    Record { name: name.into(), doc: doc.into(), fields }
}

/// A field that may be missing and is not shown.
fn field(name: &str, kind: FieldKind, doc: &str) -> Field {
    Field { name: name.into(), doc: doc.into(), kind, always: false, shown: false }
}

fn always(field: Field) -> Field {
    Field { always: true, ..field }
}

fn shown(field: Field) -> Field {
    Field { shown: true, ..field }
}

/// The first has each kind of field, always there or not, shown or not.
fn outcomes() -> Vec<Record> {
    let status = || shown(always(field("status", FieldKind::Status, "The HTTP status.")));
    let mood = |name: &str| field(name, FieldKind::Word("Mood".into()), "How Acme feels about it.");
    vec![
        record(
            "Approval",
            "What Acme knows of a user. What the answer leaves out is missing.",
            vec![
                status(),
                shown(always(mood("mood"))),
                mood("mood_before"),
                shown(field("is_approved", FieldKind::Flag, "Whether Acme approves.")),
                field("full_name", FieldKind::Text, "The user's name, heavy personal data."),
                shown(field("account", FieldKind::Record("Account".into()), "The user's account.")),
                shown(always(field("visits", FieldKind::List("Visit".into()), "The user's visits."))),
                field("remark", FieldKind::Json, "Whatever Acme remarked, numbers exact."),
            ],
        ),
        record("Erased", "A change was accepted.", vec![status()]),
        record(
            "RawReply",
            "The answer to a `raw` call.",
            vec![
                status(),
                field("json", FieldKind::Json, "The JSON as it came; missing when it is not JSON."),
            ],
        ),
    ]
}

/// The second is made of the first.
fn records() -> Vec<Record> {
    vec![
        record(
            "Account",
            "A user's account.",
            vec![
                shown(field("is_open", FieldKind::Flag, "Whether it is open.")),
                field("number", FieldKind::Text, "The account's number."),
            ],
        ),
        record(
            "Visit",
            "One visit.",
            vec![
                field("created_at", FieldKind::Text, "When, as the service wrote it: `\"09:00\"`."),
                always(field("account", FieldKind::Record("Account".into()), "The account of that day.")),
            ],
        ),
    ]
}

fn option(name: &str, kind: OptionKind, required: bool, doc: &str) -> OptionKey {
    OptionKey { name: name.into(), doc: doc.into(), kind, required }
}

/// The options of a client, and of what is no client: each kind of option.
fn options() -> Vec<Options> {
    vec![
        Options {
            name: "AcmeIdOptions".into(),
            keys: vec![
                option("partner_id", OptionKind::Text, true, "Digits as issued."),
                option("mood", OptionKind::Word("Mood".into()), true, "How to feel about it."),
                option("allow_http", OptionKind::Flag, false, "Lets the base URL be `http`."),
            ],
        },
        Options {
            name: "DoorkeeperOptions".into(),
            keys: vec![
                option("keys", OptionKind::Texts, true, "The keys."),
                option("max_wait_seconds", OptionKind::Seconds, false, "How long to wait, in seconds."),
            ],
        },
    ]
}

fn template(code: &str, message: &str, addition: Option<&str>) -> Template {
    Template { code: code.into(), message: message.into(), addition: addition.map(Into::into) }
}

fn user() -> Vec<UserField> {
    let field = |name: &str, kind, expected: &str, required, set_by_server| UserField {
        name: name.into(),
        doc: format!("The user's `{name}`."),
        kind,
        expected: expected.into(),
        required,
        set_by_server,
    };
    vec![
        field("id", UserFieldKind::Long, "integer", false, true),
        field("name", UserFieldKind::Text, "string", true, false),
        field("status", UserFieldKind::Status, "string", false, true),
        field("lastSeen", UserFieldKind::Instant, "string", false, true),
        field("canSing", UserFieldKind::Flag, "boolean", false, false),
        field("userAddress", UserFieldKind::Object, "object", true, false),
        field("userPets", UserFieldKind::Array, "array of objects", false, false),
        field("userKeys", UserFieldKind::ObjectOrArray, "array of objects or object", false, false),
    ]
}

/// Compares all that a writer gives for the made-up catalogue, byte for byte, with the files below `snapshots/<language>`. With
/// `ENROLLKIT_BLESS=1` in the environment they are written instead, and those that the writer no longer gives are removed.
///
/// A part of a file lies beside where the file would, under the file's name with the part's: `README.operations.md`.
pub(crate) fn snapshot(language: &str, files: &[File]) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("snapshots").join(language);
    let wanted: Vec<(PathBuf, &str)> = files.iter().map(place).collect();
    let paths: BTreeSet<&Path> = wanted.iter().map(|(path, _)| path.as_path()).collect();
    assert_eq!(paths.len(), wanted.len(), "{language}: two files have one path");
    let present = files_below(&folder);
    let stale = present.iter().filter(|path| !paths.contains(path.strip_prefix(&folder).unwrap_or(path)));
    if std::env::var("ENROLLKIT_BLESS").as_deref() == Ok("1") {
        for path in stale {
            fs::remove_file(path).expect("a stale snapshot can be removed");
        }
        for (path, text) in &wanted {
            let path = folder.join(path);
            fs::create_dir_all(path.parent().expect("a file has a folder")).expect("folders can be made");
            fs::write(path, text).expect("a snapshot can be written");
        }
        return;
    }
    let mut wrong: Vec<String> = stale.map(|path| format!("{}: nothing writes it", path.display())).collect();
    for (path, text) in &wanted {
        let path = folder.join(path);
        match fs::read_to_string(&path) {
            Ok(snapshot) if snapshot == *text => {}
            Ok(snapshot) => wrong.push(format!("{}: {}", path.display(), difference(&snapshot, text))),
            Err(error) => wrong.push(format!("{}: {error}", path.display())),
        }
    }
    assert!(wrong.is_empty(), "look at the change, then run with ENROLLKIT_BLESS=1:\n{}", wrong.join("\n"));
}

/// Where a file's snapshot lies, and what it holds.
fn place(file: &File) -> (PathBuf, &str) {
    let path = PathBuf::from(&file.path);
    match &file.content {
        Content::Whole(text) => (path, text),
        Content::Part { name, text } => {
            let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
            (path.with_extension(format!("{name}.{extension}")), text)
        }
    }
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let paths = entries.map(|entry| entry.expect("a folder can be read").path());
    paths.flat_map(|path| if path.is_dir() { files_below(&path) } else { vec![path] }).collect()
}

/// The first line that differs.
fn difference(snapshot: &str, text: &str) -> String {
    let (mut old, mut new) = (snapshot.lines(), text.lines());
    for line in 1.. {
        match (old.next(), new.next()) {
            (None, None) => break,
            (old, new) if old == new => {}
            (old, new) => return format!("line {line}: snapshot has {old:?}, the writer gives {new:?}"),
        }
    }
    "only line ends differ".into()
}

#[cfg(test)]
mod tests {
    use super::{catalogue, place};
    use crate::catalogue::{FieldKind, KeyKind};
    use crate::facade::File;

    #[test]
    fn every_kind_of_field_and_key_is_there() {
        let catalogue = catalogue();
        let fields = &catalogue.outcomes[0].fields;
        let has = |wanted: fn(&FieldKind) -> bool| fields.iter().any(|field| wanted(&field.kind));
        assert!(has(|kind| matches!(kind, FieldKind::Text)));
        assert!(has(|kind| matches!(kind, FieldKind::Flag)));
        assert!(has(|kind| matches!(kind, FieldKind::Status)));
        assert!(has(|kind| matches!(kind, FieldKind::Word(_))));
        assert!(has(|kind| matches!(kind, FieldKind::Json)));
        assert!(has(|kind| matches!(kind, FieldKind::Record(_))));
        assert!(has(|kind| matches!(kind, FieldKind::List(_))));
        let mut keys =
            catalogue.services.iter().flat_map(|service| &service.operations).flat_map(|o| &o.keys);
        assert!(keys.clone().any(|key| key.kind == KeyKind::SignUpUser));
        assert!(keys.any(|key| !key.required));
    }

    #[test]
    fn a_part_has_a_name_of_its_own() {
        let part = File::part("docs/README.md", "operations", "x\n".into());
        assert_eq!(place(&part).0.to_str(), Some("docs/README.operations.md"));
    }
}

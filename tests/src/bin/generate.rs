//! Writes what other languages and translators need of the core's closed sets, into `core/catalogue`.
//!
//! `cargo xtask gen`; with `--check` it only says whether the files are up to date.

use std::path::Path;
use std::process::ExitCode;

use enrollkit::json::Object;
use enrollkit::smile_id::{Confirmation, RawAuth, RawHost, Verdict};
use enrollkit::unifyia::{ENROLLMENT_STATUSES, FIELDS, FieldKind, PathSpelling, Wrapping};
use enrollkit::{
    Acknowledgement, Action, Cause, Environment, ErrorCode, ErrorKind, Json, Method, Operation,
    RefusalReason, Retry, Service, UnreadableReason, ViolationCode,
};

fn main() -> ExitCode {
    let check = std::env::args().any(|arg| arg == "--check");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../core/catalogue");
    let mut stale = false;
    for (name, content) in
        [("violations.json", violations()), ("slugs.json", slugs()), ("user-fields.json", fields())]
    {
        let path = folder.join(name);
        if std::fs::read_to_string(&path).is_ok_and(|current| current == content) {
            continue;
        }
        if check {
            eprintln!("core/catalogue/{name} is not up to date: run `cargo xtask gen`");
            stale = true;
        } else if let Err(error) =
            std::fs::create_dir_all(&folder).and_then(|()| std::fs::write(&path, content))
        {
            eprintln!("can't write {}: {error}", path.display());
            return ExitCode::FAILURE;
        } else {
            println!("wrote core/catalogue/{name}");
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
        let parameters =
            ["expected", "limit"].into_iter().filter(|name| message.contains(&format!("{{{name}}}")));
        object([
            ("code", code.slug().into()),
            ("message", message.into()),
            ("parameters", parameters.map(Json::from).collect::<Vec<_>>().into()),
        ])
    };
    lines(about, &ViolationCode::ALL.iter().map(item).collect::<Vec<_>>())
}

fn slugs() -> String {
    macro_rules! sets {
        ($($name:ident),+ $(,)?) => {
            vec![$(object([
                ("set", stringify!($name).into()),
                ("slugs", $name::ALL.iter().map(|value| Json::from(value.slug())).collect::<Vec<_>>().into()),
            ])),+]
        };
    }
    let about =
        "Every closed set of the core. A new version may add to one; an unknown slug must be survived.";
    let sets = sets![
        Acknowledgement,
        Action,
        Cause,
        Confirmation,
        Environment,
        ErrorCode,
        ErrorKind,
        Method,
        Operation,
        PathSpelling,
        RawAuth,
        RawHost,
        RefusalReason,
        Retry,
        Service,
        UnreadableReason,
        Verdict,
        ViolationCode,
        Wrapping,
    ];
    lines(about, &sets)
}

fn fields() -> String {
    let item = |field: &enrollkit::unifyia::Field| {
        let mut item = object([
            ("name", field.name.into()),
            ("type", field.kind.expected().into()),
            ("required", field.required.into()),
            ("set_by_server", field.set_by_server.into()),
            ("doc", field.doc.split(" One of [`").next().unwrap_or_default().into()),
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

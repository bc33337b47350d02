//! The catalogue of the core: its own tables, read.

use enrollkit::catalogue::{
    Field as CoreField, FieldKind as CoreFieldKind, Key as CoreKey, KeyKind as CoreKeyKind, OPERATIONS,
    OPTIONS, OUTCOMES, OperationRow, OptionKey as CoreOption, OptionKind as CoreOptionKind,
    Record as CoreRecord, SECRETS, client_of, is_signed,
};
use enrollkit::smile_id::{Confirmation, PartnerIdForm, RawAuth, RawHost};
use enrollkit::unifyia::{
    ENROLLMENT_STATUSES, FIELDS, Field as CoreUserField, FieldKind as CoreKind, PathSpelling, Wrapping,
};
use enrollkit::{
    Acknowledgement, Action, Cause, Environment, ErrorCode, ErrorKind, Method, Operation as CoreOperation,
    RefusalReason, Retry, Service as CoreService, UnreadableReason, ViolationCode,
};
use enrollkit_doors::Door;

use crate::catalogue::{
    Catalogue, Constant, Field, FieldKind, Key, KeyKind, Operation, OptionKey, OptionKind, Options, Record,
    Service, Set, Template, UserField, UserFieldKind, Word,
};
use crate::confirmations::confirmed;

/// The catalogue of this version of the core.
#[must_use]
pub fn catalogue() -> Catalogue {
    Catalogue {
        version: env!("CARGO_PKG_VERSION").into(),
        sets: sets(),
        services: services(),
        outcomes: outcomes(),
        records: records(),
        options: options(),
        constants: constants(),
        user: FIELDS.iter().map(user_field).collect(),
        enrollment_statuses: ENROLLMENT_STATUSES.map(Into::into).to_vec(),
        violations: ViolationCode::ALL.iter().copied().map(template).collect(),
        doors: Door::ALL.iter().map(|door| door.name().into()).collect(),
    }
}

/// Every closed set, with its words.
fn sets() -> Vec<Set> {
    macro_rules! sets {
        ($($name:ident: $doc:literal,)+) => {
            vec![$(Set {
                name: stringify!($name).into(),
                doc: $doc.into(),
                words: $name::ALL
                    .iter()
                    .map(|value| Word { slug: value.slug().into(), doc: String::new() })
                    .collect(),
            }),+]
        };
    }
    use CoreOperation as Operation;
    use CoreService as Service;
    sets![
        Acknowledgement: "Whether the service said in so many words that it did what was asked.",
        Action: "What an intent asks for.",
        Cause: "A usual cause of an `unauthorized`.",
        Confirmation: "Whether a look-up shows a change in effect.",
        Environment: "Where a client works. Each environment has its own host and its own API key.",
        ErrorCode: "What went wrong, in one word.",
        ErrorKind: "Why the service said no.",
        Method: "An HTTP method.",
        Operation: "What a call does; it names the reader of the answer.",
        PartnerIdForm: "In which form the partner id of a callback or webhook was signed.",
        PathSpelling: "How the sign-up's path is spelled.",
        RawAuth: "Where a raw call's signature goes.",
        RawHost: "Which of Smile ID's hosts a raw call goes to.",
        RefusalReason: "Why a callback or webhook is not to be trusted.",
        Retry: "Whether, and how, to try again.",
        Service: "Whom a call is for.",
        UnreadableReason: "Why an answer can't be read.",
        ViolationCode: "What is wrong with one value.",
        Wrapping: "Whether a sign-up's body is the user object or wraps it.",
    ]
}

/// A sentence of the core's documentation, whose lines begin with a space.
fn sentence(doc: &str) -> String {
    doc.trim().into()
}

fn services() -> Vec<Service> {
    let operations =
        |service: CoreService| OPERATIONS.iter().filter(move |row| row.operation.service() == service);
    let of_service = |&service: &CoreService| Service {
        slug: service.slug().into(),
        name: client_of(service).into(),
        signed: is_signed(service),
        operations: operations(service).map(operation).collect(),
    };
    CoreService::ALL.iter().map(of_service).collect()
}

fn operation(row: &OperationRow) -> Operation {
    let key = |key: &CoreKey| Key {
        name: key.name.into(),
        doc: sentence(key.doc),
        kind: match key.kind {
            CoreKeyKind::Text => KeyKind::Text,
            CoreKeyKind::SignUpUser => KeyKind::SignUpUser,
        },
        required: key.required,
    };
    Operation {
        slug: row.operation.slug().into(),
        doc: sentence(row.doc),
        method: row.action.map(|_| row.method.into()),
        keys: row.keys.iter().map(key).collect(),
        is_mutation: row.operation.is_mutation(),
        outcome: row.outcome.into(),
        confirmed: row.action.map(confirmed),
    }
}

fn record(of: &CoreRecord) -> Record {
    Record { name: of.name.into(), doc: sentence(of.doc), fields: of.fields.iter().map(field).collect() }
}

fn field(of: &CoreField) -> Field {
    let (kind, always) = match of.kind {
        CoreFieldKind::Text => (FieldKind::Text, false),
        CoreFieldKind::Flag => (FieldKind::Flag, false),
        CoreFieldKind::Status => (FieldKind::Status, true),
        CoreFieldKind::Acknowledgement => (FieldKind::Word("Acknowledgement".into()), true),
        CoreFieldKind::Json => (FieldKind::Json, false),
        CoreFieldKind::Record(inner) => (FieldKind::Record(inner.name.into()), false),
        CoreFieldKind::Part(inner) => (FieldKind::Record(inner.name.into()), true),
        CoreFieldKind::List(inner) => (FieldKind::List(inner.name.into()), true),
        _ => unreachable!("a kind of field that no writer knows: {:?}", of.kind),
    };
    Field { name: of.name.into(), doc: sentence(of.doc), kind, always, shown: of.shown }
}

fn outcomes() -> Vec<Record> {
    OUTCOMES.iter().map(record).collect()
}

/// The parts of the outcomes, each once.
fn records() -> Vec<Record> {
    fn collect(of: &CoreRecord, out: &mut Vec<Record>) {
        for field in of.fields {
            if let CoreFieldKind::Record(inner) | CoreFieldKind::Part(inner) | CoreFieldKind::List(inner) =
                field.kind
                && !out.iter().any(|known| known.name == inner.name)
            {
                collect(inner, out);
                out.push(record(inner));
            }
        }
    }
    let mut out = Vec::new();
    for outcome in OUTCOMES {
        collect(outcome, &mut out);
    }
    out
}

fn options() -> Vec<Options> {
    let key = |option: &CoreOption| OptionKey {
        name: option.name.into(),
        doc: option.doc.into(),
        kind: match option.kind {
            CoreOptionKind::Text => OptionKind::Text,
            CoreOptionKind::Flag => OptionKind::Flag,
            CoreOptionKind::Word(set) => OptionKind::Word(set.into()),
            CoreOptionKind::Seconds => OptionKind::Seconds,
            CoreOptionKind::Texts => OptionKind::Texts,
            _ => unreachable!("a kind of option that no writer knows: {:?}", option.kind),
        },
        required: option.required,
    };
    let of_table = |(name, keys): &(&str, &[CoreOption])| {
        let mut keys: Vec<OptionKey> = keys.iter().map(key).collect();
        // Beside whose they are, which comes first.
        let secrets = SECRETS.iter().filter(|(of, _)| of == name).flat_map(|(_, secrets)| *secrets);
        keys.splice(1..1, secrets.map(key));
        Options { name: (*name).into(), keys }
    };
    OPTIONS.iter().map(of_table).collect()
}

fn constants() -> Vec<Constant> {
    let constant = |name: &str, value: u64, doc: &str| Constant { name: name.into(), doc: doc.into(), value };
    vec![
        constant(
            "MAX_RESPONSE_BYTES",
            enrollkit::MAX_RESPONSE_BYTES as u64,
            "The largest response body that is read unless another limit is given, in bytes: 16 MiB.",
        ),
        constant(
            "MAX_DEPTH",
            enrollkit::json::MAX_DEPTH as u64,
            "How many levels deep arrays and objects may nest.",
        ),
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "whole seconds of a day")]
        constant(
            "DEFAULT_MAX_AGE_SECONDS",
            enrollkit::smile_id::DEFAULT_MAX_AGE_SECONDS as u64,
            "How old a received signature may be unless another window is given, in seconds.",
        ),
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "whole seconds of a day")]
        constant(
            "DEFAULT_MAX_AHEAD_SECONDS",
            enrollkit::smile_id::DEFAULT_MAX_AHEAD_SECONDS as u64,
            "How far ahead of this machine's clock a received signature may be unless another window is given, in seconds.",
        ),
    ]
}

fn template(code: ViolationCode) -> Template {
    let addition = match code {
        ViolationCode::UnknownKey => Some("; did you mean `{expected}`?"),
        ViolationCode::InsecureUrl => Some("; `{expected}` allows it, for a network that you alone can read"),
        _ => None,
    };
    Template { code: code.slug().into(), message: code.template().into(), addition: addition.map(Into::into) }
}

fn user_field(field: &CoreUserField) -> UserField {
    UserField {
        name: field.name.into(),
        doc: field.doc().split(" One of [`").next().unwrap_or_default().into(),
        kind: match field.kind {
            CoreKind::Text | CoreKind::Name | CoreKind::Email => UserFieldKind::Text,
            CoreKind::Status => UserFieldKind::Status,
            CoreKind::Instant => UserFieldKind::Instant,
            CoreKind::Long => UserFieldKind::Long,
            CoreKind::Flag => UserFieldKind::Flag,
            CoreKind::Object => UserFieldKind::Object,
            CoreKind::Array => UserFieldKind::Array,
            CoreKind::ObjectOrArray => UserFieldKind::ObjectOrArray,
        },
        expected: field.kind.expected().into(),
        required: field.required,
        set_by_server: field.set_by_server,
    }
}

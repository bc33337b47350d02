//! The catalogue of the core: its own tables, read.

use enrollkit::smile_id::{Confirmation, PartnerIdForm, RawAuth, RawHost};
use enrollkit::unifyia::{
    ENROLLMENT_STATUSES, FIELDS, Field as CoreField, FieldKind as CoreKind, PathSpelling, Wrapping,
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
        is_mutation: CoreOperation::from_slug(slug).is_some_and(CoreOperation::is_mutation),
        outcome: outcome.into(),
    }
}

fn services() -> Vec<Service> {
    let user_id = key("user_id", "The user's id, as you gave it to Smile ID.", KeyKind::Text, true);
    let confirm = key("confirm", "The user's id again: a deletion can't be undone.", KeyKind::Text, true);
    let user = key("user", "The user who is to be signed up.", KeyKind::SignUpUser, true);
    let organization = |required, doc| key("organization", doc, KeyKind::Text, required);
    let one = std::slice::from_ref(&user_id);
    vec![
        Service {
            slug: "smile_id".into(),
            name: "SmileId".into(),
            signed: true,
            operations: vec![
                operation(
                    "smile_id.re_enroll",
                    "Lets a user submit one more enrollment job under the same id.",
                    one,
                    "Acknowledged",
                ),
                operation(
                    "smile_id.deactivate",
                    "Keeps a user from running jobs, until reactivated.",
                    one,
                    "Acknowledged",
                ),
                operation("smile_id.reactivate", "Undoes a deactivation.", one, "Acknowledged"),
                operation(
                    "smile_id.flag_fraud",
                    "Marks a user as fraudulent: jobs still run and collect data, all are marked failed.",
                    one,
                    "Acknowledged",
                ),
                operation("smile_id.clear_fraud", "Takes the fraud mark away.", one, "Acknowledged"),
                operation(
                    "smile_id.delete_permanently",
                    "Deletes a user for ever; the id can never be used again. `confirm` must repeat the user id exactly.",
                    &[user_id.clone(), confirm],
                    "Acknowledged",
                ),
                operation(
                    "smile_id.enrollee_info",
                    "Looks a user up: flags and history. The answer holds heavy personal data.",
                    one,
                    "EnrolleeInfo",
                ),
                operation(
                    "smile_id.raw",
                    "Makes an authenticated call for what has no method.",
                    &[],
                    "RawReply",
                ),
            ],
        },
        Service {
            slug: "unifyia".into(),
            name: "Unifyia".into(),
            signed: false,
            operations: vec![
                operation(
                    "unifyia.sign_up",
                    "Signs a user up, at the user's `organisationName` unless the path has another organization.",
                    &[
                        user,
                        organization(
                            false,
                            "The organization of the path, when it is not to be taken from the user's `organisationName`.",
                        ),
                    ],
                    "SignedUp",
                ),
                operation(
                    "unifyia.branding",
                    "Fetches an organization's branding.",
                    &[organization(true, "The organization's name.")],
                    "Branding",
                ),
                operation(
                    "unifyia.raw",
                    "Makes an authenticated call for what has no method: the default workflow, groups and roles, say.",
                    &[],
                    "RawReply",
                ),
            ],
        },
    ]
}

fn field(name: &str, kind: FieldKind, doc: &str) -> Field {
    Field { name: name.into(), doc: doc.into(), kind, always: false, shown: false }
}

fn always(field: Field) -> Field {
    Field { always: true, ..field }
}

fn shown(field: Field) -> Field {
    Field { shown: true, ..field }
}

fn status() -> Field {
    shown(always(field("status", FieldKind::Status, "The HTTP status.")))
}

fn acknowledgement() -> Field {
    let doc = "Whether the service said so in so many words. On `unstated`, look the user up before you say \"done\".";
    shown(always(field("acknowledgement", FieldKind::Word("Acknowledgement".into()), doc)))
}

fn record(name: &str, doc: &str, fields: Vec<Field>) -> Record {
    Record { name: name.into(), doc: doc.into(), fields }
}

fn outcomes() -> Vec<Record> {
    use FieldKind::{Json, List, Record, Text};
    vec![
        record(
            "Acknowledged",
            "A change to a user was accepted.",
            vec![
                status(),
                acknowledgement(),
                field(
                    "message",
                    Text,
                    "The service's message, control and bidirectional characters removed.",
                ),
            ],
        ),
        record(
            "EnrolleeInfo",
            "What Smile ID knows of a user. What the answer leaves out, or gives in another type, is missing; nothing is lost, since the raw body has it all.",
            vec![
                shown(field(
                    "enrolled_user",
                    Record("EnrolledUser".into()),
                    "The user's flags; missing when the answer has no such object, which then confirms nothing.",
                )),
                shown(always(field("history", List("HistoryEntry".into()), "The user's jobs."))),
            ],
        ),
        record(
            "SignedUp",
            "A user was signed up: any 2xx that names no error (assumption: the answer is documented nowhere).",
            vec![
                status(),
                acknowledgement(),
                field(
                    "json",
                    Json,
                    "The answer's JSON, numbers exact; missing when it is not JSON, or was withheld by a relay.",
                ),
            ],
        ),
        record(
            "Branding",
            "An organization's branding. What the answer leaves out is missing.",
            vec![
                field("logo", Text, "The logo, a base64 image."),
                field(
                    "policy_statement",
                    Text,
                    "The URL of the policy statement. Check its scheme before it becomes a link.",
                ),
                shown(field("language", Text, "The language's code.")),
                field("issuer_public_key", Text, "The issuer's public key, base64."),
                field("issuer_certificate", Text, "The issuer's certificate, base64."),
            ],
        ),
        record(
            "RawReply",
            "The answer to a `raw` call: the JSON as it came.",
            vec![
                status(),
                field("json", Json, "The JSON as it came, numbers exact; missing when the body is not JSON."),
            ],
        ),
    ]
}

fn records() -> Vec<Record> {
    use FieldKind::{Flag, Json, Record, Text};
    let flag = |name, doc| shown(field(name, Flag, doc));
    vec![
        record(
            "EnrolledUser",
            "A user's flags; one that the answer left out is missing.",
            vec![
                flag("allow_new_enroll", "One more enrollment job is allowed."),
                flag("complete", "The enrollment is complete."),
                flag("deleted", "Deleted, for ever."),
                flag("inactive", "Deactivated."),
                flag("is_fraudulent", "Marked as fraudulent."),
                flag("pending", "The enrollment is pending."),
                flag("provisional", "The enrollment is provisional."),
            ],
        ),
        record(
            "PartnerParams",
            "What the partner sent along with a job.",
            vec![
                field("job_id", Text, "The job's id."),
                field("user_id", Text, "The user's id."),
                field("job_type", Text, "The kind of job, as text."),
            ],
        ),
        record(
            "IdCheck",
            "An identity document that was checked: heavy personal data.",
            vec![
                field("name", Text, "The holder's name."),
                field("id_number", Text, "The document's number."),
                field("country", Text, "The country that issued it."),
                field("id_type", Text, "The kind of document."),
                field("dob", Text, "The holder's date of birth, as the service wrote it."),
                field("expiration_date", Text, "The document's last day, as the service wrote it."),
                field("photo", Text, "The holder's photo, base64."),
                field("address", Text, "The holder's address."),
                field("gender", Text, "The holder's gender."),
                field("phone_number", Text, "The holder's phone number."),
                field("result_code", Text, "The check's code, as text."),
                field("result_text", Text, "The check's result in words."),
                field("full_data", Json, "Whatever the authority answered."),
            ],
        ),
        record(
            "HistoryEntry",
            "One job of a user.",
            vec![
                field("created_at", Text, "When, as the service wrote it."),
                always(field(
                    "partner_params",
                    Record("PartnerParams".into()),
                    "What the partner sent along.",
                )),
                field("job_id", Text, "The job's id."),
                shown(field("result_code", Text, "The result's code, as text: `\"0840\"`.")),
                field("result_message", Text, "The result in words."),
                field(
                    "id_check",
                    Record("IdCheck".into()),
                    "The identity document that was checked. Withheld by a relay unless its policy gives it.",
                ),
            ],
        ),
    ]
}

fn option(name: &str, kind: OptionKind, required: bool, doc: &str) -> OptionKey {
    OptionKey { name: name.into(), doc: doc.into(), kind, required }
}

fn options() -> Vec<Options> {
    use OptionKind::{Flag, Seconds, Text, Texts, Word};
    let allow_http = || {
        option(
            "allow_http",
            Flag,
            false,
            "Lets the base URL be `http` for any host: for a network that you alone can read, such as Compose's own.",
        )
    };
    let extra_keys =
        || option("allow_extra_keys", Flag, false, "Lets keys through that the user object does not have.");
    vec![
        Options {
            name: "SmileIdOptions".into(),
            keys: vec![
                option(
                    "partner_id",
                    Text,
                    true,
                    "Digits as issued, leading zeros included: text, never a number.",
                ),
                option(
                    "environment",
                    Word("Environment".into()),
                    true,
                    "Each has its own host and its own API key. There is no default.",
                ),
                option(
                    "operator",
                    Text,
                    false,
                    "The operator's e-mail address, which every change to a user needs.",
                ),
                option(
                    "base_url",
                    Text,
                    false,
                    "A gateway, a proxy or the sandbox: it replaces scheme, host and prefix.",
                ),
                allow_http(),
            ],
        },
        Options {
            name: "UnifyiaOptions".into(),
            keys: vec![
                option("base_url", Text, true, "Scheme, host and the installation's prefix."),
                allow_http(),
                option(
                    "auth_header",
                    Text,
                    false,
                    "The header of the token. Default `Authorization` (an assumption).",
                ),
                option(
                    "path_spelling",
                    Word("PathSpelling".into()),
                    false,
                    "How the sign-up's path is spelled. Default `organizations` (an assumption).",
                ),
                option(
                    "wrapping",
                    Word("Wrapping".into()),
                    false,
                    "Whether the body is the user object or wraps it. Default `bare` (an assumption).",
                ),
                extra_keys(),
            ],
        },
        Options {
            name: "VerifierOptions".into(),
            keys: vec![
                option(
                    "partner_id",
                    Text,
                    true,
                    "Digits as issued, leading zeros included: text, never a number.",
                ),
                option("keys", Texts, true, "The API key, or several while keys are rotated."),
                option(
                    "max_age_seconds",
                    Seconds,
                    false,
                    "How old a signature may be, in seconds. Default 300 (an assumption).",
                ),
                option(
                    "max_ahead_seconds",
                    Seconds,
                    false,
                    "How far ahead of this machine's clock it may be, in seconds. Default 60 (an assumption).",
                ),
                option(
                    "partner_id_without_zeros",
                    Flag,
                    false,
                    "Also takes a signature over the partner id without the zeros that it begins with. Default false (an assumption).",
                ),
            ],
        },
        Options {
            name: "RouteRules".into(),
            keys: vec![
                option(
                    "origins",
                    Texts,
                    false,
                    "Your own pages' origins, as browsers send them: `https://app.bank.example`.",
                ),
                option(
                    "allow_no_origin",
                    Flag,
                    false,
                    "Lets callers in that send no `Origin`: apps and servers. What they may do must not rest on a cookie.",
                ),
            ],
        },
        Options {
            name: "SignUpRules".into(),
            keys: vec![
                option(
                    "self_service",
                    Flag,
                    false,
                    "For whoever fills in their own form: what only the organization may set is a violation, `set_by_server`.",
                ),
                extra_keys(),
            ],
        },
    ]
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

fn user_field(field: &CoreField) -> UserField {
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

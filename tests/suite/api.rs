//! The shape of the public API: what every type can do, what a call must not do, and words that stay as they are.

use std::collections::BTreeSet;
use std::fmt::Display;

use enrollkit::json::{Number, Object};
use enrollkit::smile_id::{
    self, Confirmation, EnrolledUser, EnrolleeInfo, HistoryEntry, IdCheck, Pair, PartnerIdForm,
    PartnerParams, RawAuth, RawHost, Verified, Verifier,
};
use enrollkit::unifyia::{self, Branding, PathSpelling, SignedUp, Wrapping};
use enrollkit::{
    Acknowledged, Acknowledgement, Action, ApiError, ApiKey, BaseUrl, Call, Cause, Environment, Error,
    ErrorCode, ErrorKind, Header, Intent, InvalidInput, Json, Method, NoResponse, Operation, Operator,
    OrganizationName, Outcome, PartnerId, Path, Preview, RawBody, RawReply, Reader, RefusalReason, RelayUrl,
    Retry, Service, SignUpRules, SignatureRefused, SmileId, SmileIdBuilder, Timestamp, Token, Unifyia,
    Unreadable, UnreadableReason, User, UserId, Violation, ViolationCode, relay,
};

use crate::vectors::{cases, files};

/// Compiles for types that threads and tasks may share and pass on.
macro_rules! shared {
    ($($type:ty),+ $(,)?) => {
        const _: fn() = || {
            fn is_shared<T: Send + Sync + Clone + 'static>() {}
            $(is_shared::<$type>();)+
        };
    };
}

shared!(
    Acknowledged,
    ApiError,
    ApiKey,
    BaseUrl,
    Branding,
    Call,
    Call<Acknowledged>,
    EnrolledUser,
    EnrolleeInfo,
    Error,
    Header,
    HistoryEntry,
    IdCheck,
    Intent,
    InvalidInput,
    Json,
    NoResponse,
    Number,
    Object,
    Operator,
    OrganizationName,
    Outcome,
    Pair,
    PartnerId,
    PartnerParams,
    Path,
    Preview,
    RawBody,
    RawReply,
    Reader,
    RelayUrl,
    SignUpRules,
    SignatureRefused,
    SignedUp,
    SmileId,
    SmileIdBuilder,
    Timestamp,
    Token,
    Unifyia,
    Unreadable,
    User,
    UserId,
    Verified,
    Verifier,
    Violation,
    relay::Answer,
    smile_id::RawRequest,
    unifyia::RawRequest,
);

/// Compiles for what `?` and `Box<dyn Error>` take.
const _: fn() = || {
    fn is_error<T: core::error::Error + Send + Sync + 'static>() {}
    is_error::<Error>();
    is_error::<InvalidInput>();
    is_error::<ApiError>();
    is_error::<Unreadable>();
    is_error::<NoResponse>();
    is_error::<SignatureRefused>();
};

/// Compiles only while the type lacks the trait: with it there would be two implementations to choose from.
macro_rules! lacks {
    ($trait:path: $($type:ty),+ $(,)?) => {
        $(const _: fn() = || {
            trait Ambiguous<Marker> { fn choose() {} }
            impl<T: ?Sized> Ambiguous<()> for T {}
            struct HasIt;
            impl<T: ?Sized + $trait> Ambiguous<HasIt> for T {}
            let _ = <$type as Ambiguous<_>>::choose;
        };)+
    };
}

// A call carries a signature: what can't be written down can't end in a queue, a log or a database.
lacks!(serde::Serialize: Call, Call<Acknowledged>, Reader, Header, Pair, ApiKey, Token, Verified, SmileId, Unifyia);
lacks!(Display: Call, Call<Acknowledged>, Reader, Header, Pair, ApiKey, Token, UserId, Operator, Json, User, Verified);

/// The words of an enum, and whether each is read back as the value it came from.
macro_rules! words {
    ($($name:ident),+ $(,)?) => {
        [$((stringify!($name), $name::ALL.iter().map(|it| (it.slug(), $name::from_slug(it.slug()) == Some(*it), it.to_string())).collect::<Vec<_>>(),
            $name::from_slug("").is_none() && $name::from_slug("no such word").is_none())),+]
    };
}

#[test]
fn every_word_is_stable() {
    for (name, words, refuses_others) in enrollkit_tests::closed_sets!(words) {
        assert!(!words.is_empty() && refuses_others, "{name}");
        let unique: BTreeSet<_> = words.iter().map(|(slug, ..)| slug).collect();
        assert_eq!(unique.len(), words.len(), "{name}");
        for (slug, read_back, shown) in &words {
            assert!(read_back, "{name}: {slug} is not read back");
            assert_eq!(slug, shown, "{name}");
            assert!(is_plain(name, slug), "{name}: {slug} is not spelled as the others are");
        }
    }
}

/// Snake case; operations have their service before a dot, and HTTP spells its methods in capitals.
fn is_plain(name: &str, slug: &str) -> bool {
    let word = |part: &str| {
        let starts = part.starts_with(|letter: char| letter.is_ascii_lowercase());
        starts && part.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
    };
    match name {
        "Method" => slug.bytes().all(|byte| byte.is_ascii_uppercase()),
        "Operation" | "Action" => slug.split('.').count() == 2 && slug.split('.').all(word),
        _ => word(slug),
    }
}

#[test]
fn an_action_is_the_operation_of_the_same_word() {
    for &action in Action::ALL {
        assert_eq!(action.operation().slug(), action.slug());
    }
    let raw: Vec<_> = Operation::ALL
        .iter()
        .filter(|it| Action::from_slug(it.slug()).is_none())
        .map(|it| it.slug())
        .collect();
    assert_eq!(raw, ["smile_id.raw", "unifyia.raw"], "everything but a raw call is an intent");
    for &operation in Operation::ALL {
        assert!(operation.slug().starts_with(operation.service().slug()));
    }
}

#[test]
fn a_message_has_no_parameter_but_those_of_a_violation() {
    for &code in ViolationCode::ALL {
        let bare = code.template().replace("{expected}", "").replace("{limit}", "");
        assert!(!bare.contains(['{', '}']), "{code}: {}", code.template());
        assert!(!bare.trim().is_empty(), "{code} says nothing");
    }
}

/// Words that vectors and scenarios expect, by the member that holds them.
fn expected_words() -> BTreeSet<(String, String)> {
    let mut found = BTreeSet::new();
    for case in cases() {
        collect("", &case.expect, &mut found);
    }
    for (_, text) in files("scenarios") {
        for step in Json::parse(&text).unwrap().get("steps").and_then(Json::as_array).unwrap() {
            collect("", step.get("expect").unwrap(), &mut found);
        }
    }
    found
}

fn collect(member: &str, json: &Json, found: &mut BTreeSet<(String, String)>) {
    match json {
        Json::String(text) => drop(found.insert((member.to_owned(), text.clone()))),
        Json::Array(items) => items.iter().for_each(|item| collect(member, item, found)),
        Json::Object(object) => object.iter().for_each(|(key, value)| collect(key, value, found)),
        Json::Null | Json::Bool(_) | Json::Number(_) => {}
    }
}

/// Words that no vector and no scenario holds in that place, and where they are brought about instead.
const ELSEWHERE: [(&str, &str); 3] = [
    // A vector tells a refusal by its reason, `refused`; the whole error stands in this test.
    ("signature_refused", "secrets::nothing_that_is_formatted_shows_a_secret_or_a_person"),
    // Only JavaScript can tell: `smile_id.test.mjs` there.
    ("api_key_in_browser", "an API key is refused where only a page can be"),
    // Only a back end of a newer version can bring it about.
    ("other", "relay::a_newer_back_ends_violation_is_still_one"),
];

#[test]
fn every_word_of_a_refusal_is_brought_about() {
    let found = expected_words();
    let mut missing = Vec::new();
    let mut check = |members: &[&str], words: Vec<&'static str>| {
        for word in words {
            let expected =
                members.iter().any(|member| found.contains(&((*member).to_owned(), word.to_owned())));
            let elsewhere = ELSEWHERE.iter().any(|(known, _)| *known == word);
            assert!(!(expected && elsewhere), "{word} needs no exception any more");
            if !expected && !elsewhere {
                missing.push(format!("{}: {word}", members.join(" or ")));
            }
        }
    };
    check(&["code"], ViolationCode::ALL.iter().map(|it| it.slug()).collect());
    check(&["code"], ErrorCode::ALL.iter().map(|it| it.slug()).collect());
    check(&["kind"], ErrorKind::ALL.iter().map(|it| it.slug()).collect());
    check(&["reason"], UnreadableReason::ALL.iter().map(|it| it.slug()).collect());
    check(&["causes"], Cause::ALL.iter().map(|it| it.slug()).collect());
    check(&["refused", "verdict"], RefusalReason::ALL.iter().map(|it| it.slug()).collect());
    check(&["retry"], Retry::ALL.iter().map(|it| it.slug()).collect());
    check(&["acknowledgement"], Acknowledgement::ALL.iter().map(|it| it.slug()).collect());
    assert!(missing.is_empty(), "no vector and no scenario expects:\n{}", missing.join("\n"));
}

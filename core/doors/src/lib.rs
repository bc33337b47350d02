//! The core behind one function: numbers and bytes in, packed bytes out. Safe, and without any language's own types, so that
//! whatever calls through a border shares it: the JVM's glue is in `bindings-mobile/jni`, and is a page long.
//!
//! [`enter`] opens a [`Door`]. Its input is packed fields ([`pack`]), in the order that the door's documentation gives; bodies,
//! which may be large, come beside them. The answer's first byte says what follows: see [`answer`]. Clients and verifiers hold
//! keys, so that they stay here, and a number stands for each ([`release`]). Nothing here can leave a panic to its caller.

pub mod answer;
mod clients;
mod door;
mod handles;
mod intents;
pub mod pack;
mod replies;
mod verifier;

use std::panic::{AssertUnwindSafe, catch_unwind};

pub use door::Door;
pub use handles::release;

use answer::Fault;
use pack::{Packed, Packing};

/// What comes through a door.
pub struct Entry<'a> {
    /// The client or verifier; 0 where the door needs none.
    pub handle: i64,
    /// A time in milliseconds since 1970; 0 where the door needs none.
    pub now: i64,
    /// The packed fields.
    pub fields: &'a [u8],
    /// A body, exactly as it was received; empty where the door takes none.
    pub body: &'a [u8],
}

/// Opens a door, by its number in [`Door`].
#[must_use]
pub fn enter(door: i32, entry: &Entry<'_>) -> Vec<u8> {
    let Some(door) = Door::of_number(door) else { return answer::misused("no such door") };
    // A panic would be a fault of ours. It must not end a server or an app, and crosses no border.
    catch_unwind(AssertUnwindSafe(|| answer::of(pass(door, entry)))).unwrap_or_else(|_| answer::panicked())
}

type Result<T = ()> = std::result::Result<T, Fault>;

fn pass(door: Door, entry: &Entry<'_>) -> Result<Packing> {
    let mut fields = Packed::new(entry.fields);
    let mut out = answer::value();
    let now = || enrollkit_glue::time(entry.now, "now");
    match door {
        Door::Version => out.text(env!("CARGO_PKG_VERSION")),
        Door::SmileId => clients::smile_id(&mut fields, &mut out)?,
        Door::SmileIdFromPair => clients::smile_id_from_pair(&mut fields, entry.now, &mut out)?,
        Door::SmileIdWithOperator => clients::with_operator(entry.handle, &mut fields, &mut out)?,
        Door::SmileIdCall => clients::smile_id_call(entry.handle, &mut fields, now()?, &mut out)?,
        Door::SmileIdCallAbout => clients::smile_id_about(entry.handle, &mut fields, now()?, &mut out)?,
        Door::SmileIdRaw => clients::smile_id_raw(entry.handle, &mut fields, now()?, &mut out)?,
        Door::SmileIdSign => clients::sign(entry.handle, now()?, &mut out)?,
        Door::SmileIdRelay => clients::smile_id_relay(&mut fields, &mut out)?,
        Door::Unifyia => clients::unifyia(&mut fields, &mut out)?,
        Door::UnifyiaWithToken => clients::with_token(entry.handle, &mut fields, &mut out)?,
        Door::UnifyiaCall => clients::unifyia_call(entry.handle, &mut fields, &mut out)?,
        Door::UnifyiaSignUp => clients::sign_up(entry.handle, &mut fields, &mut out)?,
        Door::UnifyiaRaw => clients::unifyia_raw(entry.handle, &mut fields, &mut out)?,
        Door::UnifyiaRelay => clients::unifyia_relay(&mut fields, &mut out)?,
        Door::UnifyiaRelaySignUp => clients::relay_sign_up(&mut fields, &mut out)?,
        Door::CheckRelayUrl => clients::check_relay_url(&mut fields)?,
        Door::ParseIntent => intents::parse(&mut fields, &mut out)?,
        Door::SignUpIntent => intents::sign_up(&mut fields, &mut out)?,
        Door::WithUserFields => intents::with_user_fields(&mut fields, &mut out)?,
        Door::CheckUser => intents::check_user(&mut fields, &mut out)?,
        Door::ParseTime => intents::parse_time(&mut fields, &mut out)?,
        Door::Signature => intents::signature(&mut fields, &mut out)?,
        Door::Read => replies::read(&mut fields, entry.body, &mut out)?,
        Door::NoResponse => replies::no_response(&mut fields, &mut out)?,
        Door::OutcomeFrom => replies::outcome_from(&mut fields, &mut out)?,
        Door::ErrorFrom => replies::error_from(&mut fields, &mut out)?,
        Door::RefusedByPolicy => replies::refused_by_policy(&mut fields, &mut out)?,
        Door::RelayAnswer => replies::relay_answer(&mut fields, &mut out)?,
        Door::RouteRefusal => replies::route_refusal(&mut fields, &mut out)?,
        Door::ConfirmedBy => replies::confirmed_by(&mut fields, &mut out)?,
        Door::Verifier => verifier::verifier(&mut fields, &mut out)?,
        Door::Callback => verifier::callback(entry.handle, entry.body, now()?, &mut out)?,
        Door::Webhook => verifier::webhook(entry.handle, &mut fields, entry.body, now()?, &mut out)?,
    }
    fields.end()?;
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    const OPTIONS: &str = r#"{"partner_id":"085","environment":"sandbox","operator":"ops@bank.example"}"#;

    fn asked(door: Door, handle: i64, fields: Packing, body: &[u8]) -> Vec<u8> {
        let fields = fields.into_bytes();
        enter(door as i32, &Entry { handle, now: 1_795_341_600_000, fields: &fields, body })
    }

    fn texts(texts: &[&str]) -> Packing {
        let mut packing = Packing::default();
        for text in texts {
            packing.text(text);
        }
        packing
    }

    fn client() -> i64 {
        let made = asked(Door::SmileId, 0, texts(&[OPTIONS, "not-a-real-key"]), b"");
        assert_eq!(made[0], answer::VALUE);
        Packed::new(&made[1..]).number().ok().expect("a handle")
    }

    #[test]
    fn a_call_is_made_and_its_answer_read() {
        let client = client();
        let intent = texts(&[r#"{"action":"smile_id.re_enroll","user_id":"user-42"}"#]);
        let call = asked(Door::SmileIdCall, client, intent, b"");
        assert_eq!(call[0], answer::VALUE);
        let mut fields = Packed::new(&call[1..]);
        assert!(fields.text().is_ok_and(|operation| operation == "smile_id.re_enroll"));
        assert!(fields.text().is_ok_and(|method| method == "PUT" || method == "POST"));
        assert!(fields.text().is_ok_and(|url| url.starts_with("https://")));
        assert!(fields.pairs().is_ok_and(|headers| !headers.is_empty()));
        assert!(fields.optional().is_ok_and(|body| body.is_some_and(|body| body.contains("user-42"))));
        assert!(fields.text().is_ok());
        let mut reply = Packing::default();
        reply.bytes(fields.bytes().ok().expect("the reader"));
        assert!(fields.end().is_ok());
        reply.number(200);
        reply.number(1 << 20);
        reply.count(0);
        let read = asked(Door::Read, 0, reply, br#"{"message":"ok"}"#);
        assert_eq!(read[0], answer::VALUE);
        assert!(read.windows(6).any(|bytes| bytes == b"stated"));
        release(client);
    }

    #[test]
    fn what_is_closed_says_so_and_no_handle_comes_back() {
        let first = client();
        release(first);
        release(first);
        assert_eq!(asked(Door::SmileIdSign, first, Packing::default(), b""), [answer::CLOSED]);
        assert_ne!(client(), first);
    }

    #[test]
    fn a_handle_of_another_kind_is_none() {
        let client = client();
        assert_eq!(asked(Door::Callback, client, Packing::default(), b"{}"), [answer::CLOSED]);
    }

    #[test]
    fn fields_that_do_not_fit_are_refused_by_every_door() {
        let client = client();
        for door in Door::ALL {
            for fields in [&b""[..], b"\0", b"\xff\xff\xff\xff", b"\xfe\xff\xff\xff", &[b'a'; 64]] {
                let entry = Entry { handle: client, now: i64::MAX, fields, body: b"\xff" };
                assert_ne!(enter(*door as i32, &entry)[0], answer::PANICKED, "{}", door.name());
            }
        }
        let entry = Entry { handle: 0, now: 0, fields: b"", body: b"" };
        assert_eq!(enter(-1, &entry)[0], answer::MISUSED);
        assert_eq!(enter(1000, &entry)[0], answer::MISUSED);
    }

    #[test]
    fn every_door_has_a_number_of_its_own() {
        for (place, door) in Door::ALL.iter().enumerate() {
            assert_eq!(usize::try_from(*door as i32), Ok(place), "{}", door.name());
            assert_eq!(Door::of_number(*door as i32), Some(*door));
        }
    }
}

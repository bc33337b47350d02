//! Callbacks and webhooks as the sandbox sends them, received on this machine and verified.

use std::sync::mpsc::{Receiver, channel};

use enrollkit::smile_id::{Verified, Verifier};
use enrollkit::{ApiKey, Json, PartnerId, RefusalReason, SignatureRefused, Timestamp};
use enrollkit_sandbox::{Config, DEFAULT_PRODUCTION_KEY, DEFAULT_SANDBOX_KEY};

use crate::http::PATIENCE;
use crate::lab::{Lab, eventually, now, now_plus};
use crate::server::{Reply, Request, serve};

#[derive(Clone, Copy, PartialEq)]
enum Way {
    Callback,
    Webhook,
}

const WAYS: [Way; 2] = [Way::Callback, Way::Webhook];

/// A sandbox that delivers to a receiver, which answers with these statuses first and with 200 from then on.
fn lab(way: Way, statuses: &'static [u16]) -> (Lab, Receiver<Request>) {
    let (deliver, received) = channel();
    let mut statuses = statuses.iter();
    let hook = serve(move |request| {
        // A test that is over listens no more.
        let _ = deliver.send(request);
        Reply::status(statuses.next().copied().unwrap_or(200))
    });
    let url = Some(format!("{}/hook", hook.url));
    let config = match way {
        Way::Callback => Config { callback_url: url, ..Config::default() },
        Way::Webhook => Config { webhook_url: url, ..Config::default() },
    };
    (Lab::new(config), received)
}

fn next(received: &Receiver<Request>) -> Request {
    received.recv_timeout(PATIENCE).expect("a delivery")
}

fn job(lab: &Lab, more: &str) {
    let order = format!(r#"{{"user_id":"user-42","environment":"test","job_id":"job-1"{more}}}"#);
    let answer = lab.control("POST", "/jobs", &order);
    assert_eq!(answer.get("accepted").and_then(Json::as_bool), Some(true));
}

fn verifier(partner_id: &str, keys: &[&str]) -> Verifier {
    let keys: Vec<_> = keys.iter().map(|key| ApiKey::parse(key).unwrap()).collect();
    Verifier::new(PartnerId::parse(partner_id).unwrap(), &keys).unwrap()
}

fn verify(
    verifier: &Verifier,
    way: Way,
    request: &Request,
    now: Timestamp,
) -> Result<Verified, SignatureRefused> {
    let headers = || request.headers.iter().map(|(name, value)| (name, value));
    let (result, refusal) = match way {
        Way::Callback => {
            (verifier.callback(&request.body, now), verifier.callback_refusal(&request.body, now))
        }
        Way::Webhook => (
            verifier.webhook(headers(), &request.body, now),
            verifier.webhook_refusal(headers(), &request.body, now),
        ),
    };
    assert_eq!(result.as_ref().err().map(SignatureRefused::reason), refusal);
    result
}

/// What the right verifier makes of a delivery that just came.
fn verified(way: Way, request: &Request) -> Verified {
    verify(&verifier("085", &[DEFAULT_SANDBOX_KEY]), way, request, now()).unwrap()
}

#[test]
fn the_right_key_alone_verifies() {
    for way in WAYS {
        let (lab, received) = lab(way, &[]);
        job(&lab, "");
        let delivery = next(&received);
        let message = verified(way, &delivery);
        assert_eq!((message.job_id(), message.user_id()), (Some("job-1"), Some("user-42")));
        // The sandbox may sign a moment ahead, so that no two signatures are the same.
        assert!((-1..120).contains(&message.age_seconds()));
        assert_eq!(message.body(), delivery.body);
        let (name, result) = match way {
            Way::Callback => ("ResultCode", "0840"),
            Way::Webhook => ("status", "clear"),
        };
        assert_eq!(message.json().unwrap().get(name).and_then(Json::as_str), Some(result));

        let rotated = verifier("085", &["an-older-key", DEFAULT_PRODUCTION_KEY, DEFAULT_SANDBOX_KEY]);
        assert!(verify(&rotated, way, &delivery, now()).is_ok());
        for (partner, key) in [
            ("085", DEFAULT_PRODUCTION_KEY),
            ("85", DEFAULT_SANDBOX_KEY),
            ("085", "not-a-secret-sandbox-key"),
        ] {
            let refused = verify(&verifier(partner, &[key]), way, &delivery, now()).unwrap_err();
            assert_eq!(refused.reason(), RefusalReason::Mismatch, "{partner}");
        }
    }
}

#[test]
fn a_delivery_is_good_for_its_time_only() {
    for way in WAYS {
        let (lab, received) = lab(way, &[]);
        job(&lab, "");
        let delivery = next(&received);
        let verifier = verifier("085", &[DEFAULT_SANDBOX_KEY]);
        let reason = |now| verify(&verifier, way, &delivery, now).map_err(|refused| refused.reason()).err();
        assert_eq!(reason(now_plus(280)), None);
        assert_eq!(reason(now_plus(302)), Some(RefusalReason::Stale));
        assert_eq!(reason(now_plus(-40)), None);
        assert_eq!(reason(now_plus(-90)), Some(RefusalReason::FromTheFuture));

        let narrow = verifier.clone().window(30.0, 0.0).unwrap();
        assert_eq!(verify(&narrow, way, &delivery, now_plus(60)).unwrap_err().reason(), RefusalReason::Stale);
    }
}

#[test]
fn a_redelivery_is_known_again() {
    for way in WAYS {
        let (lab, received) = lab(way, &[500]);
        job(&lab, "");
        let (first, again) = (next(&received), next(&received));
        let (first, again) = (verified(way, &first), verified(way, &again));
        assert_eq!((first.delivery_key(), first.pair_key()), (again.delivery_key(), again.pair_key()));

        // Sent anew by hand, with a signature of its own, it is still the same delivery.
        lab.control("POST", "/replay", r#"{"job_id":"job-1"}"#);
        let replayed = verified(way, &next(&received));
        assert_eq!(replayed.delivery_key(), first.delivery_key());
        assert_ne!(replayed.pair_key(), first.pair_key());
        eventually("the record of both deliveries", || {
            let past = lab.list("/deliveries", "deliveries");
            (past.len() == 2 && past[0].get("attempts") == Some(&2.into())).then_some(())
        });
    }
}

#[test]
fn a_provisional_and_a_final_result_are_two_deliveries_of_one_job() {
    for way in WAYS {
        let (lab, received) = lab(way, &[]);
        job(&lab, r#","provisional":true,"final_after_milliseconds":1"#);
        let (provisional, last) = (verified(way, &next(&received)), verified(way, &next(&received)));
        assert_eq!(provisional.job_id(), last.job_id());
        assert_ne!(provisional.delivery_key(), last.delivery_key());
        assert_ne!(provisional.pair_key(), last.pair_key());
        let (name, first, second) = match way {
            Way::Callback => ("IsFinalResult", "false", "true"),
            Way::Webhook => ("status", "attention", "clear"),
        };
        let said =
            |message: &Verified| message.json().unwrap().get(name).and_then(Json::as_str).map(String::from);
        assert_eq!((said(&provisional).as_deref(), said(&last).as_deref()), (Some(first), Some(second)));
    }
}

#[test]
fn a_forged_body_shows_by_its_keys() {
    let (lab, received) = lab(Way::Webhook, &[]);
    job(&lab, "");
    let genuine = next(&received);
    let forged =
        Request { body: br#"{"result_code":"0840","user_id":"attacker"}"#.to_vec(), ..genuine.clone() };
    let (genuine, forged) = (verified(Way::Webhook, &genuine), verified(Way::Webhook, &forged));
    // The signature does not cover the body: only the pair, seen before on another delivery, gives it away.
    assert_eq!(genuine.pair_key(), forged.pair_key());
    assert_ne!(genuine.delivery_key(), forged.delivery_key());
}

#[test]
fn a_delivery_with_its_signature_twice_is_refused() {
    let (lab, received) = lab(Way::Webhook, &[]);
    job(&lab, "");
    let mut delivery = next(&received);
    let signature = delivery.header("Response-Signature").unwrap().to_owned();
    delivery.headers.push(("response-signature".to_owned(), signature));
    let refused =
        verify(&verifier("085", &[DEFAULT_SANDBOX_KEY]), Way::Webhook, &delivery, now()).unwrap_err();
    assert_eq!(refused.reason(), RefusalReason::Malformed);
}

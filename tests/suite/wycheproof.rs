//! The MAC: Project Wycheproof's set holds for the crates that the core uses, and the core's signature is that MAC.
//!
//! The core signs text with a fixed end, so the set can't be put through it. Two steps do it: the primitive passes the
//! set, and a signature equals the primitive for keys and texts of every length around the block.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use enrollkit::smile_id::signature;
use enrollkit::{ApiKey, Environment, PartnerId, SmileId, Timestamp};
use hmac::{Hmac, KeyInit, Mac};
use proptest::prelude::*;
use sha2::Sha256;
use wycheproof::TestResult;
use wycheproof::mac::{TestName, TestSet};

fn mac(key: &[u8], message: &[u8]) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).unwrap();
    mac.update(message);
    mac.finalize().into_bytes().into()
}

/// What a signature must be, told with the primitive alone.
fn expected(key: &str, timestamp: &str, partner_id: &str) -> String {
    STANDARD.encode(mac(key.as_bytes(), format!("{timestamp}{partner_id}sid_request").as_bytes()))
}

#[test]
fn the_primitive_passes_project_wycheproof() {
    let set = TestSet::load(TestName::HmacSha256).unwrap();
    let (mut valid, mut invalid, mut truncated) = (0, 0, 0);
    for group in &set.test_groups {
        for test in &group.tests {
            let whole = mac(&test.key, &test.msg);
            let tag = &whole[..group.tag_size / 8];
            truncated += usize::from(tag.len() < whole.len());
            let (count, wanted) = match test.result {
                TestResult::Valid => (&mut valid, true),
                TestResult::Invalid => (&mut invalid, false),
                TestResult::Acceptable => panic!("case {}: neither right nor wrong", test.tc_id),
            };
            *count += 1;
            assert_eq!(tag == &test.tag[..], wanted, "case {}: {}", test.tc_id, test.comment);
        }
    }
    assert_eq!(valid + invalid, set.number_of_tests);
    // An empty or crippled set would pass all of the above.
    assert!(
        valid >= 60 && invalid >= 100 && truncated >= 80,
        "{valid} valid, {invalid} not, {truncated} cut"
    );
}

#[test]
fn signatures_are_the_primitive_at_every_length() {
    let text = "x".repeat(200);
    for key_length in 0..=200 {
        // A block has 64 bytes, a padded message's last one 55; the end that is always there has 11.
        for text_length in (40..=60).chain([0, 1, 63, 64, 65, 108, 109, 127, 128, 129, 200]) {
            let (key, time, partner) =
                (&text[..key_length], &text[..text_length / 2], &text[..text_length.div_ceil(2)]);
            assert_eq!(
                signature(key, time, partner),
                expected(key, time, partner),
                "{key_length}, {text_length}"
            );
        }
    }
}

proptest! {
    #[test]
    fn signatures_are_the_primitive_for_any_text(key in "\\PC{0,70}", time in "\\PC{0,40}", partner in "\\PC{0,40}") {
        prop_assert_eq!(signature(&key, &time, &partner), expected(&key, &time, &partner));
    }

    #[test]
    fn another_key_makes_another_signature(key in "[ -~]{1,200}", place in any::<prop::sample::Index>()) {
        let mut other = key.clone().into_bytes();
        other[place.index(key.len())] ^= 1;
        let other = String::from_utf8(other).unwrap();
        prop_assert_ne!(signature(&key, "t", "1"), signature(&other, "t", "1"));
    }
}

/// A client keeps the key's schedule, and goes to SHA-256's block function by itself.
#[test]
fn a_clients_signatures_are_the_primitive_at_every_length() {
    let now = Timestamp::parse("2026-11-22T10:00:00.000Z").unwrap();
    for key in (1..=200).map(|length| "x".repeat(length)) {
        for partner in (1..=32).map(|length| "7".repeat(length)) {
            let client = SmileId::new(PartnerId::parse(&partner).unwrap(), Environment::Sandbox)
                .operator("ops@bank.example")
                .unwrap()
                .api_key(&ApiKey::parse(&key).unwrap());
            let wanted = expected(&key, "2026-11-22T10:00:00.000Z", &partner);
            assert_eq!(client.sign(now).unwrap().signature(), wanted, "{} and {}", key.len(), partner.len());
        }
    }
}

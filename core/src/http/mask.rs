//! Overwrites a call's secrets wherever an answer repeats them.
//!
//! Services, proxies and error pages repeat what they were sent, in escapes of their own choice. A secret is found through the
//! escapes of JSON (also doubled, as in JSON within JSON), of URLs and of HTML.

use alloc::string::String;
use alloc::vec::Vec;

use crate::json::{Json, Object};
use crate::wiped::Wiped;

/// A secret shorter than this is not looked for: masking it would blot out unrelated text.
const SHORTEST_MASKED: usize = 8;

/// How many backslashes may stand before an escape: JSON within JSON within JSON.
const MOST_BACKSLASHES: usize = 7;

/// What a call carries that no answer may show.
#[derive(Clone, Default)]
pub(crate) struct Secrets {
    /// All that a client's calls have: it needs no list.
    first: Option<Wiped>,
    more: Vec<Wiped>,
}

/// What stands for a secret member's value.
const MASK: &str = "********";

/// Overwrites the values of the members `names`, wherever in the tree; whether there was one. Recursion is bounded by the reader's
/// depth.
pub(crate) fn mask_members(value: &mut Json, names: &[&str]) -> bool {
    match value {
        // All of them, so no `any`, which would end at the first.
        Json::Array(items) => {
            items.iter_mut().filter_map(|item| mask_members(item, names).then_some(())).count() > 0
        }
        Json::Object(object) => {
            let mut found = false;
            let pairs = core::mem::take(object).into_pairs().map(|(key, mut item)| {
                if names.contains(&key.as_str()) && item != Json::Null {
                    found = true;
                    item = MASK.into();
                } else {
                    found |= mask_members(&mut item, names);
                }
                (key, item)
            });
            *object = Object::from_pairs_last_wins(pairs.collect()).0;
            found
        }
        _ => false,
    }
}

/// As [`mask_members`], for a text that is no whole JSON: from such a name to the end of its line.
pub(crate) fn mask_members_of_text(bytes: &mut [u8], names: &[&str]) {
    for name in names.iter().map(|name| name.as_bytes()) {
        let mut place = 0_usize;
        while let Some(rest) = bytes.get_mut(place..).filter(|rest| rest.len() >= name.len()) {
            if rest.starts_with(name) {
                let behind = rest.iter_mut().skip(name.len());
                behind.take_while(|byte| **byte != b'\n').for_each(|byte| *byte = b'*');
            }
            place = place.saturating_add(1);
        }
    }
}

impl Secrets {
    pub(crate) fn one(first: Option<Wiped>) -> Self {
        Self { first, more: Vec::new() }
    }

    pub(crate) fn of_texts(secrets: &[&str]) -> Self {
        let mut secrets = secrets.iter().map(|secret| Wiped::new((*secret).into()));
        Self { first: secrets.next(), more: secrets.collect() }
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &str> {
        self.first.iter().chain(&self.more).map(Wiped::as_str)
    }

    /// The bytes with each secret's place filled with asterisks; `None` when there is none.
    pub(crate) fn mask(&self, bytes: &[u8]) -> Option<Vec<u8>> {
        let mut masked = None;
        for secret in self.iter().filter(|secret| secret.len() >= SHORTEST_MASKED) {
            let mut rest = bytes;
            while !rest.is_empty() {
                let length = length_at(rest, secret.as_bytes());
                let place = bytes.len().saturating_sub(rest.len());
                if let Some(length) = length {
                    let out = masked.get_or_insert_with(|| bytes.to_vec());
                    if let Some(found) = out.get_mut(place..place.saturating_add(length)) {
                        found.fill(b'*');
                    }
                }
                rest = rest.get(length.unwrap_or(1).max(1)..).unwrap_or_default();
            }
        }
        masked
    }

    /// As [`Self::mask`], for text.
    pub(crate) fn mask_text(&self, text: String) -> String {
        match self.mask(text.as_bytes()) {
            Some(masked) => String::from_utf8_lossy(&masked).into_owned(),
            None => text,
        }
    }

    /// As [`Self::mask`], for every text and key of a tree. Recursion is bounded by the reader's depth.
    pub(crate) fn mask_json(&self, value: &mut Json) {
        match value {
            Json::String(text) => *text = self.mask_text(core::mem::take(text)),
            Json::Array(items) => items.iter_mut().for_each(|item| self.mask_json(item)),
            Json::Object(object) => {
                let pairs = core::mem::take(object).into_pairs().map(|(key, mut item)| {
                    self.mask_json(&mut item);
                    (self.mask_text(key), item)
                });
                *object = Object::from_pairs_last_wins(pairs.collect()).0;
            }
            Json::Null | Json::Bool(_) | Json::Number(_) => {}
        }
    }
}

/// How many bytes of the text's beginning are the secret, through whatever escapes.
fn length_at(text: &[u8], secret: &[u8]) -> Option<usize> {
    let mut rest = text;
    for &byte in secret {
        rest = behind(rest, byte)?;
    }
    text.len().checked_sub(rest.len())
}

/// What follows one character, if the text begins with it.
fn behind(text: &[u8], byte: u8) -> Option<&[u8]> {
    match text.first()? {
        first if *first == byte => text.get(1..),
        b'%' => hex_behind(text.get(1..)?, 2, byte),
        b'\\' => {
            let backslashes = text.iter().take(MOST_BACKSLASHES).take_while(|&&first| first == b'\\').count();
            let escaped = text.get(backslashes..)?;
            match escaped.first()? {
                first if *first == byte => escaped.get(1..),
                b'u' => hex_behind(escaped.get(1..)?, 4, byte),
                _ => None,
            }
        }
        b'&' => {
            let entity = text.strip_prefix(b"&#")?;
            let end = entity.iter().take(8).position(|&last| last == b';')?;
            let (number, behind) = entity.split_at_checked(end)?;
            let value = match number.split_first()? {
                (b'x' | b'X', digits) => parse(digits, 16),
                _ => parse(number, 10),
            };
            (value? == u32::from(byte)).then(|| behind.get(1..))?
        }
        _ => None,
    }
}

fn hex_behind(text: &[u8], digits: usize, byte: u8) -> Option<&[u8]> {
    let (number, behind) = text.split_at_checked(digits)?;
    (parse(number, 16)? == u32::from(byte)).then_some(behind)
}

fn parse(digits: &[u8], radix: u32) -> Option<u32> {
    let plain = digits.iter().all(u8::is_ascii_hexdigit);
    u32::from_str_radix(core::str::from_utf8(digits).ok().filter(|_| plain)?, radix).ok()
}

//! A verifier from plain data, as the bindings get it: every violation at once.

use super::verifier::{
    DEFAULT_MAX_AGE_MILLIS, DEFAULT_MAX_AHEAD_MILLIS, MAX_WINDOW_MILLIS, Verifier, keys_of, out_of_window,
};
use crate::input::{Fields, InvalidInput, OptionKey, OptionKind, option_names, wrong_type};
use crate::json::{Json, Object};
use crate::text::thousandths;
use crate::value::PartnerId;

pub(crate) const OPTIONS: &[OptionKey] = &[
    OptionKey::required(
        "partner_id",
        OptionKind::Text,
        "Digits as issued, leading zeros included: text, never a number.",
    ),
    OptionKey::optional(
        MAX_AGE,
        OptionKind::Seconds,
        "How old a signature may be, in seconds. Default 300 (an assumption).",
    ),
    OptionKey::optional(
        MAX_AHEAD,
        OptionKind::Seconds,
        "How far ahead of this machine's clock it may be, in seconds. Default 60 (an assumption).",
    ),
    OptionKey::optional(
        "partner_id_without_zeros",
        OptionKind::Flag,
        "Also takes a signature over the partner id without the zeros that it begins with. Default false (an assumption).",
    ),
];

/// What is given beside the options.
pub(crate) const SECRETS: &[OptionKey] =
    &[OptionKey::required("keys", OptionKind::Texts, "The API key, or several while keys are rotated.")];

const MAX_AGE: &str = "max_age_seconds";
const MAX_AHEAD: &str = "max_ahead_seconds";

impl Verifier {
    /// From JSON options and the API keys; the keys are no part of the options, so that they may be logged.
    ///
    /// # Errors
    /// Every violation of both at once; a key's at `keys/` and its place.
    pub fn from_json(options: &str, keys: &[&str]) -> Result<Self, InvalidInput> {
        let object = Object::parse(options)?;
        let mut fields = Fields::new(&object);
        fields.only(&const { option_names::<{ OPTIONS.len() }>(OPTIONS) });
        let partner_id = fields.required("partner_id", PartnerId::parse);
        let keys = fields.violations.keep(keys_of(keys));
        let age = millis(&mut fields, MAX_AGE, DEFAULT_MAX_AGE_MILLIS);
        let ahead = millis(&mut fields, MAX_AHEAD, DEFAULT_MAX_AHEAD_MILLIS);
        let without_zeros = fields.flag("partner_id_without_zeros");
        let verifier = partner_id.zip(keys).and_then(|(partner_id, keys)| {
            let verifier = fields.violations.keep(Self::new(partner_id, &keys))?.window_millis(age?, ahead?);
            Some(if without_zeros { verifier.also_without_zeros() } else { verifier })
        });
        fields.violations.finish(verifier)
    }
}

/// Seconds as whole milliseconds, within a day.
#[inline(never)]
fn millis(fields: &mut Fields<'_>, key: &str, default: i64) -> Option<i64> {
    match fields.member(key) {
        None | Some(Json::Null) => Some(default),
        Some(Json::Number(number)) => {
            let millis =
                thousandths(number.as_str()).filter(|millis| (0..=MAX_WINDOW_MILLIS).contains(millis));
            if millis.is_none() {
                fields.violations.push(out_of_window(key));
            }
            millis
        }
        Some(_) => {
            fields.violations.push(wrong_type(key, "number"));
            None
        }
    }
}

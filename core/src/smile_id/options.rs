//! A client from plain data, as the bindings get it: every violation at once.

use super::client::{SmileId, SmileIdBuilder};
use super::environment::Environment;
use super::pair::Pair;
use crate::input::{ALLOW_HTTP, Fields, InvalidInput, OptionKey, OptionKind, Violations, option_names};
use crate::json::Object;
use crate::value::{ApiKey, BaseUrl, Operator, PartnerId, Timestamp};

pub(crate) const OPTIONS: &[OptionKey] = &[
    OptionKey::required(
        "partner_id",
        OptionKind::Text,
        "Digits as issued, leading zeros included: text, never a number.",
    ),
    OptionKey::required(
        "environment",
        OptionKind::Word("Environment"),
        "Each has its own host and its own API key. There is no default.",
    ),
    OptionKey::optional(
        "operator",
        OptionKind::Text,
        "The operator's e-mail address, which every change to a user needs.",
    ),
    OptionKey::optional(
        "base_url",
        OptionKind::Text,
        "A gateway, a proxy or the sandbox: it replaces scheme, host and prefix.",
    ),
    ALLOW_HTTP,
];

impl SmileIdBuilder {
    /// Reads a client's options from JSON text.
    ///
    /// # Errors
    /// Every violation at once.
    pub fn from_json(options: &str) -> Result<Self, InvalidInput> {
        let object = Object::parse(options)?;
        let mut fields = Fields::new(&object);
        fields.only(&const { option_names::<{ OPTIONS.len() }>(OPTIONS) });
        let partner_id = fields.required("partner_id", PartnerId::parse);
        let environment = fields.of_set::<Environment>("environment", true);
        let operator = fields.optional("operator", Operator::parse);
        let allow_http = fields.flag("allow_http");
        let parse = if allow_http { BaseUrl::parse_allowing_http } else { BaseUrl::parse };
        let base_url = fields.optional("base_url", parse);
        let builder = partner_id.zip(environment).map(|(partner_id, environment)| {
            let mut builder = SmileId::new(partner_id, environment);
            builder.account.base_url = base_url;
            builder.operator = operator;
            builder
        });
        fields.violations.finish(builder)
    }
}

impl SmileId {
    /// A client from JSON options and an API key; the key is no part of the options, so that they may be logged.
    ///
    /// # Errors
    /// Every violation of both at once.
    pub fn from_json(options: &str, api_key: &str) -> Result<Self, InvalidInput> {
        let mut violations = Violations::default();
        let builder = violations.keep(SmileIdBuilder::from_json(options));
        let key = violations.keep(ApiKey::parse(api_key));
        violations.finish(builder.zip(key).map(|(builder, key)| builder.api_key(&key)))
    }

    /// A client from JSON options and the JSON of a [`Pair`] that came from another of your back ends.
    ///
    /// # Errors
    /// Every violation of both at once, the pair's below `pair`.
    pub fn from_json_with_pair(
        options: &str,
        pair: &str,
        received_at: Timestamp,
    ) -> Result<Self, InvalidInput> {
        let mut violations = Violations::default();
        let builder = violations.keep(SmileIdBuilder::from_json(options));
        let pair = violations.keep(Pair::from_json(pair).map_err(|invalid| invalid.below("pair")));
        let client =
            builder.zip(pair).and_then(|(builder, pair)| violations.keep(builder.pair(pair, received_at)));
        violations.finish(client)
    }
}

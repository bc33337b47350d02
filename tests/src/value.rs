//! Values and intents: what is taken, and what is refused.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use enrollkit::json::{Number, Object};
use enrollkit::smile_id::signature as sign;
use enrollkit::{
    ApiKey, BaseUrl, Intent, InvalidInput, Json, Operator, OrganizationName, PartnerId, Path, RelayUrl,
    Timestamp, Token, Unifyia, User, UserId, Violation,
};

use crate::{object, refused, rules, server_rules, text};

pub(crate) fn signature(input: &Json) -> Result<Json, String> {
    let (key, time, partner) = (text(input, "key")?, text(input, "timestamp")?, text(input, "partner_id")?);
    Ok(object([
        ("string_to_sign", format!("{time}{partner}sid_request").into()),
        ("signature", sign(key, time, partner).into()),
    ]))
}

pub(crate) fn timestamp(input: &Json) -> Result<Json, String> {
    let parsed = match input.get("millis").and_then(Json::as_number).map(Number::as_i64) {
        Some(millis) => Timestamp::from_unix_millis(millis.ok_or("`millis` is no 64-bit integer")?),
        None => Timestamp::parse(text(input, "text")?),
    };
    Ok(match parsed {
        Ok(time) => object([("text", time.to_text().into()), ("millis", time.unix_millis().into())]),
        Err(invalid) => refused(&invalid),
    })
}

pub(crate) fn value(input: &Json) -> Result<Json, String> {
    let given = text(input, "text")?;
    let kept = |result: Result<String, InvalidInput>| match result {
        Ok(text) => object([("text", text.into())]),
        Err(invalid) => refused(&invalid),
    };
    Ok(kept(match text(input, "type")? {
        "partner_id" => PartnerId::parse(given).map(|value| value.as_str().to_string()),
        "user_id" => UserId::parse(given).map(|value| value.as_str().to_string()),
        "operator" => Operator::parse(given).map(|value| value.as_str().to_string()),
        "organization" => OrganizationName::parse(given).map(|value| value.as_str().to_string()),
        "base_url" => BaseUrl::parse(given).map(|value| value.as_str().to_string()),
        "base_url_allowing_http" => {
            BaseUrl::parse_allowing_http(given).map(|value| value.as_str().to_string())
        }
        "relay_url" => RelayUrl::parse(given).map(|value| value.as_str().to_string()),
        "path" => Path::parse(given).map(|value| value.as_str().to_string()),
        // Secrets are taken or refused; there is no way to read them back.
        "api_key" => ApiKey::parse(given).map(|_| given.to_string()),
        "token" => Token::parse(given).map(|_| given.to_string()),
        "auth_header" => BaseUrl::parse("https://host.example")
            .and_then(|base| Unifyia::new(base).with_auth_header(given))
            .map(|_| given.to_string()),
        other => return Err(format!("no such type: {other}")),
    }))
}

/// What is wrong with a user object; no violation when it can be sent.
pub(crate) fn check(input: &Json) -> Result<Json, String> {
    let organization = input.get("organization").and_then(Json::as_str);
    let (user, rules) = (text(input, "user_json")?, rules(input));
    let violations = User::check_text(user, organization, rules);
    // The other door: what is checked is what can be sent.
    let sent = Intent::sign_up_text(user, organization, rules);
    if sent.map_or_else(|invalid| invalid.violations().to_vec(), |_| Vec::new()) != violations {
        return Err("`sign_up_text` and `check_text` differ".into());
    }
    let plain: Vec<Json> = violations.iter().map(Violation::to_json).collect();
    Ok(object([("violations", plain.into())]))
}

pub(crate) fn json(input: &Json) -> Result<Json, String> {
    Ok(match Json::parse(text(input, "text")?) {
        Ok(value) => object([("text", value.to_text().into())]),
        Err(invalid) => refused(&invalid),
    })
}

pub(crate) fn intent(input: &Json) -> Result<Json, String> {
    let read = Intent::from_json_with(text(input, "intent_json")?, rules(input));
    let made = match text(input, "user_fields_json") {
        Ok(fields) => {
            read.and_then(|intent| intent.with_user_fields(&Object::parse(fields)?, server_rules(input)))
        }
        Err(_) => read,
    };
    Ok(match made {
        Ok(intent) => object([
            ("action", intent.action().slug().into()),
            ("mutation", intent.action().operation().is_mutation().into()),
            ("intent_json", intent.to_json().to_text().into()),
        ]),
        Err(invalid) => refused(&invalid),
    })
}

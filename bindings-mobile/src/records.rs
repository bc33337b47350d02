//! What crosses as records: plain data.

use enrollkit::smile_id::{Pair, Verified};
use enrollkit::{Call, Details, Intent, Outcome, ReadOutcome, Timestamp, relay};

/// A header's name and value.
#[derive(uniffi::Record)]
pub struct CoreHeader {
    /// The name.
    pub name: String,
    /// The value.
    pub value: String,
}

/// Who reads a call's answer: a facade keeps it and gives it back with the answer.
#[derive(uniffi::Record)]
pub struct CoreReader {
    /// The operation's slug.
    pub operation: String,
    /// Whether the answer comes from a relay.
    pub relayed: bool,
    /// The time that was signed, if one was.
    pub signed_at: Option<String>,
    /// Partner id and environment of a signed call, in words.
    pub account: Option<String>,
    /// What is masked wherever an answer repeats it.
    pub secrets: Vec<String>,
}

/// A request that is ready to be sent.
#[derive(uniffi::Record)]
pub struct CoreCall {
    /// Who reads the answer.
    pub reader: CoreReader,
    /// The HTTP method.
    pub method: String,
    /// The address.
    pub url: String,
    /// The headers to set.
    pub headers: Vec<CoreHeader>,
    /// The body; none for a GET.
    pub body: Option<String>,
    /// What may be shown of the call.
    pub shown: String,
}

impl<T: ReadOutcome> From<Call<T>> for CoreCall {
    fn from(call: Call<T>) -> Self {
        let reader = call.reader();
        let headers = call
            .headers()
            .iter()
            .map(|header| CoreHeader { name: header.name().to_owned(), value: header.value().to_owned() });
        Self {
            reader: CoreReader {
                operation: call.operation().slug().to_owned(),
                relayed: reader.is_relayed(),
                signed_at: reader.signed_at().map(Timestamp::to_text),
                account: reader.account().map(str::to_owned),
                secrets: reader.secrets().map(str::to_owned).collect(),
            },
            method: call.method().slug().to_owned(),
            url: call.url().to_owned(),
            headers: headers.collect(),
            body: Some(call.body()).filter(|body| !body.is_empty()).map(str::to_owned),
            shown: format!("{call:?}"),
        }
    }
}

/// An outcome: its plain form, and the body that it was read from.
#[derive(uniffi::Record)]
pub struct CoreOutcome {
    /// The plain form, numbers exact.
    pub json: String,
    /// The body as it came, the call's secrets masked.
    pub raw: Vec<u8>,
    /// Whether reading lost something.
    pub lossy: bool,
}

impl From<Outcome> for CoreOutcome {
    fn from(outcome: Outcome) -> Self {
        Self {
            json: outcome.to_json(Details::Included).to_text(),
            raw: outcome.raw().bytes().to_vec(),
            lossy: outcome.raw().is_lossy(),
        }
    }
}

/// A valid intent: its exact text, and what a policy asks of it.
#[derive(uniffi::Record)]
pub struct CoreIntent {
    /// The wire form, to the last digit.
    pub json: String,
    /// The action's slug.
    pub action: String,
    /// Whom it is about, at Smile ID.
    pub user_id: Option<String>,
    /// The organization that the intent itself names, at Unifyia.
    pub organization: Option<String>,
    /// The user object of a sign-up, as JSON text.
    pub user: Option<String>,
}

impl From<Intent> for CoreIntent {
    fn from(intent: Intent) -> Self {
        Self {
            json: intent.to_text(),
            action: intent.action().slug().to_owned(),
            user_id: intent.user_id().map(|id| id.as_str().to_owned()),
            organization: intent.organization().map(|name| name.as_str().to_owned()),
            user: intent.user().map(|user| user.as_text().to_owned()),
        }
    }
}

/// A timestamp and its signature.
#[derive(uniffi::Record)]
pub struct CorePair {
    /// The partner that signed.
    pub partner_id: String,
    /// The environment whose key signed, as its slug.
    pub environment: String,
    /// The time that was signed, as text.
    pub timestamp: String,
    /// The signature.
    pub signature: String,
    /// How many seconds after receipt the holder stops using it.
    pub expires_in: i64,
}

impl From<Pair> for CorePair {
    fn from(pair: Pair) -> Self {
        Self {
            partner_id: pair.partner_id().as_str().to_owned(),
            environment: pair.environment().slug().to_owned(),
            timestamp: pair.timestamp().to_text(),
            signature: pair.signature().to_owned(),
            expires_in: pair.expires_in().into(),
        }
    }
}

/// A relay's answer.
#[derive(uniffi::Record)]
pub struct CoreAnswer {
    /// The HTTP status.
    pub status: i32,
    /// The body.
    pub body: String,
}

impl From<relay::Answer> for CoreAnswer {
    fn from(answer: relay::Answer) -> Self {
        Self { status: answer.status.into(), body: answer.body }
    }
}

/// What is said of a valid callback or webhook.
#[derive(uniffi::Record)]
pub struct CoreVerified {
    /// How old the signature is.
    pub age_seconds: i64,
    /// The job that the message names.
    pub job_id: Option<String>,
    /// The user that the message names.
    pub user_id: Option<String>,
    /// Whether two places of the message name different jobs or users.
    pub ids_differ: bool,
    /// The result that the message claims.
    pub result_code: Option<String>,
    /// In which form the partner id was signed, as its slug.
    pub partner_id_form: String,
    /// For finding redeliveries.
    pub delivery_key: String,
    /// SHA-256 of the signature.
    pub pair_key: String,
    /// The body as JSON text; none when it is not JSON.
    pub json: Option<String>,
}

impl From<Verified> for CoreVerified {
    fn from(verified: Verified) -> Self {
        Self {
            age_seconds: verified.age_seconds(),
            job_id: verified.job_id().map(str::to_owned),
            user_id: verified.user_id().map(str::to_owned),
            ids_differ: verified.ids_differ(),
            result_code: verified.result_code().map(str::to_owned),
            partner_id_form: verified.partner_id_form().slug().to_owned(),
            delivery_key: verified.delivery_key().to_owned(),
            pair_key: verified.pair_key().to_owned(),
            json: verified.json().map(enrollkit::Json::to_text),
        }
    }
}

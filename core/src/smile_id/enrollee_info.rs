//! `POST {host}/api/v2/partner/enrollee/info`
//!
//! Source: Smile ID's documentation of the user look-up. The body has no `email`. The answer holds names, identity
//! numbers, addresses and photos: everything below hides them from `Debug`.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use super::{Account, Signed};
use crate::body::BodyWriter;
use crate::call::{Operation, Reply, Request};
use crate::error::{Error, Unreadable, UnreadableReason};
use crate::http::{RawBody, lenient_text};
use crate::ids::UserId;
use crate::json::{Json, Object};
use crate::outcome::{Details, ReadOutcome, sealed::Sealed};

const PATH: &str = "/api/v2/partner/enrollee/info";

pub(super) fn request(account: &Account, user_id: &UserId, signed: &Signed) -> Request {
    let mut body = BodyWriter::for_texts(&[user_id.as_str()]);
    super::write_credentials(&mut body, account, signed);
    body.text("user_id", user_id.as_str());
    account.post(PATH, body)
}

/// What Smile ID knows of a user. What the answer leaves out, or gives in another type, is `None`; nothing is lost, since
/// [`Self::raw`] has it all.
#[derive(Clone, PartialEq, Eq)]
pub struct EnrolleeInfo {
    /// The user's flags; `None` when the answer has no such object, which then confirms nothing.
    pub enrolled_user: Option<EnrolledUser>,
    /// The user's jobs.
    pub history: Vec<HistoryEntry>,
    raw: RawBody,
}

/// A user's flags; `None` is one that the answer left out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct EnrolledUser {
    /// One more enrollment job is allowed.
    pub allow_new_enroll: Option<bool>,
    /// The enrollment is complete.
    pub complete: Option<bool>,
    /// Deleted, for ever.
    pub deleted: Option<bool>,
    /// Deactivated.
    pub inactive: Option<bool>,
    /// Marked as fraudulent.
    pub is_fraudulent: Option<bool>,
    /// Pending.
    pub pending: Option<bool>,
    /// Provisional.
    pub provisional: Option<bool>,
}

/// One job of a user.
#[derive(Clone, PartialEq, Eq)]
pub struct HistoryEntry {
    /// When, as the service wrote it.
    pub created_at: Option<String>,
    /// What the partner sent along.
    pub partner_params: PartnerParams,
    /// The job's id.
    pub job_id: Option<String>,
    /// The result's code, as text: `"0840"`.
    pub result_code: Option<String>,
    /// The result in words.
    pub result_message: Option<String>,
    /// The identity document that was checked.
    pub id_check: Option<IdCheck>,
}

/// What the partner sent along with a job.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct PartnerParams {
    /// The job's id.
    pub job_id: Option<String>,
    /// The user's id.
    pub user_id: Option<String>,
    /// The kind of job, as text.
    pub job_type: Option<String>,
}

/// An identity document that was checked: heavy personal data.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct IdCheck {
    /// The holder's name.
    pub name: Option<String>,
    /// The document's number.
    pub id_number: Option<String>,
    /// The country that issued it.
    pub country: Option<String>,
    /// The kind of document.
    pub id_type: Option<String>,
    /// The holder's date of birth, as the service wrote it.
    pub dob: Option<String>,
    /// The document's last day, as the service wrote it.
    pub expiration_date: Option<String>,
    /// The holder's photo, base64.
    pub photo: Option<String>,
    /// The holder's address.
    pub address: Option<String>,
    /// The holder's gender.
    pub gender: Option<String>,
    /// The holder's phone number.
    pub phone_number: Option<String>,
    /// The check's code, as text.
    pub result_code: Option<String>,
    /// The check's result in words.
    pub result_text: Option<String>,
    /// Whatever the authority answered.
    pub full_data: Option<Json>,
}

/// The wire's names of the flags, in the document's order.
macro_rules! each_flag {
    ($action:ident) => {
        $action!(allow_new_enroll, complete, deleted, inactive, is_fraudulent, pending, provisional)
    };
}

/// The wire's names of the texts of an `id_check`, in the document's order.
macro_rules! each_id_text {
    ($action:ident) => {
        $action!(
            name,
            id_number,
            country,
            id_type,
            dob,
            expiration_date,
            photo,
            address,
            gender,
            phone_number,
            result_code,
            result_text
        )
    };
}

impl EnrolleeInfo {
    /// The body as it came, the call's secrets masked. Empty for what came through a relay.
    #[must_use]
    pub fn raw(&self) -> &RawBody {
        &self.raw
    }

    pub(crate) fn write_to(&self, object: Object, details: Details) -> Object {
        let history: Vec<Json> = self.history.iter().map(|entry| entry.to_json(details)).collect();
        object
            .with_some("enrolled_user", self.enrolled_user.map(EnrolledUser::to_json))
            .with("history", history)
    }

    /// Both wire forms have the same names: the service's, and the relay's, which only has more beside them.
    fn from_json(json: &Json, raw: RawBody) -> Self {
        let history = json.get("history").and_then(Json::as_array).unwrap_or_default();
        Self {
            enrolled_user: json
                .get("enrolled_user")
                .filter(|user| user.as_object().is_some())
                .map(EnrolledUser::from_json),
            history: history
                .iter()
                .filter(|entry| entry.as_object().is_some())
                .map(HistoryEntry::from_json)
                .collect(),
            raw,
        }
    }
}

impl Sealed for EnrolleeInfo {}

impl ReadOutcome for EnrolleeInfo {
    fn read(reply: Reply<'_>) -> Result<Self, Error> {
        if let Some(json @ Json::Object(_)) = &reply.body.json {
            return Ok(Self::from_json(json, reply.body.raw));
        }
        Err(Unreadable::new(
            Operation::SmileIdEnrolleeInfo,
            UnreadableReason::NotJson,
            reply.status,
            reply.body.raw,
        )
        .into())
    }

    fn of_operation(json: &Json, _: Operation) -> Option<Self> {
        Some(Self::from_json(json, RawBody::default()))
    }
}

impl EnrolledUser {
    /// Reads the service's form, and the plain form, which has the same names; what is missing or of another type is `None`.
    #[must_use]
    pub fn from_json(json: &Json) -> Self {
        let flag = |key: &str| match json.get(key)? {
            Json::Bool(value) => Some(*value),
            // Services write booleans as text, too.
            Json::String(text) => match text.as_str() {
                "true" => Some(true),
                "false" => Some(false),
                _ => None,
            },
            _ => None,
        };
        macro_rules! read {
            ($($name:ident),+) => { Self { $($name: flag(stringify!($name)),)+ } };
        }
        each_flag!(read)
    }

    /// The plain form.
    #[must_use]
    pub fn to_json(self) -> Json {
        macro_rules! write {
            ($($name:ident),+) => { Object::new()$(.with_some(stringify!($name), self.$name))+.into() };
        }
        each_flag!(write)
    }
}

fn text(json: &Json, key: &str) -> Option<String> {
    lenient_text(json.get(key)?).map(Into::into)
}

impl PartnerParams {
    /// As [`EnrolledUser::from_json`].
    #[must_use]
    pub fn from_json(json: &Json) -> Self {
        Self {
            job_id: text(json, "job_id"),
            user_id: text(json, "user_id"),
            job_type: text(json, "job_type"),
        }
    }

    /// The plain form.
    #[must_use]
    pub fn to_json(&self) -> Json {
        Object::new()
            .with_some("job_id", self.job_id.as_deref())
            .with_some("user_id", self.user_id.as_deref())
            .with_some("job_type", self.job_type.as_deref())
            .into()
    }
}

impl HistoryEntry {
    /// As [`EnrolledUser::from_json`].
    #[must_use]
    pub fn from_json(json: &Json) -> Self {
        Self {
            created_at: text(json, "created_at"),
            partner_params: json.get("partner_params").map(PartnerParams::from_json).unwrap_or_default(),
            job_id: text(json, "job_id"),
            result_code: text(json, "result_code"),
            result_message: text(json, "result_message"),
            id_check: json
                .get("id_check")
                .filter(|check| check.as_object().is_some())
                .map(IdCheck::from_json),
        }
    }

    /// The plain form; with or without the identity document.
    #[must_use]
    pub fn to_json(&self, details: Details) -> Json {
        let id_check = self.id_check.as_ref().filter(|_| details == Details::Included).map(IdCheck::to_json);
        Object::new()
            .with_some("created_at", self.created_at.as_deref())
            .with("partner_params", self.partner_params.to_json())
            .with_some("job_id", self.job_id.as_deref())
            .with_some("result_code", self.result_code.as_deref())
            .with_some("result_message", self.result_message.as_deref())
            .with_some("id_check", id_check)
            .into()
    }
}

impl IdCheck {
    /// As [`EnrolledUser::from_json`].
    #[must_use]
    pub fn from_json(json: &Json) -> Self {
        macro_rules! read {
            ($($name:ident),+) => {
                Self { $($name: text(json, stringify!($name)),)+ full_data: json.get("full_data").cloned() }
            };
        }
        each_id_text!(read)
    }

    /// The plain form.
    #[must_use]
    pub fn to_json(&self) -> Json {
        macro_rules! write {
            ($($name:ident),+) => {
                Object::new()
                    $(.with_some(stringify!($name), self.$name.as_deref()))+
                    .with_some("full_data", self.full_data.clone())
                    .into()
            };
        }
        each_id_text!(write)
    }
}

impl fmt::Debug for EnrolleeInfo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "EnrolleeInfo({:?}, {} jobs)", self.enrolled_user, self.history.len())
    }
}

impl fmt::Debug for HistoryEntry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("HistoryEntry(..)")
    }
}

impl fmt::Debug for PartnerParams {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PartnerParams(..)")
    }
}

impl fmt::Debug for IdCheck {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("IdCheck(..)")
    }
}

//! What a message about a result says, in each spelling that a receiver may meet.

use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::clock;
use crate::smile_id::enrollee_info::{PIXEL_PNG, fictional_person, job_type};
use crate::smile_id::{ENROLLED, FRAUDULENT};
use crate::store::Job;

/// How a result gets to its receiver.
#[derive(Clone, Copy)]
pub(crate) enum Way {
    Callback,
    Webhook,
}

impl Way {
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Callback => "callback",
            Self::Webhook => "webhook",
        }
    }
}

/// How a result is written down.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Spelling {
    /// Documented for callbacks: `ResultCode`, `PartnerParams`, `SmileJobID` and so on.
    ResultObject,
    /// Documented for webhooks: `status`, `reason`, `partner_params`; it names no result code.
    V3,
    /// Assumption: the look-up's names, in one flat object. Documented nowhere.
    Flat,
}

impl Spelling {
    /// What the documentation shows for this way.
    pub(crate) fn documented(way: Way) -> Self {
        match way {
            Way::Callback => Self::ResultObject,
            Way::Webhook => Self::V3,
        }
    }

    /// The body, without time and signature. Nothing in it changes between deliveries of one result.
    pub(crate) fn body(self, job: &Job) -> Map<String, Value> {
        let body = match self {
            Self::ResultObject => result_object(job),
            Self::V3 => v3(job),
            Self::Flat => flat(job),
        };
        match body {
            Value::Object(body) => body,
            // Each of them is an object.
            _ => Map::new(),
        }
    }
}

/// The names are documented, and that `IsFinalResult` is text. Assumption: which actions a simulated job lists.
fn result_object(job: &Job) -> Value {
    let registered = match (job.is_final, is(job, ENROLLED)) {
        (false, _) => "Under Review",
        (true, true) => "Approved",
        (true, false) => "Rejected",
    };
    let mut body = json!({
        "SmileJobID": smile_job_id(job),
        "PartnerParams": { "job_id": job.job_id, "user_id": job.user_id, "job_type": job_type(job) },
        "ResultCode": job.result_code,
        "ResultText": job.result_text,
        "IsFinalResult": if job.is_final { "true" } else { "false" },
        "Actions": { "Liveness_Check": "Passed", "Register_Selfie": registered },
    });
    if let (true, Some(body)) = (job.id_check, body.as_object_mut()) {
        let person = fictional_person();
        for (name, field) in [
            ("Country", "country"),
            ("IDType", "id_type"),
            ("IDNumber", "id_number"),
            ("FullName", "name"),
            ("DOB", "dob"),
            ("Gender", "gender"),
            ("Address", "address"),
            ("PhoneNumber", "phone_number"),
        ] {
            body.insert(name.to_owned(), person[field].clone());
        }
        body.insert("Photo".to_owned(), Value::from(PIXEL_PNG));
    }
    body
}

/// The names are documented, and what a flagged user's reason is. Assumption: a provisional result is `attention`.
fn v3(job: &Job) -> Value {
    let (status, reason) = match () {
        () if !job.is_final => ("attention", Value::Null),
        () if is(job, FRAUDULENT) => ("block", Value::from("account_locked_fraud")),
        () => ("clear", Value::Null),
    };
    let created_at = clock::stamp(job.created_at);
    let mut body = json!({
        "status": status,
        "message": job.result_text,
        "reason": reason,
        "product": if job.id_check { "biometric_kyc" } else { "smart_selfie_registration" },
        "created_at": created_at,
        "completed_at": job.is_final.then_some(created_at.as_str()),
        "partner_params": { "job_id": job.job_id, "user_id": job.user_id },
    });
    if job.id_check {
        let person = fictional_person();
        body["id_fields"] = json!({
            "country": person["country"],
            "id_type": person["id_type"],
            "id_number": person["id_number"],
            "full_name": person["name"],
            "date_of_birth": person["dob"],
            "gender": person["gender"],
            "address": person["address"],
            "expiration_date": person["expiration_date"],
        });
    }
    body
}

fn flat(job: &Job) -> Value {
    json!({
        "job_id": job.job_id,
        "user_id": job.user_id,
        "result_code": job.result_code,
        "result_text": job.result_text,
        "job_complete": job.is_final,
    })
}

fn is(job: &Job, result: crate::smile_id::Code) -> bool {
    job.result_code == result.0
}

/// The service's own number of the job, which is not the partner's `job_id`. Ten digits, as in official samples.
fn smile_job_id(job: &Job) -> String {
    format!("{:010}", job.row)
}

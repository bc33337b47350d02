//! `POST /api/v2/partner/enrollee/info`: what is known about a user.
//!
//! The response's fields are documented; the personal data in `id_check` is made up and says so.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use serde_json::{Value, json};

use super::codes::{NO_USER, Refusal, refuse, storage};
use super::request::{object, signed, text};
use crate::app::App;
use crate::clock;
use crate::reply::Reply;
use crate::store::Job;
use crate::subject::Subject;

// Assumption: job types of simulated jobs (1 with an ID look-up, 4 without).
const JOB_TYPE_WITH_ID: u8 = 1;
const JOB_TYPE: u8 = 4;
/// A picture of one pixel, so that "a photo" is there to be redacted.
pub(crate) const PIXEL_PNG: &str =
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

pub(crate) async fn handle(State(app): State<Arc<App>>, body: Bytes) -> Reply {
    run(&app, &body).unwrap_or_else(|refusal| refusal.reply())
}

fn run(app: &App, body: &[u8]) -> Result<Reply, Refusal> {
    let map = object(body)?;
    let user_id = text(&map, "user_id")?;
    let environment = signed(app, &map)?;
    let store = app.store();
    // Assumption: a deleted user is still found, with `deleted: true`; the field would make no sense otherwise.
    let Some(user) = store.user(environment, user_id).map_err(storage)? else {
        return refuse(NO_USER, "no such user in this environment");
    };
    let mut jobs = store.jobs_of(environment, user_id).map_err(storage)?;
    jobs.retain(|job| !app.is_not_shown_yet(job.row));
    // Assumption: what these three mean; here they tell whether the newest job has its final result.
    let pending = jobs.first().is_some_and(|job| !job.is_final);
    Ok(Reply::done(
        StatusCode::OK,
        &json!({
            "enrolled_user": {
                "allow_new_enroll": user.allow_new_enroll,
                "complete": !pending,
                "deleted": user.deleted,
                "inactive": !user.active,
                "is_fraudulent": user.is_fraudulent,
                "pending": pending,
                "provisional": pending,
            },
            "history": jobs.iter().map(history_entry).collect::<Vec<_>>(),
        }),
    ))
}

fn history_entry(job: &Job) -> Value {
    json!({
        "created_at": clock::stamp(job.created_at),
        "partner_params": partner_params(job),
        "job_id": job.job_id,
        "result_code": job.result_code,
        "result_message": job.result_text,
        "id_check": job.id_check.then(fictional_person),
    })
}

fn partner_params(job: &Job) -> Value {
    json!({ "job_id": job.job_id, "user_id": job.user_id, "job_type": job_type(job) })
}

pub(crate) fn job_type(job: &Job) -> u8 {
    if job.id_check { JOB_TYPE_WITH_ID } else { JOB_TYPE }
}

/// Easy to search for in places where it must not be.
pub(crate) fn fictional_person() -> Value {
    json!({
        "name": "FICTIONAL PERSON",
        "id_number": "FICTIONAL-ID-00000000000",
        "country": "NG",
        "id_type": "NIN",
        "dob": "1900-01-01",
        "expiration_date": "2099-12-31",
        "photo": PIXEL_PNG,
        "address": "1 Fictional Street, Nowhere",
        "gender": "X",
        "phone_number": "+000000000000",
        "result_code": "1012",
        "result_text": "Valid ID",
        "full_data": { "mothersName": "FICTIONAL MOTHER", "nationality": "FICTIONAL" },
    })
}

/// For the journal.
pub(crate) fn subject(body: &[u8]) -> Subject {
    let map = object(body).unwrap_or_default();
    Subject {
        service: "smile_id",
        operation: "smile_id.enrollee_info",
        user_id: text(&map, "user_id").ok().map(str::to_owned),
        secret: text(&map, "signature").ok().map(str::to_owned),
    }
}

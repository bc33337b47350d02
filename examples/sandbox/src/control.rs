//! `/control/*`: a test's own routes. The pipeline has checked the control token before anything here runs.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::routing::{get, post};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

use crate::app::App;
use crate::clock::{self, MAX_OFFSET_SECONDS};
use crate::delivery::{self, Played, Spelling};
use crate::lock::lock;
use crate::reply::Reply;
use crate::smile_id::{DELETED, Environment, failure_body, jobs};
use crate::store::{Entry, SignUp, User};

type Shared = State<Arc<App>>;

pub(crate) fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/users", get(users).put(enroll))
        .route("/jobs", post(job))
        .route("/replay", post(replay))
        .route("/deliveries", get(deliveries))
        .route("/requests", get(requests))
        .route("/sign_ups", get(sign_ups))
        .route("/faults", get(faults).post(order_fault).delete(clear_faults))
        .route("/clock", post(set_clock))
        .route("/reset", post(reset))
}

/// Control bodies are small and typed; the caller is the test's author, so the reader's own words help.
fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, Reply> {
    serde_json::from_slice(body).map_err(|error| bad(&error.to_string()))
}

fn bad(text: &str) -> Reply {
    Reply::error(StatusCode::BAD_REQUEST, text, "bad control request")
}

/// For `map_or_else` on what the state said.
fn storage(_: rusqlite::Error) -> Reply {
    Reply::storage()
}

fn ok(body: &Value) -> Reply {
    Reply::done(StatusCode::OK, body)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Enrollment {
    user_id: String,
    environment: Environment,
}

/// `PUT /control/users {"user_id": …, "environment": "test"}`: enrolled without a job.
async fn enroll(State(app): Shared, body: Bytes) -> Reply {
    let order: Enrollment = match read(&body) {
        Ok(order) => order,
        Err(reply) => return reply,
    };
    if order.user_id.is_empty() {
        return bad("user_id is empty");
    }
    let store = app.store();
    let enrolled = store
        .enroll(order.environment, &order.user_id)
        .and_then(|new| Ok((new, store.user(order.environment, &order.user_id)?)));
    match enrolled {
        Ok((_, Some(user))) if user.deleted => {
            let body = failure_body(DELETED.0, DELETED.1);
            Reply::refusal(StatusCode::CONFLICT, &body, "deleted for ever").with_code(DELETED.0)
        }
        Ok((new, Some(user))) => {
            Reply::done(if new { StatusCode::CREATED } else { StatusCode::OK }, &user.to_json())
        }
        Ok((_, None)) => Reply::storage(),
        Err(error) => storage(error),
    }
}

async fn users(State(app): Shared) -> Reply {
    let users = app.store().users();
    users.map_or_else(storage, |users| {
        ok(&json!({ "users": users.iter().map(User::to_json).collect::<Vec<_>>() }))
    })
}

/// `POST /control/jobs`: plays an enrollment job. 200 also when the service would refuse it: `accepted` tells.
async fn job(State(app): Shared, body: Bytes) -> Reply {
    match read::<jobs::Order>(&body) {
        Ok(order) if order.has_empty_id() => bad("user_id or job_id is empty"),
        Ok(order) => jobs::simulate(&app, &order).map_or_else(storage, |result| ok(&result)),
        Err(reply) => reply,
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Replay {
    job_id: String,
    /// Either environment's job when left out.
    environment: Option<Environment>,
    /// As for `POST /control/jobs`.
    spelling: Option<Spelling>,
}

/// `POST /control/replay {"job_id": …}`: the final result once more, freshly signed.
async fn replay(State(app): Shared, body: Bytes) -> Reply {
    let order: Replay = match read(&body) {
        Ok(order) => order,
        Err(reply) => return reply,
    };
    for environment in Environment::ALL {
        if order.environment.is_some_and(|only| only != environment) {
            continue;
        }
        let job = app.store().job(environment, &order.job_id);
        match job {
            Ok(None) => {}
            Ok(Some(job)) if !job.is_final => {
                return Reply::error(
                    StatusCode::CONFLICT,
                    "The job has no final result yet",
                    "not final yet",
                );
            }
            Ok(Some(job)) => {
                let played =
                    Played { environment, job, spelling: order.spelling, shown_after: Duration::ZERO };
                tokio::spawn(async move { delivery::send(&app, &played).await });
                return Reply::done(StatusCode::ACCEPTED, &json!({ "job_id": order.job_id }));
            }
            Err(error) => return storage(error),
        }
    }
    Reply::error(StatusCode::NOT_FOUND, "No such job", "no such job")
}

async fn deliveries(State(app): Shared) -> Reply {
    ok(&json!({ "deliveries": *lock(&app.deliveries) }))
}

#[derive(Deserialize)]
struct Filter {
    user_id: Option<String>,
}

async fn requests(State(app): Shared, filter: Result<Query<Filter>, QueryRejection>) -> Reply {
    let Ok(Query(Filter { user_id })) = filter else { return bad("the query is ?user_id=…") };
    let entries = app.store().requests(user_id.as_deref());
    entries.map_or_else(storage, |entries| {
        ok(&json!({ "requests": entries.iter().map(Entry::to_json).collect::<Vec<_>>() }))
    })
}

async fn sign_ups(State(app): Shared) -> Reply {
    let sign_ups = app.store().sign_ups();
    sign_ups.map_or_else(storage, |sign_ups| {
        ok(&json!({ "sign_ups": sign_ups.iter().map(SignUp::to_json).collect::<Vec<_>>() }))
    })
}

async fn order_fault(State(app): Shared, body: Bytes) -> Reply {
    let ordered = read::<Map<String, Value>>(&body)
        .and_then(|order| app.faults.order(order).map_err(|error: String| bad(&error)));
    ordered.map_or_else(|reply| reply, |fault| Reply::done(StatusCode::CREATED, &fault))
}

async fn faults(State(app): Shared) -> Reply {
    ok(&json!({ "faults": app.faults.list(), "redirected_calls": app.redirected.load(Ordering::Relaxed) }))
}

async fn clear_faults(State(app): Shared) -> Reply {
    ok(&json!({ "cleared": app.faults.clear() }))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Shift {
    offset_seconds: i64,
}

async fn set_clock(State(app): Shared, body: Bytes) -> Reply {
    match read::<Shift>(&body) {
        Ok(Shift { offset_seconds }) if offset_seconds.abs_diff(0) > MAX_OFFSET_SECONDS.unsigned_abs() => {
            bad("offset_seconds is at most ten years")
        }
        Ok(Shift { offset_seconds }) => {
            app.clock.shift(offset_seconds);
            ok(&json!({ "offset_seconds": offset_seconds, "now": clock::stamp(app.clock.now_ms()) }))
        }
        Err(reply) => reply,
    }
}

/// As after a fresh start without a state file; the users of `--user` are back.
async fn reset(State(app): Shared) -> Reply {
    app.faults.clear();
    app.clock.shift(0);
    app.redirected.store(0, Ordering::Relaxed);
    lock(&app.deliveries).clear();
    lock(&app.shown_from).clear();
    let cleared = app.store().clear();
    cleared
        .and_then(|()| app.enroll_first_users())
        .map_or_else(storage, |()| ok(&json!({ "status": "reset" })))
}

/// Where the fault `redirect` leads, with the answer that a careless client would take for success.
pub(crate) async fn redirected(State(app): Shared) -> Reply {
    app.redirected.fetch_add(1, Ordering::Relaxed);
    ok(&json!({ "message": "You followed a redirect", "status": "OK" }))
}

//! Results of simulated jobs, sent to the callback URL (signature in the body) and the webhook URL (in headers).

mod body;
mod http_client;

use std::sync::Arc;
use std::time::Duration;

use axum::http::{HeaderMap, HeaderName, HeaderValue, Uri};
use serde_json::{Value, json};

pub(crate) use self::body::Spelling;
use self::body::Way;
use crate::app::App;
use crate::clock;
use crate::lock::lock;
use crate::log::user_tag;
use crate::smile_id::{Code, Environment};
use crate::store::Job;

/// Documented: at least once, up to 3 retries. Assumption: the pauses (the real ones are surely longer).
const PAUSES_MS: [u64; 3] = [250, 500, 1000];
// Assumption: the header's value.
const API_VERSION: &str = "v3";
/// How many past deliveries `GET /control/deliveries` remembers.
const KEEP: usize = 1000;

/// A job whose results are told.
pub(crate) struct Played {
    pub(crate) environment: Environment,
    pub(crate) job: Job,
    /// None: as documented for callbacks and for webhooks.
    pub(crate) spelling: Option<Spelling>,
    /// How long after its message a look-up shows a result.
    pub(crate) shown_after: Duration,
}

/// Sends a job's result; with `later`, the one that is there is provisional and the final one follows.
pub(crate) async fn play(app: Arc<App>, mut played: Played, later: Option<(Code, Duration)>) {
    send(&app, &played).await;
    let Some((result, wait)) = later else { return };
    tokio::time::sleep(wait).await;
    let row = played.job.row;
    // A reset in between means that nobody waits for it any more.
    let finish = || matches!(app.store().finish_job(row, result), Ok(true));
    let shown_after = played.shown_after;
    if shown_after.is_zero() && !finish() {
        return;
    }
    let job = &mut played.job;
    (job.result_code, job.result_text, job.is_final) = (result.0.to_owned(), result.1.to_owned(), true);
    tokio::join!(send(&app, &played), async {
        if !shown_after.is_zero() {
            tokio::time::sleep(shown_after).await;
            finish();
        }
    });
}

/// Once to each URL, each with a fresh timestamp of its own.
pub(crate) async fn send(app: &App, played: &Played) {
    tokio::join!(
        deliver(app, played, Way::Callback, app.callback_url.as_ref()),
        deliver(app, played, Way::Webhook, app.webhook_url.as_ref()),
    );
}

async fn deliver(app: &App, played: &Played, way: Way, url: Option<&Uri>) {
    let Some(url) = url else { return };
    let job = &played.job;
    let timestamp = clock::stamp(app.clock.signing_ms());
    let signature = app.keys.sign(played.environment, &timestamp, &app.partner_id);
    let mut body = played.spelling.unwrap_or_else(|| Spelling::documented(way)).body(job);
    let mut headers = HeaderMap::new();
    match way {
        Way::Callback => {
            body.insert("timestamp".to_owned(), Value::from(timestamp));
            body.insert("signature".to_owned(), Value::from(signature));
        }
        Way::Webhook => {
            put(&mut headers, "response-timestamp", &timestamp);
            put(&mut headers, "response-signature", &signature);
            put(&mut headers, "job-id", &job.job_id);
            put(&mut headers, "user-id", &job.user_id);
            put(&mut headers, "api-version", API_VERSION);
        }
    }
    let body = Value::Object(body).to_string();
    let mut attempts = 0;
    let mut pauses = PAUSES_MS.iter();
    // Assumption: a retry repeats the same bytes, timestamp and signature included.
    let status = loop {
        attempts += 1;
        let status = http_client::post(url, &headers, body.clone()).await;
        let shown = status.map_or_else(|| "no answer".to_owned(), |status| status.to_string());
        let (way, user) = (way.as_str(), user_tag(&job.user_id));
        app.log.line(app.clock.now_ms(), &format!("-> {way} {user} {shown} attempt {attempts}"));
        if status.is_some_and(|status| (200..300).contains(&status)) {
            break status;
        }
        let Some(pause) = pauses.next() else { break status };
        tokio::time::sleep(Duration::from_millis(*pause)).await;
    };
    let mut past = lock(&app.deliveries);
    if past.len() >= KEEP {
        past.remove(0);
    }
    past.push(json!({
        "way": way.as_str(),
        "job_id": job.job_id,
        "user_id": job.user_id,
        "final": job.is_final,
        "attempts": attempts,
        "status": status,
        "delivered": status.is_some_and(|status| (200..300).contains(&status)),
    }));
}

/// An id with control characters fits into no header; then the body alone has it.
fn put(headers: &mut HeaderMap, name: &'static str, value: &str) {
    if let Ok(value) = HeaderValue::from_bytes(value.as_bytes()) {
        headers.insert(HeaderName::from_static(name), value);
    }
}

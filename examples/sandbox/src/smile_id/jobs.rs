//! Simulated enrollment jobs: what a user's phone would have submitted.
//!
//! Job submission itself is not offered; a test asks for the job with `POST /control/jobs`.

use std::sync::Arc;
use std::time::{Duration, Instant};

use serde::Deserialize;
use serde_json::{Value, json};

use super::codes::{
    ALREADY_ENROLLED, Code, DELETED, DISABLED, ENROLLED, Environment, FRAUDULENT, JOB_EXISTS, PROVISIONAL,
};
use crate::app::App;
use crate::delivery::{self, Played, Spelling};
use crate::lock::lock;
use crate::store::{Change, NewJob, Store};

const LONGEST_WAIT_MS: u64 = 600_000;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Order {
    user_id: String,
    environment: Environment,
    job_id: Option<String>,
    /// Whether the history shows (fictional) personal data.
    #[serde(default)]
    id_check: bool,
    /// Whether a provisional result precedes the final one.
    #[serde(default)]
    provisional: bool,
    #[serde(default = "soon")]
    final_after_milliseconds: u64,
    /// How callback and webhook are written; as documented when left out.
    spelling: Option<Spelling>,
    /// How long after its message a look-up shows a result.
    #[serde(default)]
    shown_after_milliseconds: u64,
}

impl Order {
    pub(crate) fn has_empty_id(&self) -> bool {
        self.user_id.is_empty() || self.job_id.as_deref() == Some("")
    }
}

fn soon() -> u64 {
    200
}

/// Plays the job. Assumption: a refused job leaves no history and causes no callback.
pub(crate) fn simulate(app: &Arc<App>, order: &Order) -> Result<Value, rusqlite::Error> {
    let job_id = order.job_id.clone().unwrap_or_else(|| app.random_name("job"));
    let (job, last) = {
        let store = app.store();
        let last = match submit(&store, order, &job_id)? {
            Ok(result) => result,
            Err(code) => return Ok(described(&job_id, order, code, false, false)),
        };
        store.add_job(&NewJob {
            environment: order.environment,
            job_id: &job_id,
            user_id: &order.user_id,
            created_at: app.clock.now_ms(),
            result: if order.provisional { PROVISIONAL } else { last },
            is_final: !order.provisional,
            id_check: order.id_check,
        })?;
        (store.job(order.environment, &job_id)?, last)
    };
    let first = if order.provisional { PROVISIONAL } else { last };
    if let Some(job) = job {
        let wait = |milliseconds: u64| Duration::from_millis(milliseconds.min(LONGEST_WAIT_MS));
        let shown_after = wait(order.shown_after_milliseconds);
        if !shown_after.is_zero() {
            lock(&app.shown_from).insert(job.row, Instant::now() + shown_after);
        }
        let played = Played { environment: order.environment, job, spelling: order.spelling, shown_after };
        let later = order.provisional.then(|| (last, wait(order.final_after_milliseconds)));
        tokio::spawn(delivery::play(Arc::clone(app), played, later));
    }
    Ok(described(&job_id, order, first, true, !order.provisional))
}

/// What the service would say at once: the job's result, or why there will be none.
fn submit(store: &Store, order: &Order, job_id: &str) -> rusqlite::Result<Result<Code, Code>> {
    let (environment, user_id) = (order.environment, order.user_id.as_str());
    if store.job(environment, job_id)?.is_some() {
        return Ok(Err(JOB_EXISTS));
    }
    let Some(user) = store.user(environment, user_id)? else {
        store.enroll(environment, user_id)?;
        return Ok(Ok(ENROLLED));
    };
    if user.deleted {
        return Ok(Err(DELETED));
    }
    if !user.active {
        return Ok(Err(DISABLED));
    }
    // "The system continues to process jobs …, but all jobs will be marked as failed."
    if user.is_fraudulent {
        return Ok(Ok(FRAUDULENT));
    }
    if !user.allow_new_enroll {
        return Ok(Err(ALREADY_ENROLLED));
    }
    // One more enrollment, not one after another.
    store.change(environment, user_id, Change::AllowNewEnroll(false))?;
    Ok(Ok(ENROLLED))
}

fn described(job_id: &str, order: &Order, result: Code, accepted: bool, is_final: bool) -> Value {
    json!({
        "accepted": accepted,
        "job_id": job_id,
        "user_id": order.user_id,
        "environment": order.environment.as_str(),
        "result_code": result.0,
        "result_text": result.1,
        "final": is_final,
    })
}

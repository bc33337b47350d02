//! The host's part, whole: send a call, hand the answer to its reader. Any HTTP client does; this is `ureq`.

use std::io::Read;
use std::time::Duration;

use enrollkit::{Call, Error, MAX_RESPONSE_BYTES, ReadOutcome};
use ureq::http::Request;
use ureq::{Agent, AsSendBody};

use crate::connect;

/// A client that follows no redirect (it would carry the signature to another host), takes every status for an answer,
/// and does not wait for ever.
pub(crate) fn agent(timeout: Duration) -> Agent {
    let config = Agent::config_builder()
        .max_redirects(0)
        .max_redirects_will_error(false)
        .http_status_as_error(false)
        .timeout_global(Some(timeout))
        .build();
    connect::agent(config)
}

/// Sends a call once. No answer, or half of one, is [`Error::NoResponse`]: it says `not_sent` where nothing can have left this
/// machine, so that it may simply be sent again; else a change may have taken effect.
pub(crate) fn send<T: ReadOutcome>(agent: &Agent, call: &Call<T>) -> Result<T, Error> {
    // A GET goes out without a body, not with an empty one.
    if call.body().is_empty() { send_body(agent, call, ()) } else { send_body(agent, call, call.body()) }
}

fn send_body<T: ReadOutcome>(agent: &Agent, call: &Call<T>, body: impl AsSendBody) -> Result<T, Error> {
    let not_sent = |reason: &dyn std::fmt::Display| {
        eprintln!("nothing was sent: {reason}");
        call.not_sent()
    };
    let no_answer = |reason: &dyn std::fmt::Display| {
        eprintln!("no answer: {reason}");
        call.no_response()
    };
    let mut request = Request::builder().method(call.method().slug()).uri(call.url());
    for header in call.headers() {
        request = request.header(header.name(), header.value());
    }
    let request = request.body(body).map_err(|error| not_sent(&error))?;
    let result = agent.run(request);
    let mut reply = result.map_err(|error| {
        if connect::is_before_sending(&error) { not_sent(&error) } else { no_answer(&error) }
    })?;
    // One byte more than the limit is enough for the reader to refuse it.
    let mut content = Vec::new();
    let limit = u64::try_from(MAX_RESPONSE_BYTES).unwrap_or(u64::MAX).saturating_add(1);
    reply.body_mut().as_reader().take(limit).read_to_end(&mut content).map_err(|error| no_answer(&error))?;
    call.read_with_headers(reply.status().as_u16(), reply.headers(), &content)
}

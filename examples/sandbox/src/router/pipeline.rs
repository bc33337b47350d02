//! One request, from its `Host` to its line in the log.

use std::fmt::Write;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::app::App;
use crate::faults::play::play;
use crate::gate::{self, Cors, Reached, Zone};
use crate::reply::{Hangup, Outcome, Reply};
use crate::smile_id::{block_user, enrollee, enrollee_info};
use crate::store::Entry;
use crate::subject::Subject;
use crate::unifyia::{branding, sign_up};
use crate::{clock, log};

/// What the log and the journal learn on the way.
#[derive(Default)]
struct Note {
    subject: Option<Subject>,
    fault: Option<&'static str>,
}

pub(crate) async fn pipeline(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let line = format!("{} {}", log::method(request.method()), log::path(request.uri().path()));
    let zone = Zone::of(request.uri().path());
    let cors = gate::cors(&app, zone, request.method(), request.headers());

    let mut note = Note::default();
    let mut response = match admit(&app, zone, &cors, &request) {
        Some(response) => response,
        None => serve(&app, zone, &mut note, request, next).await,
    };

    let now = app.clock.now_ms();
    let headers = response.headers_mut();
    gate::cors_headers(&app, &cors, headers);
    // Our own, because a test may have shifted the clock and clients compute their skew from it.
    if let Ok(date) = HeaderValue::from_str(&clock::http_date(now)) {
        headers.insert(header::DATE, date);
    }
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    write_down(&app, now, line, zone, note, &response);
    response
}

/// The answer to a request that gets no further than its headers.
fn admit(app: &App, zone: Zone, cors: &Cors, request: &Request) -> Option<Response> {
    let stop = |status, text, cause| Some(Reply::error(status, text, cause).into_response());
    let reached = request.extensions().get::<Reached>().copied();
    if !gate::host_is_ours(app, reached, request.uri(), request.headers()) {
        let text = "The Host header is not this server's address; --allow-host NAME adds one";
        return stop(StatusCode::MISDIRECTED_REQUEST, text, "foreign Host header");
    }
    match cors {
        Cors::Refused if zone == Zone::Control => {
            let text = "Control routes are never open to pages";
            return stop(StatusCode::FORBIDDEN, text, "a page called a control route");
        }
        Cors::Refused => {
            let text = "This origin is not allowed; --allow-origin ORIGIN adds it";
            return stop(StatusCode::FORBIDDEN, text, "origin not allowed");
        }
        Cors::Preflight(_) => return Some(StatusCode::NO_CONTENT.into_response()),
        Cors::None | Cors::Named(_) => {}
    }
    if zone == Zone::Control && !gate::has_control_token(app, request.headers()) {
        let text = "Control routes need Authorization: Bearer <control token>";
        return stop(StatusCode::UNAUTHORIZED, text, "no control token");
    }
    None
}

/// Reads the body, then lets the route or a waiting fault answer.
async fn serve(app: &App, zone: Zone, note: &mut Note, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let body = match gate::read_body(body).await {
        Ok(body) => body,
        Err(reply) => return reply.into_response(),
    };
    if zone != Zone::Service {
        return next.run(Request::from_parts(parts, Body::from(body))).await;
    }
    let subject = note.subject.insert(subject(app, parts.uri.path(), &parts.headers, &body));
    let fault = app.faults.take(parts.uri.path());
    let request = Request::from_parts(parts, Body::from(body));
    let Some(fault) = fault else { return next.run(request).await };
    note.fault = Some(fault.slug());
    play(fault, app, subject, request, next).await
}

/// Told by its path, headers and body alone.
fn subject(app: &App, path: &str, headers: &HeaderMap, body: &[u8]) -> Subject {
    match path {
        "/api/v2/partner/enrollee" => enrollee::subject(body),
        "/api/v2/partner/enrollee/info" => enrollee_info::subject(body),
        "/v2/block-user" => block_user::subject(headers, body),
        _ if path.ends_with("/users/signup") => sign_up::subject(app, headers, body),
        _ if path.ends_with("/brandingInfo") => branding::subject(),
        _ => Subject { service: "unknown", operation: "unknown", user_id: None, secret: None },
    }
}

fn write_down(app: &App, now: i64, mut line: String, zone: Zone, note: Note, response: &Response) {
    let outcome = response.extensions().get::<Outcome>().cloned().unwrap_or_default();
    let hung_up = response.extensions().get::<Hangup>().is_some();
    let status = response.status();
    let subject = note.subject.as_ref();
    let user = subject.and_then(|subject| subject.user_id.as_deref()).map(log::user_tag);
    line.push(' ');
    line.push_str(subject.map_or(zone.as_str(), |subject| subject.operation));
    line.push(' ');
    line.push_str(user.as_deref().unwrap_or("-"));
    if hung_up {
        line.push_str(" closed without an answer");
        line.push_str(if outcome.processed { ", done" } else { ", nothing done" });
    } else {
        let verdict = match (&outcome.code, outcome.cause) {
            (Some(code), Some(cause)) => format!("{code} ({cause})"),
            (Some(code), None) => code.clone(),
            (None, Some(cause)) => format!("({cause})"),
            (None, None) if status.is_success() => "OK".to_owned(),
            (None, None) => status.canonical_reason().unwrap_or("-").to_owned(),
        };
        let _ = write!(line, " {} {verdict}", status.as_u16());
    }
    if let Some(fault) = note.fault {
        let _ = write!(line, " [fault {fault}]");
    }
    app.log.line(now, &line);

    let subject = match (note.subject, zone) {
        (Some(subject), _) => subject,
        (None, Zone::Redirected) => {
            Subject { service: "sandbox", operation: "redirected", user_id: None, secret: None }
        }
        _ => return,
    };
    let recorded = app.store().record(&Entry {
        time: now,
        service: subject.service.to_owned(),
        operation: subject.operation.to_owned(),
        user_id: subject.user_id,
        status: (!hung_up).then_some(status.as_u16()),
        code: outcome.code,
        processed: outcome.processed,
        fault: note.fault.map(str::to_owned),
    });
    if recorded.is_err() {
        app.log.line(now, "the journal could not be written");
    }
}

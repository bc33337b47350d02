//! What a client meets when a fault plays.

use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::{Fault, header as header_value};
use crate::app::App;
use crate::reply::{Hangup, Outcome, Reply};
use crate::smile_id::failure_body;
use crate::subject::Subject;

const PORTAL: &str = "<!doctype html>
<html><head><title>Guest Wi-Fi</title></head>
<body><h1>Welcome</h1><p>Please log in to use this network.</p>
<form method=\"post\" action=\"/login\"><input name=\"room\"><button>Connect</button></form></body></html>
";

pub(crate) async fn play(
    fault: Fault,
    app: &App,
    subject: &Subject,
    request: Request,
    next: Next,
) -> Response {
    match fault {
        Fault::Slow { milliseconds } => {
            let response = next.run(request).await;
            tokio::time::sleep(Duration::from_millis(milliseconds)).await;
            response
        }
        Fault::DropBefore {} => hangup(Outcome::default()),
        Fault::DropAfter {} => hangup(outcome(&next.run(request).await)),
        Fault::Truncate {} => truncated(next.run(request).await).await,
        Fault::Status { processed, .. }
        | Fault::Html { processed }
        | Fault::Empty { processed }
        | Fault::CodeIn200 { processed, .. }
        | Fault::Huge { processed, .. } => {
            let processed = processed && outcome(&next.run(request).await).processed;
            replaced(fault, app, subject, processed)
        }
        Fault::RateLimit { .. } | Fault::Redirect { .. } | Fault::Echo {} => {
            replaced(fault, app, subject, false)
        }
    }
}

/// The answer that a fault puts in the place of the service's own.
fn replaced(fault: Fault, app: &App, subject: &Subject, processed: bool) -> Response {
    let mut code = None;
    let mut response = match fault {
        Fault::Status { status, code: service_code, message, .. } => {
            let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            let text = message.unwrap_or_else(|| "Simulated failure".to_owned());
            let reply = json_response(status, &failure(subject, service_code.as_deref(), &text));
            code = service_code;
            // These two have no body by definition.
            if matches!(status, StatusCode::NO_CONTENT | StatusCode::NOT_MODIFIED) {
                response(status, "application/json", String::new())
            } else {
                reply
            }
        }
        Fault::Html { .. } => response(StatusCode::OK, "text/html; charset=utf-8", PORTAL.to_owned()),
        Fault::CodeIn200 { code: service_code, .. } => {
            let body = failure_body(&service_code, "Simulated failure");
            code = Some(service_code);
            json_response(StatusCode::OK, &body)
        }
        Fault::RateLimit { retry_after } => {
            let mut reply =
                json_response(StatusCode::TOO_MANY_REQUESTS, &failure(subject, None, "Too many requests"));
            if let Some(value) = header_value(&retry_after) {
                reply.headers_mut().insert(header::RETRY_AFTER, value);
            }
            reply
        }
        Fault::Redirect { location } => {
            let location = location.unwrap_or_else(|| format!("{}/redirected", app.url));
            let mut reply = response(StatusCode::TEMPORARY_REDIRECT, "text/plain", String::new());
            if let Ok(location) = HeaderValue::from_str(&location) {
                reply.headers_mut().insert(header::LOCATION, location);
            }
            reply
        }
        Fault::Huge { bytes, .. } => response(StatusCode::OK, "application/json", huge(bytes)),
        Fault::Echo {} => {
            let secret = subject.secret.as_deref().unwrap_or("(none)");
            json_response(
                StatusCode::BAD_REQUEST,
                &failure(subject, None, &format!("Not accepted: {secret}")),
            )
        }
        // The rest is played above; an empty 200 is the fault `empty`.
        _ => response(StatusCode::OK, "application/json", String::new()),
    };
    response.extensions_mut().insert(Outcome { code, cause: None, processed });
    response
}

/// A failure in the shape that the service would give it.
fn failure(subject: &Subject, code: Option<&str>, text: &str) -> Value {
    match (subject.service, code) {
        ("unifyia", None) => json!({ "message": text }),
        ("unifyia", Some(code)) => json!({ "message": text, "code": code }),
        (_, None) => json!({ "error": text }),
        (_, Some(code)) => failure_body(code, text),
    }
}

/// One JSON text of exactly so many bytes (or the shortest one that is valid).
fn huge(bytes: usize) -> String {
    const AROUND: [&str; 2] = ["{\"message\":\"", "\"}"];
    let filling = bytes.saturating_sub(AROUND[0].len() + AROUND[1].len());
    let mut text = String::with_capacity(bytes);
    text.push_str(AROUND[0]);
    text.extend(std::iter::repeat_n('x', filling));
    text.push_str(AROUND[1]);
    text
}

async fn truncated(whole: Response) -> Response {
    let (mut parts, body) = whole.into_parts();
    parts.headers.remove(header::CONTENT_LENGTH);
    let Ok(bytes) = to_bytes(body, usize::MAX).await else {
        return Reply::storage().into_response();
    };
    let half = bytes.slice(..bytes.len() / 2);
    Response::from_parts(parts, Body::from(half))
}

fn hangup(outcome: Outcome) -> Response {
    let mut response = Response::new(Body::empty());
    response.extensions_mut().insert(Hangup);
    response.extensions_mut().insert(outcome);
    response
}

fn outcome(response: &Response) -> Outcome {
    response.extensions().get::<Outcome>().cloned().unwrap_or_default()
}

fn json_response(status: StatusCode, body: &Value) -> Response {
    response(status, "application/json", body.to_string())
}

fn response(status: StatusCode, content_type: &'static str, body: String) -> Response {
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    response
}

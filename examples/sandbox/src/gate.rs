//! Who may talk to this server at all: `Host`, `Origin`, control token, size.

use std::net::SocketAddr;
use std::pin::Pin;
use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use subtle::ConstantTimeEq;

use crate::app::App;
use crate::reply::Reply;
use crate::smile_id::block_user;

const MAX_BODY: usize = 8 * 1024 * 1024;
/// What is read and thrown away of a body that is too large, so that the client gets to read the refusal.
const MAX_DRAIN: usize = 64 * 1024 * 1024;
const BODY_TIMEOUT: Duration = Duration::from_secs(30);

/// Whom a path is for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Zone {
    Service,
    Control,
    Health,
    Redirected,
}

impl Zone {
    pub(crate) fn of(path: &str) -> Self {
        match path {
            "/health" => Self::Health,
            "/redirected" => Self::Redirected,
            _ if path == "/control" || path.starts_with("/control/") => Self::Control,
            _ => Self::Service,
        }
    }

    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Service => "service",
            Self::Control => "control",
            Self::Health => "health",
            Self::Redirected => "redirected",
        }
    }
}

/// The address that a connection reached; `Host` is compared with it.
#[derive(Clone, Copy)]
pub(crate) struct Reached(pub(crate) SocketAddr);

/// A page can make its own host name resolve to 127.0.0.1 (DNS rebinding); it can't change the `Host` it sends.
pub(crate) fn host_is_ours(app: &App, reached: Option<Reached>, uri: &Uri, headers: &HeaderMap) -> bool {
    let Some(Reached(reached)) = reached else { return false };
    let mut hosts = headers.get_all(header::HOST).iter();
    let (Some(host), None) = (hosts.next(), hosts.next()) else { return false };
    let Ok(host) = host.to_str() else { return false };
    let port = reached.port();
    let own = SocketAddr::new(reached.ip().to_canonical(), port).to_string();
    let ours = |host: &str| {
        let with_port = if host.rsplit_once(':').is_some_and(|(_, port)| port.parse::<u16>().is_ok()) {
            host.to_ascii_lowercase()
        } else {
            format!("{}:80", host.to_ascii_lowercase())
        };
        with_port == own
            || ["127.0.0.1", "localhost", "[::1]"].iter().any(|name| with_port == format!("{name}:{port}"))
            || app.allow_hosts.iter().any(|name| with_port == *name || with_port == format!("{name}:{port}"))
    };
    // A request line with a full URL overrides `Host`.
    ours(host) && uri.authority().is_none_or(|authority| ours(authority.as_str()))
}

pub(crate) enum Cors {
    /// No browser page involved.
    None,
    /// A named page: its answers say so.
    Named(HeaderValue),
    /// A named page asks what it may send.
    Preflight(HeaderValue),
    Refused,
}

/// Assumption: whether the real services answer pages at all is documented nowhere.
pub(crate) fn cors(app: &App, zone: Zone, method: &Method, headers: &HeaderMap) -> Cors {
    let Some(origin) = headers.get(header::ORIGIN) else { return Cors::None };
    let named = app.allow_origins.iter().any(|known| known.as_bytes() == origin.as_bytes());
    // Control routes are for test programs, never for a page. And a page that nobody named may not even send a
    // request whose answer it can't read.
    if zone == Zone::Control || !named {
        return Cors::Refused;
    }
    if method == Method::OPTIONS && headers.contains_key(header::ACCESS_CONTROL_REQUEST_METHOD) {
        return Cors::Preflight(origin.clone());
    }
    Cors::Named(origin.clone())
}

pub(crate) fn cors_headers(app: &App, cors: &Cors, headers: &mut HeaderMap) {
    headers.append(header::VARY, HeaderValue::from_static("Origin"));
    let (Cors::Named(origin) | Cors::Preflight(origin)) = cors else { return };
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin.clone());
    headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static("Date, Retry-After"));
    if matches!(cors, Cors::Preflight(_)) {
        let allowed =
            format!("Content-Type, {}, {}", app.unifyia_auth_header, block_user::HEADERS.join(", "));
        if let Ok(allowed) = HeaderValue::from_str(&allowed) {
            headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, allowed);
        }
        headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static("POST, GET"));
    }
}

pub(crate) fn has_control_token(app: &App, headers: &HeaderMap) -> bool {
    let expected = format!("Bearer {}", app.control_token);
    let mut given = headers.get_all(header::AUTHORIZATION).iter();
    let right = given.next().is_some_and(|value| bool::from(value.as_bytes().ct_eq(expected.as_bytes())));
    right && given.next().is_none()
}

/// The whole body, or why not.
pub(crate) async fn read_body(body: Body) -> Result<Bytes, Reply> {
    match tokio::time::timeout(BODY_TIMEOUT, collect(body)).await {
        Err(_) => {
            let cause = "the body did not arrive in time";
            Err(Reply::error(StatusCode::REQUEST_TIMEOUT, cause, cause))
        }
        Ok(None) => {
            let cause = "the body broke off";
            Err(Reply::error(StatusCode::BAD_REQUEST, cause, cause))
        }
        Ok(Some((_, total))) if total > MAX_BODY => {
            let cause = "the body is larger than 8 MiB";
            Err(Reply::error(StatusCode::PAYLOAD_TOO_LARGE, cause, cause))
        }
        Ok(Some((kept, _))) => Ok(kept),
    }
}

/// The kept bytes and how many there were.
async fn collect(mut body: Body) -> Option<(Bytes, usize)> {
    let (mut kept, mut total) = (Vec::new(), 0_usize);
    while let Some(frame) = std::future::poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await {
        let Ok(data) = frame.ok()?.into_data() else { continue };
        total = total.saturating_add(data.len());
        if total <= MAX_BODY {
            kept.extend_from_slice(&data);
        } else if total > MAX_DRAIN {
            break;
        }
    }
    Some((kept.into(), total))
}

//! What a sandbox can be told, checked before anything starts.

use std::fmt;
use std::io::{self, Write};
use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;
use std::time::Duration;

use axum::http::{HeaderName, Uri};

use crate::error::StartError;

/// The API key of the environment `test` unless told otherwise. It is public, so it is worth nothing anywhere else.
pub const DEFAULT_SANDBOX_KEY: &str = "not-a-secret-sandbox-key-0000000000000001";
/// The API key of the environment `production` unless told otherwise; as public, and as worthless.
pub const DEFAULT_PRODUCTION_KEY: &str = "not-a-secret-production-key-00000000000002";

/// Everything that the command line's flags say; `Config::default()` is the server without flags.
///
/// `..Config::default()` fills in what a test does not care about.
pub struct Config {
    /// The address to listen on. Anything but a loopback address needs [`Config::allow_remote`].
    pub bind: IpAddr,
    /// The port; 0 lets the system choose.
    pub port: u16,
    /// Where users, jobs and the journal are kept. In memory when there is no file.
    pub state: Option<PathBuf>,
    /// The one partner that this server knows. Text, never a number: `085` is not `85`.
    pub partner_id: String,
    /// Signs and checks everything in the environment `test`.
    pub sandbox_key: String,
    /// Signs and checks everything in the environment `production`.
    pub production_key: String,
    /// Users that are enrolled from the start, in both environments.
    pub users: Vec<String>,
    /// How far a request's timestamp may be from the server's clock, in either direction.
    pub tolerance: Duration,
    /// Pages that may call the services (not the control routes) from a browser.
    pub allow_origins: Vec<String>,
    /// Further names that clients may call this server by (`10.0.2.2` in an Android emulator).
    pub allow_hosts: Vec<String>,
    /// Receives the results of simulated jobs, signature inside the JSON. `http`, and this machine's own address unless
    /// [`Config::allow_remote`].
    pub callback_url: Option<String>,
    /// The same, signature in headers.
    pub webhook_url: Option<String>,
    /// Unifyia routes ask for `Bearer` and this token when it is there.
    pub unifyia_token: Option<String>,
    /// The header that carries it.
    pub unifyia_auth_header: String,
    /// Whether the sign-up body is `{"user": {…}}` instead of the bare user object.
    pub unifyia_wrapped: bool,
    /// The organizations that exist. Any name does when the list is empty.
    pub organizations: Vec<String>,
    /// Keep whole sign-up bodies, not just their field names and hash.
    pub keep_bodies: bool,
    /// Listen on an address that other machines can reach, and send results to them.
    pub allow_remote: bool,
    /// Where the readable line per request goes.
    pub log: Box<dyn Write + Send>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            bind: IpAddr::V4(Ipv4Addr::LOCALHOST),
            port: 0,
            state: None,
            partner_id: "085".to_owned(),
            sandbox_key: DEFAULT_SANDBOX_KEY.to_owned(),
            production_key: DEFAULT_PRODUCTION_KEY.to_owned(),
            users: Vec::new(),
            tolerance: Duration::from_secs(300),
            allow_origins: Vec::new(),
            allow_hosts: Vec::new(),
            callback_url: None,
            webhook_url: None,
            unifyia_token: None,
            unifyia_auth_header: "Authorization".to_owned(),
            unifyia_wrapped: false,
            organizations: Vec::new(),
            keep_bodies: false,
            allow_remote: false,
            log: Box::new(io::stderr()),
        }
    }
}

/// Keys and tokens stay out.
impl fmt::Debug for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Config")
            .field("bind", &self.bind)
            .field("port", &self.port)
            .field("state", &self.state)
            .field("partner_id", &self.partner_id)
            .finish_non_exhaustive()
    }
}

impl Config {
    pub(crate) fn check(&self) -> Result<(), StartError> {
        if !self.bind.is_loopback() && !self.allow_remote {
            return refuse(format!("{} is not a loopback address; --allow-remote permits it", self.bind));
        }
        let digits = self.partner_id.bytes().all(|byte| byte.is_ascii_digit());
        if !digits || !(1..=32).contains(&self.partner_id.len()) {
            return refuse("the partner id is 1 to 32 digits, as text, leading zeros included");
        }
        secret("the sandbox key", &self.sandbox_key)?;
        secret("the production key", &self.production_key)?;
        if let Some(token) = &self.unifyia_token {
            secret("the Unifyia token", token)?;
        }
        if self.unifyia_auth_header.parse::<HeaderName>().is_err() {
            return refuse("the Unifyia auth header is not a header name");
        }
        if self.users.iter().any(String::is_empty) || self.organizations.iter().any(String::is_empty) {
            return refuse("a user id or an organization name is empty");
        }
        if self.tolerance > Duration::from_secs(86_400) {
            return refuse("the tolerance is at most a day");
        }
        for origin in &self.allow_origins {
            check_origin(origin)?;
        }
        for host in &self.allow_hosts {
            if host.parse::<axum::http::uri::Authority>().is_err() || host.contains('@') {
                return refuse(format!("not a host name: {host:?}"));
            }
        }
        for url in [&self.callback_url, &self.webhook_url].into_iter().flatten() {
            self.receiver(url)?;
        }
        Ok(())
    }

    /// Results carry a live signature, so they leave for this machine only, unless told.
    pub(crate) fn receiver(&self, url: &str) -> Result<Uri, StartError> {
        let uri = url.parse::<Uri>().ok().filter(|uri| {
            let host = uri.host().unwrap_or_default();
            let bare = host.trim_start_matches('[').trim_end_matches(']');
            let loopback = host == "localhost" || bare.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback());
            let user_info = uri.authority().is_some_and(|authority| authority.as_str().contains('@'));
            uri.scheme_str() == Some("http") && (loopback || self.allow_remote) && !user_info
        });
        uri.map_or_else(
            || refuse("callback and webhook URLs are http://127.0.0.1:PORT/…; --allow-remote permits other hosts"),
            Ok,
        )
    }
}

fn refuse<T>(why: impl Into<String>) -> Result<T, StartError> {
    Err(StartError::Config(why.into()))
}

fn secret(what: &str, value: &str) -> Result<(), StartError> {
    if value.is_empty() || value.trim() != value || value.chars().any(char::is_control) {
        return refuse(format!("{what} is empty, has outer white space or control characters"));
    }
    Ok(())
}

/// An origin as a browser sends it: scheme and authority, nothing after it.
fn check_origin(origin: &str) -> Result<(), StartError> {
    let exact = origin.parse::<Uri>().ok().and_then(|uri| {
        let authority = uri.authority().filter(|authority| !authority.as_str().contains('@'))?;
        Some(format!("{}://{authority}", uri.scheme_str()?))
    });
    if exact.as_deref() != Some(origin) || origin.chars().any(|c| c.is_ascii_uppercase()) {
        return refuse(format!("not an origin (such as http://localhost:5173): {origin:?}"));
    }
    Ok(())
}

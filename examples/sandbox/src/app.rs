//! What all requests share.

use std::collections::HashMap;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::atomic::AtomicU64;
use std::sync::{Mutex, MutexGuard};
use std::time::{Duration, Instant};

use axum::http::Uri;
use serde_json::Value;

use crate::clock::Clock;
use crate::config::Config;
use crate::error::StartError;
use crate::faults::Faults;
use crate::lock::lock;
use crate::log::{Log, hex};
use crate::smile_id::Environment;
use crate::smile_id::signature::{Expected, Keys};
use crate::store::Store;

pub(crate) struct App {
    pub(crate) url: String,
    pub(crate) control_token: String,
    pub(crate) partner_id: String,
    pub(crate) keys: Keys,
    pub(crate) clock: Clock,
    pub(crate) log: Log,
    pub(crate) faults: Faults,
    /// Who followed a redirect would have sent its signature to another host.
    pub(crate) redirected: AtomicU64,
    pub(crate) deliveries: Mutex<Vec<Value>>,
    /// When look-ups begin to show a job: a test may want its message to come first.
    pub(crate) shown_from: Mutex<HashMap<i64, Instant>>,
    pub(crate) callback_url: Option<Uri>,
    pub(crate) webhook_url: Option<Uri>,
    pub(crate) unifyia_token: Option<String>,
    pub(crate) unifyia_auth_header: String,
    pub(crate) unifyia_wrapped: bool,
    pub(crate) organizations: Vec<String>,
    pub(crate) keep_bodies: bool,
    pub(crate) allow_origins: Vec<String>,
    pub(crate) allow_hosts: Vec<String>,
    tolerance: Duration,
    users: Vec<String>,
    store: Mutex<Store>,
}

impl App {
    pub(crate) fn new(config: Config, address: SocketAddr) -> Result<Self, StartError> {
        let uri = |url: &Option<String>| url.as_deref().map(|url| config.receiver(url)).transpose();
        let (callback_url, webhook_url) = (uri(&config.callback_url)?, uri(&config.webhook_url)?);
        let app = Self {
            url: format!("http://{}", reachable(address)),
            control_token: random_hex(16)?,
            keys: Keys::new(&config.sandbox_key, &config.production_key)?,
            clock: Clock::default(),
            faults: Faults::default(),
            redirected: AtomicU64::new(0),
            deliveries: Mutex::default(),
            shown_from: Mutex::default(),
            callback_url,
            webhook_url,
            store: Mutex::new(Store::open(config.state.as_deref())?),
            log: Log::new(config.log),
            partner_id: config.partner_id,
            unifyia_token: config.unifyia_token,
            unifyia_auth_header: config.unifyia_auth_header,
            unifyia_wrapped: config.unifyia_wrapped,
            organizations: config.organizations,
            keep_bodies: config.keep_bodies,
            allow_origins: config.allow_origins,
            allow_hosts: config.allow_hosts.iter().map(|name| name.to_ascii_lowercase()).collect(),
            tolerance: config.tolerance,
            users: config.users,
        };
        app.enroll_first_users().map_err(|error| StartError::State(error.to_string()))?;
        Ok(app)
    }

    /// The database's calls are short and the load is a test's, so one lock, never held across an `await`, will do.
    pub(crate) fn store(&self) -> MutexGuard<'_, Store> {
        lock(&self.store)
    }

    pub(crate) fn expected(&self) -> Expected<'_> {
        Expected {
            keys: &self.keys,
            partner_id: &self.partner_id,
            tolerance: self.tolerance,
            now_ms: self.clock.now_ms(),
        }
    }

    pub(crate) fn is_not_shown_yet(&self, row: i64) -> bool {
        lock(&self.shown_from).get(&row).is_some_and(|from| Instant::now() < *from)
    }

    /// The users of `--user`; those who exist, deleted ones too, stay as they are.
    pub(crate) fn enroll_first_users(&self) -> rusqlite::Result<()> {
        let store = self.store();
        for user_id in &self.users {
            for environment in Environment::ALL {
                store.enroll(environment, user_id)?;
            }
        }
        Ok(())
    }

    /// Unique enough; without random bytes the clock has to do.
    pub(crate) fn random_name(&self, prefix: &str) -> String {
        let suffix = random_hex(8).unwrap_or_else(|_| self.clock.now_ms().to_string());
        format!("{prefix}-{suffix}")
    }
}

/// "Every address" is not one that a client can name.
fn reachable(mut address: SocketAddr) -> SocketAddr {
    if address.ip().is_unspecified() {
        address.set_ip(if address.is_ipv4() {
            Ipv4Addr::LOCALHOST.into()
        } else {
            Ipv6Addr::LOCALHOST.into()
        });
    }
    address
}

fn random_hex(bytes: usize) -> Result<String, StartError> {
    let mut random = vec![0; bytes];
    getrandom::fill(&mut random).map_err(|error| StartError::System(error.to_string()))?;
    Ok(hex(&random))
}

//! The command line: flags, key files, and what is printed.

use std::env::VarError;
use std::io::Read;
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::Parser;
use enrollkit_sandbox::{Config, DEFAULT_PRODUCTION_KEY, DEFAULT_SANDBOX_KEY};

const MAX_KEY_FILE: u64 = 16 * 1024;

const EXAMPLES: &str = r#"Examples:
  Start on a fixed port with one enrolled user, stop with Ctrl-C:
    enrollkit-sandbox --port 8085 --user user-42

  Ask it something (--ready-json and the first lines of output show the address and the control token):
    curl http://127.0.0.1:8085/health
    curl -H "Authorization: Bearer $TOKEN" http://127.0.0.1:8085/control/users

  Make the next request to a service fail, then see what arrived:
    curl -H "Authorization: Bearer $TOKEN" -d '{"fault":"status","status":500}' http://127.0.0.1:8085/control/faults
    curl -H "Authorization: Bearer $TOKEN" http://127.0.0.1:8085/control/requests

  Under a test runner (one line of JSON on standard output, gone when the runner is):
    enrollkit-sandbox --ready-json --stop-with-stdin

API keys differ per environment, as in reality. Without a key file, ENROLLKIT_SANDBOX_KEY and
ENROLLKIT_PRODUCTION_KEY are used when they are set, else the built-in keys, which are public. Keys and tokens
are never flags: other users of a machine can read a process's arguments. One line end at the end of a key file is
not part of the key.

Exit codes: 0 stopped as told, 1 could not start (port in use, state file not usable), 2 wrong usage."#;

/// A local stand-in for Smile ID user management and Unifyia sign-up.
///
/// It checks signatures and freshness, keeps each user's state, answers as the services' documentation says, plays
/// enrollment jobs with signed callbacks, and fails on request. It listens on this machine only and talks to nobody
/// but the callback and webhook URLs you give it, which are on this machine too unless you permit others. One log line per request goes
/// to standard error; user ids appear there as a short hash.
#[derive(Parser)]
#[expect(clippy::struct_excessive_bools, reason = "switches")]
#[command(name = "enrollkit-sandbox", version, after_help = EXAMPLES)]
pub(crate) struct Cli {
    /// Address to listen on
    #[arg(long, value_name = "IP", default_value = "127.0.0.1")]
    bind: IpAddr,
    /// Port; 0 lets the system choose
    #[arg(long, default_value_t = 0)]
    port: u16,
    /// Keep users, jobs and the journal in this file (created for its owner only); in memory without it
    #[arg(long, value_name = "FILE")]
    state: Option<PathBuf>,
    /// The partner that this server knows; text, leading zeros count
    #[arg(long, value_name = "DIGITS", default_value = "085")]
    partner_id: String,
    /// File with the API key of the environment `test`
    #[arg(long, value_name = "FILE")]
    sandbox_key_file: Option<PathBuf>,
    /// File with the API key of the environment `production`
    #[arg(long, value_name = "FILE")]
    production_key_file: Option<PathBuf>,
    /// Enroll this user from the start, in both environments; may be repeated
    #[arg(long = "user", value_name = "ID")]
    users: Vec<String>,
    /// How far a timestamp may be from this server's clock, either way
    #[arg(long, value_name = "N", default_value_t = 300)]
    tolerance_seconds: u64,
    /// Let pages of this origin call the services (never the control routes); may be repeated
    #[arg(long = "allow-origin", value_name = "ORIGIN")]
    allow_origins: Vec<String>,
    /// Answer to this name in the Host header too (10.0.2.2 for an Android emulator); may be repeated
    #[arg(long = "allow-host", value_name = "NAME")]
    allow_hosts: Vec<String>,
    /// Send results of simulated jobs here, signature inside the JSON (http, this machine unless --allow-remote)
    #[arg(long, value_name = "URL")]
    callback_url: Option<String>,
    /// Send results of simulated jobs here, signature in headers (http, this machine unless --allow-remote)
    #[arg(long, value_name = "URL")]
    webhook_url: Option<String>,
    /// File with the bearer token that Unifyia routes then ask for
    #[arg(long, value_name = "FILE")]
    unifyia_token_file: Option<PathBuf>,
    /// Header that carries it
    #[arg(long, value_name = "NAME", default_value = "Authorization")]
    unifyia_auth_header: String,
    /// Expect the sign-up body as {"user": {…}} instead of bare
    #[arg(long)]
    unifyia_wrapped: bool,
    /// An organization that exists; any name does when none is given; may be repeated
    #[arg(long = "organization", value_name = "NAME")]
    organizations: Vec<String>,
    /// Keep whole sign-up bodies (personal data!), not just their field names and hash
    #[arg(long)]
    keep_bodies: bool,
    /// Permit a --bind address that other machines can reach, and results that go to them (plain HTTP: anyone on the
    /// way reads along)
    #[arg(long)]
    allow_remote: bool,
    /// Stop when standard input ends, so that a parent that dies leaves nothing behind
    #[arg(long)]
    pub(crate) stop_with_stdin: bool,
    /// Print exactly one line of JSON when ready: address, control token, partner and process id
    #[arg(long)]
    pub(crate) ready_json: bool,
}

/// What goes wrong before the server is asked to start; one line.
pub(crate) type Trouble = String;

impl Cli {
    pub(crate) fn config(&self) -> Result<Config, Trouble> {
        let key = |file: Option<&Path>, variable: &str, default: &str| match file {
            Some(file) => read_secret(file),
            None => match std::env::var(variable) {
                Ok(key) => Ok(key),
                Err(VarError::NotPresent) => Ok(default.to_owned()),
                Err(VarError::NotUnicode(_)) => Err(format!("{variable} is not Unicode text")),
            },
        };
        Ok(Config {
            bind: self.bind,
            port: self.port,
            state: self.state.clone(),
            partner_id: self.partner_id.clone(),
            sandbox_key: key(self.sandbox_key_file.as_deref(), "ENROLLKIT_SANDBOX_KEY", DEFAULT_SANDBOX_KEY)?,
            production_key: key(
                self.production_key_file.as_deref(),
                "ENROLLKIT_PRODUCTION_KEY",
                DEFAULT_PRODUCTION_KEY,
            )?,
            users: self.users.clone(),
            tolerance: Duration::from_secs(self.tolerance_seconds),
            allow_origins: self.allow_origins.clone(),
            allow_hosts: self.allow_hosts.clone(),
            callback_url: self.callback_url.clone(),
            webhook_url: self.webhook_url.clone(),
            unifyia_token: self.unifyia_token_file.as_deref().map(read_secret).transpose()?,
            unifyia_auth_header: self.unifyia_auth_header.clone(),
            unifyia_wrapped: self.unifyia_wrapped,
            organizations: self.organizations.clone(),
            keep_bodies: self.keep_bodies,
            allow_remote: self.allow_remote,
            ..Config::default()
        })
    }

    /// The lines for a person, or the one line for a program.
    pub(crate) fn ready(&self, url: &str, control_token: &str, config: &KeyNotes) -> String {
        let partner_id = &self.partner_id;
        if self.ready_json {
            let pid = std::process::id();
            return serde_json::json!({
                "url": url,
                "control_token": control_token,
                "partner_id": partner_id,
                "pid": pid,
            })
            .to_string();
        }
        let state =
            self.state.as_ref().map_or_else(|| "in memory".to_owned(), |file| file.display().to_string());
        let stop = if self.stop_with_stdin { "Ctrl-C, or end standard input" } else { "Ctrl-C" };
        let mut lines = vec![
            format!("enrollkit-sandbox listens on {url}"),
            format!("  partner id      {partner_id}"),
            format!("  test key        {}", config.sandbox),
            format!("  production key  {}", config.production),
            format!("  control token   {control_token}   (Authorization: Bearer …; this run only)"),
            format!("  state           {state}"),
            format!("  stop            {stop}"),
        ];
        if !self.bind.is_loopback() {
            lines.push(
                "  WARNING         other machines can reach this server, without encryption".to_owned(),
            );
        }
        lines.join("\n")
    }
}

/// How the keys are shown: the built-in ones as they are, others not at all.
pub(crate) struct KeyNotes {
    sandbox: &'static str,
    production: &'static str,
}

impl KeyNotes {
    pub(crate) fn of(config: &Config) -> Self {
        let own = "your own";
        Self {
            sandbox: if config.sandbox_key == DEFAULT_SANDBOX_KEY { DEFAULT_SANDBOX_KEY } else { own },
            production: if config.production_key == DEFAULT_PRODUCTION_KEY {
                DEFAULT_PRODUCTION_KEY
            } else {
                own
            },
        }
    }
}

/// A key or token without the line end that editors put behind it.
fn read_secret(file: &Path) -> Result<String, Trouble> {
    let mut text = String::new();
    std::fs::File::open(file)
        .and_then(|opened| opened.take(MAX_KEY_FILE).read_to_string(&mut text))
        .map_err(|error| format!("cannot read {}: {error}", file.display()))?;
    let kept = text.strip_suffix('\n').map_or(text.as_str(), |line| line.strip_suffix('\r').unwrap_or(line));
    Ok(kept.to_owned())
}

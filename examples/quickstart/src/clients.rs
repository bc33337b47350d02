//! Clients from flags, environment variables and files. Every violation is reported at once.

use std::fs;
use std::io::Read;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use enrollkit::json::Object;
use enrollkit::{Environment, InvalidInput, Json, SmileId, SmileIdBuilder, Timestamp, Unifyia};

use crate::cli::{self, Settings};
use crate::report::Failure;

/// The core reads no clock: the host does.
pub(crate) fn now() -> Result<Timestamp, InvalidInput> {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Timestamp::from_unix_millis(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}

pub(crate) fn smile_id(settings: &Settings) -> Result<SmileId, Failure> {
    let key = secret("ENROLLKIT_API_KEY", "the API key", settings.api_key_file.as_deref(), "--api-key-file")?;
    Ok(SmileId::from_json(&smile_id_options(settings), &key)?)
}

/// Enough for a dry run, which needs no key.
pub(crate) fn smile_id_without_key(settings: &Settings) -> Result<SmileIdBuilder, InvalidInput> {
    SmileIdBuilder::from_json(&smile_id_options(settings))
}

fn smile_id_options(settings: &Settings) -> String {
    let environment = settings.environment.map(|environment| match environment {
        cli::Environment::Sandbox => Environment::Sandbox.slug(),
        cli::Environment::Production => Environment::Production.slug(),
    });
    let given = [
        ("partner_id", settings.partner_id.as_deref()),
        ("environment", environment),
        ("operator", settings.operator.as_deref()),
        ("base_url", settings.base_url.as_deref()),
    ];
    options(given, settings.allow_http)
}

/// The token is optional: the documentation of sign-up lists none.
pub(crate) fn unifyia(settings: &Settings) -> Result<Unifyia, Failure> {
    let given = settings.token_file.is_some() || std::env::var_os("ENROLLKIT_TOKEN").is_some();
    let token = if given && !settings.dry_run {
        Some(secret("ENROLLKIT_TOKEN", "the token", settings.token_file.as_deref(), "--token-file")?)
    } else {
        None
    };
    Ok(Unifyia::from_json(
        &options([("base_url", settings.base_url.as_deref())], settings.allow_http),
        token.as_deref(),
    )?)
}

fn options<const N: usize>(given: [(&str, Option<&str>); N], allow_http: bool) -> String {
    let mut object = Object::new();
    object.insert("allow_http", allow_http);
    for (key, value) in given {
        if let Some(value) = value {
            object.insert(key, value);
        }
    }
    Json::Object(object).to_text()
}

/// Files end with a line break, keys do not.
fn secret(variable: &str, what: &str, file: Option<&Path>, flag: &str) -> Result<String, Failure> {
    let Some(file) = file else {
        return std::env::var(variable).map_err(|_| {
            Failure::Usage(format!("{what} is missing: set {variable}, or name a file with {flag}"))
        });
    };
    let text = read(file)?;
    let text = text.strip_suffix('\n').unwrap_or(&text);
    Ok(text.strip_suffix('\r').unwrap_or(text).to_owned())
}

pub(crate) fn read(file: &Path) -> Result<String, Failure> {
    let mut text = String::new();
    let result = if file == Path::new("-") {
        std::io::stdin().read_to_string(&mut text).map(|_| text)
    } else {
        fs::read_to_string(file)
    };
    result.map_err(|error| Failure::Usage(format!("can't read {}: {error}", file.display())))
}

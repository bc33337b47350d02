//! The database itself, in memory or in one file.

use std::path::Path;

use rusqlite::{Connection, ErrorCode};

use crate::error::StartError;

/// "ekSB": tells our files from anybody else's.
const APPLICATION_ID: i32 = 0x656b_5342;
const VERSION: i32 = 1;

const SCHEMA: &str = "
CREATE TABLE IF NOT EXISTS users (
    environment TEXT NOT NULL,
    user_id TEXT NOT NULL,
    active INTEGER NOT NULL DEFAULT 1,
    allow_new_enroll INTEGER NOT NULL DEFAULT 0,
    is_fraudulent INTEGER NOT NULL DEFAULT 0,
    deleted INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (environment, user_id)
) STRICT;
CREATE TABLE IF NOT EXISTS jobs (
    id INTEGER PRIMARY KEY,
    environment TEXT NOT NULL,
    job_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    result_code TEXT NOT NULL,
    result_text TEXT NOT NULL,
    final INTEGER NOT NULL,
    id_check INTEGER NOT NULL,
    UNIQUE (environment, job_id)
) STRICT;
CREATE TABLE IF NOT EXISTS requests (
    id INTEGER PRIMARY KEY,
    time INTEGER NOT NULL,
    service TEXT NOT NULL,
    operation TEXT NOT NULL,
    user_id TEXT,
    status INTEGER,
    code TEXT,
    processed INTEGER NOT NULL,
    fault TEXT
) STRICT;
CREATE TABLE IF NOT EXISTS sign_ups (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    organization TEXT NOT NULL,
    name TEXT NOT NULL,
    time INTEGER NOT NULL,
    fields TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    body BLOB,
    UNIQUE (organization, name)
) STRICT;
";

pub(crate) struct Store {
    pub(super) connection: Connection,
}

impl Store {
    pub(crate) fn open(file: Option<&Path>) -> Result<Self, StartError> {
        let connection = match file {
            None => Connection::open_in_memory().map_err(in_words)?,
            Some(path) => {
                create_private(path)?;
                Connection::open(path).map_err(in_words)?
            }
        };
        check_owner(&connection)?;
        connection
            .execute_batch(&format!(
                // Exclusive: two sandboxes on one file would each see half of the truth.
                // No fsync: a killed process loses nothing, and a stand-in need not survive a power cut.
                "PRAGMA locking_mode = EXCLUSIVE; PRAGMA synchronous = OFF; PRAGMA journal_mode = TRUNCATE;
                 BEGIN EXCLUSIVE; {SCHEMA} PRAGMA application_id = {APPLICATION_ID};
                 PRAGMA user_version = {VERSION}; COMMIT;"
            ))
            .map_err(in_words)?;
        Ok(Self { connection })
    }

    /// Forgets everything, deletions included: only a test's own reset may do that.
    pub(crate) fn clear(&self) -> rusqlite::Result<()> {
        self.connection.execute_batch(
            "BEGIN; DELETE FROM users; DELETE FROM jobs; DELETE FROM requests; DELETE FROM sign_ups; COMMIT;",
        )
    }
}

/// A file of somebody else's is left alone.
fn check_owner(connection: &Connection) -> Result<(), StartError> {
    let number =
        |pragma: &str| connection.query_row(pragma, [], |row| row.get::<_, i32>(0)).map_err(in_words);
    let tables = number("SELECT count(*) FROM sqlite_master")?;
    let ours =
        number("PRAGMA application_id")? == APPLICATION_ID && number("PRAGMA user_version")? == VERSION;
    if tables > 0 && !ours {
        return Err(StartError::State("it belongs to another program or another version".to_owned()));
    }
    Ok(())
}

/// The database would create the file readable for everybody; it holds user ids.
fn create_private(path: &Path) -> Result<(), StartError> {
    let mut options = std::fs::OpenOptions::new();
    options.read(true).append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map(drop).map_err(|error| StartError::State(format!("{}: {error}", path.display())))
}

#[expect(clippy::needless_pass_by_value, reason = "a `map_err` function")]
fn in_words(error: rusqlite::Error) -> StartError {
    StartError::State(match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => "another process uses it".to_owned(),
        Some(ErrorCode::NotADatabase) => "it is not a state file".to_owned(),
        _ => error.to_string(),
    })
}

//! What was asked and what came of it, without keys, signatures, tokens, e-mail addresses or bodies.

use rusqlite::{Row, params};
use serde_json::{Value, json};

use super::Store;
use crate::clock;

/// A server that runs for weeks must not fill the disk.
const KEEP: i64 = 10_000;

pub(crate) struct Entry {
    pub(crate) time: i64,
    pub(crate) service: String,
    pub(crate) operation: String,
    pub(crate) user_id: Option<String>,
    /// None: the connection was closed without an answer.
    pub(crate) status: Option<u16>,
    pub(crate) code: Option<String>,
    pub(crate) processed: bool,
    pub(crate) fault: Option<String>,
}

impl Entry {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            time: row.get(0)?,
            service: row.get(1)?,
            operation: row.get(2)?,
            user_id: row.get(3)?,
            status: row.get(4)?,
            code: row.get(5)?,
            processed: row.get(6)?,
            fault: row.get(7)?,
        })
    }

    pub(crate) fn to_json(&self) -> Value {
        json!({
            "time": clock::stamp(self.time),
            "service": self.service,
            "operation": self.operation,
            "user_id": self.user_id,
            "status": self.status,
            "code": self.code,
            "processed": self.processed,
            "fault": self.fault,
        })
    }
}

impl Store {
    pub(crate) fn record(&self, entry: &Entry) -> rusqlite::Result<()> {
        self.connection
            .prepare_cached(
                "INSERT INTO requests (time, service, operation, user_id, status, code, processed, fault)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            )?
            .execute(params![
                entry.time,
                entry.service,
                entry.operation,
                entry.user_id,
                entry.status,
                entry.code,
                entry.processed,
                entry.fault
            ])?;
        self.connection
            .prepare_cached("DELETE FROM requests WHERE id <= ?1")?
            .execute(params![self.connection.last_insert_rowid() - KEEP])?;
        Ok(())
    }

    /// Oldest first.
    pub(crate) fn requests(&self, user_id: Option<&str>) -> rusqlite::Result<Vec<Entry>> {
        let mut query = self.connection.prepare_cached(
            "SELECT time, service, operation, user_id, status, code, processed, fault FROM requests
             WHERE ?1 IS NULL OR user_id = ?1 ORDER BY id",
        )?;
        query.query_map(params![user_id], Entry::read)?.collect()
    }
}

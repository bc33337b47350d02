//! Unifyia sign-ups: the names of the fields and a hash of the body; the body itself only when asked for.

use rusqlite::{OptionalExtension, Row, params};
use serde_json::{Value, json};

use super::Store;
use crate::clock;

pub(crate) struct SignUp {
    pub(crate) organization: String,
    pub(crate) name: String,
    pub(crate) time: i64,
    pub(crate) fields: Vec<String>,
    pub(crate) sha256: String,
    pub(crate) body: Option<Vec<u8>>,
}

impl SignUp {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        let fields: String = row.get(3)?;
        Ok(Self {
            organization: row.get(0)?,
            name: row.get(1)?,
            time: row.get(2)?,
            fields: serde_json::from_str(&fields).unwrap_or_default(),
            sha256: row.get(4)?,
            body: row.get(5)?,
        })
    }

    pub(crate) fn to_json(&self) -> Value {
        json!({
            "organization": self.organization,
            "name": self.name,
            "time": clock::stamp(self.time),
            "fields": self.fields,
            "sha256": self.sha256,
            "body": self.body.as_deref().map(String::from_utf8_lossy),
        })
    }
}

impl Store {
    /// The row's number, or nothing when the organization already has a user of that name.
    pub(crate) fn sign_up(&self, sign_up: &SignUp) -> rusqlite::Result<Option<i64>> {
        self.connection
            .prepare_cached(
                "INSERT INTO sign_ups (organization, name, time, fields, sha256, body)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO NOTHING RETURNING id",
            )?
            .query_row(
                params![
                    sign_up.organization,
                    sign_up.name,
                    sign_up.time,
                    Value::from(sign_up.fields.clone()).to_string(),
                    sign_up.sha256,
                    sign_up.body
                ],
                |row| row.get(0),
            )
            .optional()
    }

    /// Oldest first.
    pub(crate) fn sign_ups(&self) -> rusqlite::Result<Vec<SignUp>> {
        let mut query = self.connection.prepare_cached(
            "SELECT organization, name, time, fields, sha256, body FROM sign_ups ORDER BY id",
        )?;
        query.query_map([], SignUp::read)?.collect()
    }
}

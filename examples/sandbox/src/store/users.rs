//! One row per Smile ID user and environment. A deleted user's row stays: that is what "for ever" means.

use rusqlite::{OptionalExtension, Row, params};
use serde_json::{Value, json};

use super::Store;
use crate::smile_id::Environment;

const COLUMNS: &str = "environment, user_id, active, allow_new_enroll, is_fraudulent, deleted";

#[expect(clippy::struct_field_names, clippy::struct_excessive_bools, reason = "wire names and flags")]
pub(crate) struct User {
    pub(crate) environment: String,
    pub(crate) user_id: String,
    pub(crate) active: bool,
    pub(crate) allow_new_enroll: bool,
    pub(crate) is_fraudulent: bool,
    pub(crate) deleted: bool,
}

#[derive(Clone, Copy)]
pub(crate) enum Change {
    AllowNewEnroll(bool),
    Active(bool),
    Fraudulent(bool),
    Delete,
}

impl User {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            environment: row.get(0)?,
            user_id: row.get(1)?,
            active: row.get(2)?,
            allow_new_enroll: row.get(3)?,
            is_fraudulent: row.get(4)?,
            deleted: row.get(5)?,
        })
    }

    pub(crate) fn to_json(&self) -> Value {
        json!({
            "user_id": self.user_id,
            "environment": self.environment,
            "active": self.active,
            "allow_new_enroll": self.allow_new_enroll,
            "is_fraudulent": self.is_fraudulent,
            "deleted": self.deleted,
        })
    }
}

impl Store {
    pub(crate) fn user(&self, environment: Environment, user_id: &str) -> rusqlite::Result<Option<User>> {
        self.connection
            .prepare_cached(&format!("SELECT {COLUMNS} FROM users WHERE environment = ?1 AND user_id = ?2"))?
            .query_row(params![environment.as_str(), user_id], User::read)
            .optional()
    }

    pub(crate) fn users(&self) -> rusqlite::Result<Vec<User>> {
        let mut query = self
            .connection
            .prepare_cached(&format!("SELECT {COLUMNS} FROM users ORDER BY environment DESC, user_id"))?;
        query.query_map([], User::read)?.collect()
    }

    /// Whether the user is new. One who exists stays as they are, deleted ones deleted.
    pub(crate) fn enroll(&self, environment: Environment, user_id: &str) -> rusqlite::Result<bool> {
        let added = self
            .connection
            .prepare_cached("INSERT OR IGNORE INTO users (environment, user_id) VALUES (?1, ?2)")?
            .execute(params![environment.as_str(), user_id])?;
        Ok(added > 0)
    }

    pub(crate) fn change(
        &self,
        environment: Environment,
        user_id: &str,
        change: Change,
    ) -> rusqlite::Result<()> {
        let (column, value) = match change {
            Change::AllowNewEnroll(on) => ("allow_new_enroll", on),
            Change::Active(on) => ("active", on),
            Change::Fraudulent(on) => ("is_fraudulent", on),
            Change::Delete => ("deleted", true),
        };
        let sql =
            format!("UPDATE users SET {column} = ?3 WHERE environment = ?1 AND user_id = ?2 AND deleted = 0");
        self.connection.prepare_cached(&sql)?.execute(params![environment.as_str(), user_id, value])?;
        if matches!(change, Change::Delete) {
            // "Permanently removes … all enrolment information": the history keeps no personal data.
            self.connection
                .prepare_cached("UPDATE jobs SET id_check = 0 WHERE environment = ?1 AND user_id = ?2")?
                .execute(params![environment.as_str(), user_id])?;
        }
        Ok(())
    }
}

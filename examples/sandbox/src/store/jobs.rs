//! Simulated enrollment jobs: each user's history.

use rusqlite::{OptionalExtension, Row, params};

use super::Store;
use crate::smile_id::Environment;

const COLUMNS: &str = "id, job_id, user_id, created_at, result_code, result_text, final, id_check";

#[expect(clippy::struct_field_names, reason = "wire names")]
pub(crate) struct Job {
    pub(crate) row: i64,
    pub(crate) job_id: String,
    pub(crate) user_id: String,
    pub(crate) created_at: i64,
    pub(crate) result_code: String,
    pub(crate) result_text: String,
    /// False while only a provisional result is known.
    pub(crate) is_final: bool,
    pub(crate) id_check: bool,
}

pub(crate) struct NewJob<'a> {
    pub(crate) environment: Environment,
    pub(crate) job_id: &'a str,
    pub(crate) user_id: &'a str,
    pub(crate) created_at: i64,
    pub(crate) result: (&'a str, &'a str),
    pub(crate) is_final: bool,
    pub(crate) id_check: bool,
}

impl Job {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            row: row.get(0)?,
            job_id: row.get(1)?,
            user_id: row.get(2)?,
            created_at: row.get(3)?,
            result_code: row.get(4)?,
            result_text: row.get(5)?,
            is_final: row.get(6)?,
            id_check: row.get(7)?,
        })
    }
}

impl Store {
    pub(crate) fn add_job(&self, job: &NewJob<'_>) -> rusqlite::Result<()> {
        self.connection
            .prepare_cached(
                "INSERT INTO jobs (environment, job_id, user_id, created_at, result_code, result_text, final, id_check)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            )?
            .execute(params![
                job.environment.as_str(),
                job.job_id,
                job.user_id,
                job.created_at,
                job.result.0,
                job.result.1,
                job.is_final,
                job.id_check
            ])?;
        Ok(())
    }

    /// Replaces a provisional result; false when the job is gone (the test was reset meanwhile).
    pub(crate) fn finish_job(&self, row: i64, result: (&str, &str)) -> rusqlite::Result<bool> {
        let changed = self
            .connection
            .prepare_cached("UPDATE jobs SET result_code = ?2, result_text = ?3, final = 1 WHERE id = ?1")?
            .execute(params![row, result.0, result.1])?;
        Ok(changed > 0)
    }

    pub(crate) fn job(&self, environment: Environment, job_id: &str) -> rusqlite::Result<Option<Job>> {
        self.connection
            .prepare_cached(&format!("SELECT {COLUMNS} FROM jobs WHERE environment = ?1 AND job_id = ?2"))?
            .query_row(params![environment.as_str(), job_id], Job::read)
            .optional()
    }

    /// A user's history, newest first.
    pub(crate) fn jobs_of(&self, environment: Environment, user_id: &str) -> rusqlite::Result<Vec<Job>> {
        let mut query = self.connection.prepare_cached(&format!(
            "SELECT {COLUMNS} FROM jobs WHERE environment = ?1 AND user_id = ?2 ORDER BY id DESC"
        ))?;
        query.query_map(params![environment.as_str(), user_id], Job::read)?.collect()
    }
}

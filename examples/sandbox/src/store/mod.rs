//! The state: one embedded database.

mod database;
mod jobs;
mod journal;
mod sign_ups;
mod users;

pub(crate) use database::Store;
pub(crate) use jobs::{Job, NewJob};
pub(crate) use journal::Entry;
pub(crate) use sign_ups::SignUp;
pub(crate) use users::{Change, User};

//! What is no language: lists that translators, schemas and READMEs have.

mod json;
mod operations;
mod schema;

pub use json::Json;
pub use operations::Operations;
pub use schema::Schema;

//! What is no language: lists that translators, schemas and READMEs have.

mod json;

pub use json::Json;

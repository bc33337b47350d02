//! Writes what every language's facade has of the core's tables.
//!
//! `of_core.rs` reads the tables into a [`catalogue::Catalogue`]; a [`facade::Facade`] for each language writes of it the methods of
//! the clients, the types of intents and outcomes, option names and constants; those of [`documents`] write the lists that schemas
//! and READMEs have. `cargo xtask gen` writes all of it, `cargo xtask lint` says what is not up to date.

pub mod catalogue;
mod confirmations;
pub mod disk;
pub mod documents;
pub mod facade;
pub mod languages;
#[cfg(test)]
mod made_up;
pub mod names;
mod of_core;

pub use of_core::catalogue;

/// Every writer.
#[must_use]
pub fn facades() -> Vec<Box<dyn facade::Facade>> {
    vec![
        Box::new(documents::Json),
        Box::new(documents::Schema),
        Box::new(documents::Operations),
        Box::new(languages::TypeScript),
        Box::new(languages::Python),
        Box::new(languages::Kotlin),
        Box::new(languages::Swift),
    ]
}

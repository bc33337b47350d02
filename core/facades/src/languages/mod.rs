//! One writer for each language.

mod kotlin;
mod python;
mod swift;
mod typescript;

pub use kotlin::Kotlin;
pub use python::Python;
pub use swift::Swift;
pub use typescript::TypeScript;

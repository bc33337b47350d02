//! Exact JSON: numbers stay the text that came, pairs stay in the caller's order, duplicate keys are refused.
//!
//! General JSON libraries round numbers (`1E400`, ids beyond 2^53), reorder keys or give some keys a private
//! meaning. Here the same tokens always give the same bytes.
//!
//! ```
//! use enrollkit::Json;
//!
//! let exact = r#"{"id":9007199254740993,"limit":1E400,"__proto__":{}}"#;
//! assert_eq!(Json::parse(exact)?.to_text(), exact);
//! # Ok::<(), enrollkit::InvalidInput>(())
//! ```

mod convert;
#[cfg(feature = "speed")]
mod document;
mod escape;
mod growing;
mod keys;
mod kind;
#[cfg(feature = "speed")]
mod members;
mod places;
mod read;
mod reader;
mod scan;
mod serialize;
#[cfg(not(feature = "speed"))]
mod small_document;
mod tree;
mod write;
#[cfg(feature = "speed")]
mod writer;

#[cfg(feature = "speed")]
pub(crate) use document::{Document, Value, unescaped};
pub(crate) use escape::escape_path;
pub(crate) use kind::Kind;
pub(crate) use read::{read_lenient, read_strict};
pub(crate) use scan::{Fault, FaultKind};
#[cfg(not(feature = "speed"))]
pub(crate) use small_document::{Document, Value, unescaped};
pub use tree::{Json, MAX_DEPTH, MAX_PLAIN_DEPTH, Number, Object};
pub use write::string as write_string;
#[cfg(feature = "speed")]
pub use writer::Writer;

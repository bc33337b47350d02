//! Everything that is tested in Rust, in one binary.

mod vectors;

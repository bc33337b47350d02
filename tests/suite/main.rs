//! Everything that is tested in Rust, in one binary.

mod api;
mod canaries;
mod deliveries;
mod http;
mod lab;
mod masking;
mod probe;
mod properties;
mod readme;
mod relay;
mod scenarios;
mod secrets;
mod server;
mod vectors;
mod verifier_options;
mod wycheproof;

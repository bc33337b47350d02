//! The sandbox over real HTTP, with a client that hides nothing.

mod access;
mod callbacks;
mod command_line;
mod faults;
mod lifecycle;
mod log;
mod signature;
mod support;
mod unifyia;

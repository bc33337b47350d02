//! Properties over every parser and reader. `PROPTEST_CASES` says how many cases each runs.

mod addresses;
mod bounds;
mod hostile;
mod inputs;
mod json;
mod round_trips;
mod users;
mod writer;

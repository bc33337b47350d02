//! Commands of several steps, and what a step can need.

mod ahead;
mod extent;
mod given;
mod need;
mod step;
mod thing;

pub(crate) use extent::Extent;
#[cfg(test)]
pub(crate) use given::in_order;
pub(crate) use given::{Given, Needs};
pub(crate) use need::Need;
pub(crate) use step::{Done, Step, everything_must_run, run, run_beside, skipped};
pub(crate) use thing::{Packed, Thing};

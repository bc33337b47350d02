//! The relay: a page or an app sends an intent to your own back end, which signs and sends it, and gets the outcome back.
//!
//! The wire form. Request: `POST`, `application/json`, the intent's JSON. Answer: `{"outcome": {"operation": …}}` or
//! `{"error": {"code": …}}`, without the service's raw body, and with integers beyond 2^53 as strings, since a browser's
//! JSON reader would round them.
//!
//! A back end's route, in order: [`RouteRules::refusal`]; the session; [`crate::Intent::from_bytes`]; your
//! policy (deny by default; an end user's `user_id` comes from the session); `client.call`; send; [`answer`].

mod answer;
mod call;
mod read;
mod route;

pub use answer::{Answer, answer};
pub(crate) use call::call;
pub use read::read_plain;
pub(crate) use route::OPTIONS as ROUTE_OPTIONS;
pub use route::RouteRules;

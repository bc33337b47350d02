//! Tells what failed before anything was sent: whatever goes wrong while a name is looked up or a connection made (a refused port, a
//! proxy's no, a time limit) comes out of the HTTP client as [`NotConnected`]. By the kind of error alone it could not be told: an
//! unreachable network can also end a connection on which the request went out.
//!
//! The traits are outside of `ureq`'s promise of compatibility. A host with another client asks that one where it failed.

use std::error::Error as StdError;
use std::fmt;

use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{ConnectionDetails, Connector, DefaultConnector, NextTimeout, Transport};
use ureq::{Agent, Error};

pub(crate) fn agent(config: Config) -> Agent {
    Agent::with_parts(config, Told(DefaultConnector::new()), Told(DefaultResolver::default()))
}

/// Whether nothing of a request can have left this machine towards the service.
pub(crate) fn is_before_sending(error: &Error) -> bool {
    match error {
        Error::Other(other) => other.is::<NotConnected>(),
        // No request was made of it, or no connection of the client's own came about.
        Error::BadUri(_) | Error::InvalidProxyUrl | Error::ConnectionFailed => true,
        _ => false,
    }
}

#[derive(Debug)]
struct NotConnected(Error);

impl fmt::Display for NotConnected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Error::Other(inner) => inner.fmt(f),
            error => error.fmt(f),
        }
    }
}

impl StdError for NotConnected {}

fn told(error: Error) -> Error {
    Error::Other(Box::new(NotConnected(error)))
}

#[derive(Debug)]
struct Told<T>(T);

impl<In: Transport, T: Connector<In>> Connector<In> for Told<T> {
    type Out = T::Out;

    fn connect(&self, details: &ConnectionDetails<'_>, chained: Option<In>) -> Result<Option<T::Out>, Error> {
        self.0.connect(details, chained).map_err(told)
    }
}

impl<T: Resolver> Resolver for Told<T> {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, Error> {
        self.0.resolve(uri, config, timeout).map_err(told)
    }
}

//! Who signs: an account with its key, or with a pair of somebody who has it.

use core::fmt;

use super::account::{Account, Signed};
use super::pair::Pair;
use super::signature::SigningKey;
use crate::call::Reader;
use crate::input::{InvalidInput, Violation, ViolationCode};
use crate::operation::Operation;
use crate::value::Timestamp;

/// What all copies of a client share.
pub(super) struct Signer {
    pub(super) account: Account,
    pub(super) credentials: Credentials,
}

pub(super) enum Credentials {
    Key(SigningKey),
    Pair { pair: Pair, received_at: Timestamp },
}

impl Signer {
    pub(super) fn sign(&self, now: Timestamp) -> Result<Signed, InvalidInput> {
        match &self.credentials {
            Credentials::Key(key) => {
                Ok(Signed::new(now, |timestamp| key.sign(timestamp, self.account.partner_id.as_str())))
            }
            Credentials::Pair { pair, received_at } => {
                // Also when the clock was set back: then nobody knows how old it is.
                if now.seconds_since(*received_at).saturating_abs() >= i64::from(pair.expires_in) {
                    return Err(Violation::new("pair", ViolationCode::Expired).into());
                }
                Ok(Signed::new(pair.timestamp, |_| pair.signature.clone()))
            }
        }
    }

    /// The reader of what was signed: it takes the signature, which no answer may show.
    pub(super) fn reader(&self, operation: Operation, signed: Signed) -> Reader {
        Reader::of_secret(operation, Some(signed.timestamp), Some(signed.signature))
            .for_account(self.account.label.clone())
    }
}

impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let credentials = match self.credentials {
            Credentials::Key(_) => "ApiKey(..)",
            Credentials::Pair { .. } => "Pair(..)",
        };
        write!(f, "{:?} with {credentials}", self.account)
    }
}

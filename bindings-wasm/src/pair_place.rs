//! Where a pair's two texts are for the facade, which reads them from the memory: of fixed length, one behind the other.

use std::cell::{Cell, OnceCell};

use enrollkit::smile_id::Pair;

const TIMESTAMP: usize = 24;
const SIGNATURE: usize = 44;
const LENGTH: usize = TIMESTAMP + SIGNATURE;

/// The last pair of a client.
pub(crate) struct PairPlace {
    texts: Cell<[u8; LENGTH]>,
    account: OnceCell<String>,
}

impl Default for PairPlace {
    fn default() -> Self {
        Self { texts: Cell::new([0; LENGTH]), account: OnceCell::new() }
    }
}

impl PairPlace {
    pub(crate) fn put(&self, pair: &Pair) {
        let mut texts = [0; LENGTH];
        let (timestamp, signature) = texts.split_at_mut(TIMESTAMP);
        let (own_timestamp, own_signature) = (pair.timestamp().to_text(), pair.signature());
        // Both always fill their places.
        if own_timestamp.len() == TIMESTAMP && own_signature.len() == SIGNATURE {
            timestamp.copy_from_slice(own_timestamp.as_bytes());
            signature.copy_from_slice(own_signature.as_bytes());
        }
        self.texts.set(texts);
        self.account.get_or_init(|| [pair.partner_id().as_str(), pair.environment().slug()].join("\n"));
    }

    /// As long as its owner is where it is.
    pub(crate) fn address(&self) -> usize {
        self.texts.as_ptr() as usize
    }

    /// Partner id and environment, as lines: of a client, all its pairs have the same.
    pub(crate) fn account(&self) -> String {
        self.account.get().cloned().unwrap_or_default()
    }
}

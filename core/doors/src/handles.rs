//! Clients and verifiers that the other side knows by a number. No number comes twice, so that an old one finds nothing, and
//! one that is closed while others use it is wiped when they are done.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

use enrollkit::smile_id::Verifier;
use enrollkit::{SmileId, Unifyia};

use crate::answer::Fault;

/// Above all that was ever given out.
static NEXT: AtomicI64 = AtomicI64::new(1);

/// All things of one type.
pub(crate) struct Handles<T>(RwLock<BTreeMap<i64, Arc<T>>>);

pub(crate) static SMILE_IDS: Handles<SmileId> = Handles::new();
pub(crate) static UNIFYIAS: Handles<Unifyia> = Handles::new();
pub(crate) static VERIFIERS: Handles<Verifier> = Handles::new();

impl<T> Handles<T> {
    const fn new() -> Self {
        Self(RwLock::new(BTreeMap::new()))
    }

    /// Keeps a thing, and gives its number.
    pub(crate) fn keep(&self, thing: T) -> i64 {
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        self.0.write().unwrap_or_else(PoisonError::into_inner).insert(number, Arc::new(thing));
        number
    }

    /// The thing, which lives as long as this call at least.
    pub(crate) fn get(&self, number: i64) -> Result<Arc<T>, Fault> {
        let things = self.0.read().unwrap_or_else(PoisonError::into_inner);
        things.get(&number).map(Arc::clone).ok_or(Fault::Closed)
    }

    fn remove(&self, number: i64) -> Option<Arc<T>> {
        self.0.write().unwrap_or_else(PoisonError::into_inner).remove(&number)
    }
}

/// Forgets a client or verifier, whose keys are wiped when no call uses them any more. An unknown number is nothing.
pub fn release(number: i64) {
    // What is removed is dropped here, after the lock.
    drop((SMILE_IDS.remove(number), UNIFYIAS.remove(number), VERIFIERS.remove(number)));
}

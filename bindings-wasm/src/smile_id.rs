//! The client of Smile ID.

use enrollkit::SmileId;
use enrollkit_glue::calls;
use enrollkit_glue::heads::Heads;
use enrollkit_glue::one_text::invalid;
use wasm_bindgen::prelude::*;

use crate::call_lines::lines_or_refusal;
use crate::pair_place::PairPlace;
use crate::{Made, time};

/// A client of Smile ID that holds a key schedule.
#[wasm_bindgen]
pub struct SmileIdCore {
    client: SmileId,
    heads: Heads,
    pair: PairPlace,
}

impl From<SmileId> for SmileIdCore {
    fn from(client: SmileId) -> Self {
        Self { client, heads: Heads::default(), pair: PairPlace::default() }
    }
}

#[wasm_bindgen]
impl SmileIdCore {
    /// From options and an API key.
    #[wasm_bindgen(constructor)]
    pub fn new(options: &str, api_key: &str) -> Made<Self> {
        SmileId::from_json(options, api_key).map(Self::from).map_err(invalid)
    }

    /// From options and a pair that was received at a time.
    #[wasm_bindgen(js_name = fromPair)]
    pub fn from_pair(options: &str, pair: &str, received_at: f64) -> Made<Self> {
        let received_at = time(received_at).map_err(invalid)?;
        SmileId::from_json_with_pair(options, pair, received_at).map(Self::from).map_err(invalid)
    }

    /// The same client for another operator.
    #[wasm_bindgen(js_name = withOperator)]
    pub fn with_operator(&self, email: &str) -> Made<Self> {
        self.client.with_operator(email).map(Self::from).map_err(invalid)
    }

    /// The call of an intent.
    #[must_use]
    pub fn call(&self, intent: &str, now: f64) -> String {
        lines_or_refusal(&self.heads, time(now).and_then(|now| calls::smile_id(&self.client, intent, now)))
    }

    /// The call of what needs a user's id and nothing more.
    #[must_use]
    pub fn about(&self, action: &str, user_id: &str, now: f64) -> String {
        let call = time(now).and_then(|now| calls::smile_id_about(&self.client, action, user_id, now));
        lines_or_refusal(&self.heads, call)
    }

    /// A call of any other kind.
    #[must_use]
    pub fn raw(&self, request: &str, now: f64) -> String {
        lines_or_refusal(
            &self.heads,
            time(now).and_then(|now| calls::smile_id_raw(&self.client, request, now)),
        )
    }

    /// Signs: gives how many seconds the pair lives; timestamp and signature are at [`Self::pair_place`].
    pub fn sign(&self, now: f64) -> Made<u32> {
        let pair = time(now).and_then(|now| self.client.sign(now)).map_err(invalid)?;
        self.pair.put(&pair);
        Ok(pair.expires_in())
    }

    /// Partner id and environment of every pair of this client, as lines: once there was one.
    #[wasm_bindgen(js_name = pairAccount)]
    #[must_use]
    pub fn pair_account(&self) -> String {
        self.pair.account()
    }

    /// Where the last pair is.
    #[wasm_bindgen(js_name = pairPlace)]
    #[must_use]
    pub fn pair_place(&self) -> usize {
        self.pair.address()
    }

    /// Which head the last call has.
    #[wasm_bindgen(js_name = headNumber)]
    #[must_use]
    pub fn head_number(&self) -> u32 {
        self.heads.number()
    }

    /// That head, as lines.
    #[must_use]
    pub fn head(&self) -> String {
        self.heads.text()
    }
}

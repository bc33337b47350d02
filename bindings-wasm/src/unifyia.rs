//! The client of Unifyia.

use enrollkit::Unifyia;
use enrollkit_glue::calls;
use enrollkit_glue::heads::Heads;
use enrollkit_glue::one_text::invalid;
use wasm_bindgen::prelude::*;

use crate::call_lines::lines_or_refusal;
use crate::{Made, text};

/// A client of Unifyia that holds a token.
#[wasm_bindgen]
pub struct UnifyiaCore {
    client: Unifyia,
    heads: Heads,
}

impl From<Unifyia> for UnifyiaCore {
    fn from(client: Unifyia) -> Self {
        Self { client, heads: Heads::default() }
    }
}

#[wasm_bindgen]
impl UnifyiaCore {
    /// From options, and a token when there is one.
    #[allow(clippy::needless_pass_by_value, reason = "the glue hands it over")]
    #[wasm_bindgen(constructor)]
    pub fn new(options: &str, token: Option<String>) -> Made<Self> {
        Unifyia::from_json(options, token.as_deref()).map(Self::from).map_err(invalid)
    }

    /// The same client with another token.
    #[wasm_bindgen(js_name = withToken)]
    pub fn with_token(&self, token: &str) -> Made<Self> {
        self.client.with_token(token).map(Self::from).map_err(invalid)
    }

    /// The call of an intent. One that was parsed with extra keys keeps them.
    #[must_use]
    pub fn call(&self, intent: &[u8], extra_keys: bool) -> String {
        lines_or_refusal(&self.heads, calls::unifyia(&self.client, text(intent), extra_keys))
    }

    /// The call that signs a user up.
    #[allow(clippy::needless_pass_by_value, reason = "the glue hands it over")]
    #[wasm_bindgen(js_name = signUp)]
    #[must_use]
    pub fn sign_up(&self, user: &[u8], organization: Option<String>) -> String {
        lines_or_refusal(
            &self.heads,
            calls::sign_up(&self.client, text(user), organization.as_deref(), false),
        )
    }

    /// A call of any other kind.
    #[must_use]
    pub fn raw(&self, request: &str) -> String {
        lines_or_refusal(&self.heads, calls::unifyia_raw(&self.client, request))
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

//! What is said of a verified message, as a plain object of JavaScript's.

use enrollkit::smile_id::Verified;
use enrollkit::{Json, SignatureRefused};
use enrollkit_glue::one_text::thrown;
use serde::ser::{Serialize, SerializeStruct, Serializer};
use wasm_bindgen::JsValue;

/// The facts, by the facade's names; a refusal is the text of an error.
pub(crate) fn facts(result: Result<Verified, SignatureRefused>) -> JsValue {
    let facts = result.map(|verified| serde_wasm_bindgen::to_value(&Facts(&verified)));
    match facts {
        // Texts, numbers and flags: none of them can fail to become a value.
        Ok(facts) => facts.unwrap_or_default(),
        Err(refused) => thrown(&refused.into()).into(),
    }
}

struct Facts<'a>(&'a Verified);

impl Serialize for Facts<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let verified = self.0;
        let mut facts = serializer.serialize_struct("Facts", 9)?;
        facts.serialize_field("ageSeconds", &verified.age_seconds())?;
        facts.serialize_field("jobId", &verified.job_id())?;
        facts.serialize_field("userId", &verified.user_id())?;
        facts.serialize_field("idsDiffer", &verified.ids_differ())?;
        facts.serialize_field("resultCode", &verified.result_code())?;
        facts.serialize_field("partnerIdForm", verified.partner_id_form().slug())?;
        facts.serialize_field("deliveryKey", verified.delivery_key())?;
        facts.serialize_field("pairKey", verified.pair_key())?;
        // As text: its numbers are read exactly, as all JSON is.
        facts.serialize_field("json", &verified.json().map(Json::to_text))?;
        facts.end()
    }
}

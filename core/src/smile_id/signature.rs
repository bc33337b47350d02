//! Smile ID's signature: `base64(HMAC-SHA256(api key, timestamp + partner id + "sid_request"))`.
//!
//! Source: Smile ID's documentation; the same in every official SDK.

use alloc::string::String;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::value::{ApiKey, Timestamp};

/// What the signed text ends with.
const SUFFIX: &[u8] = b"sid_request";

/// SHA-256's block, which is the size of HMAC's padded key.
const BLOCK: usize = 64;

/// How many characters a signature has: 32 bytes in padded base64.
pub(crate) const SIGNATURE_LENGTH: usize = 44;

/// Whether a text has a signature's form: 43 characters of base64 and one of padding.
pub(super) fn is_signature(text: &str) -> bool {
    let alphabet =
        |text: &str| text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+/".contains(&byte));
    text.len() == SIGNATURE_LENGTH && text.strip_suffix('=').is_some_and(alphabet)
}

/// The signature of any text: for vectors and for talking to other implementations.
///
/// **The fields are not separated**: (`…Z`, `12`) and (`…Z1`, `2`) have the same signature. Everything else in this crate
/// takes a [`Timestamp`] and a [`crate::PartnerId`], which can't be confused.
///
/// ```
/// use enrollkit::smile_id::signature;
///
/// let signature = signature("apiKey", "2026-11-22T10:00:00.000Z", "085");
/// assert_eq!(signature, "gbW8x1SneSt13etDamsAReGuDERlTURhUWK2GM/s2DA=");
/// ```
#[must_use]
pub fn signature(api_key: &str, timestamp: &str, partner_id: &str) -> String {
    let key = SigningKey::from_bytes(api_key.as_bytes());
    core::mem::take(&mut SignatureText::of(&key, timestamp.as_bytes(), partner_id.as_bytes()).into_inner())
}

/// An API key with its HMAC schedule made: half of a signature's work is done once. Wiped when dropped.
#[derive(Clone)]
pub(crate) struct SigningKey(Hmac<Sha256>);

impl SigningKey {
    pub(crate) fn new(key: &ApiKey) -> Self {
        Self::from_bytes(key.as_bytes())
    }

    fn from_bytes(key: &[u8]) -> Self {
        // RFC 2104: a key longer than a block is hashed, a shorter one padded with zeros. Done here, since the
        // library's constructor for keys of any length is fallible by its type, and there is nothing to fail.
        let mut block = Zeroizing::new([0; BLOCK]);
        let hashed: Zeroizing<[u8; 32]>;
        let short = if key.len() > BLOCK {
            hashed = Zeroizing::new(Sha256::digest(key).into());
            hashed.as_slice()
        } else {
            key
        };
        block.iter_mut().zip(short).for_each(|(place, byte)| *place = *byte);
        Self(Hmac::new((&*block).into()))
    }

    pub(crate) fn sign(&self, timestamp: Timestamp, partner_id: &str) -> SignatureText {
        SignatureText::of(self, &timestamp.ascii(), partner_id.as_bytes())
    }

    fn mac(&self, parts: [&[u8]; 3]) -> [u8; 32] {
        let mut mac = self.0.clone();
        for part in parts {
            mac.update(part);
        }
        mac.finalize().into_bytes().into()
    }
}

/// A signature's text. Wiped when dropped.
pub(crate) struct SignatureText(Zeroizing<String>);

impl SignatureText {
    pub(crate) fn of(key: &SigningKey, timestamp: &[u8], partner_id: &[u8]) -> Self {
        let mac = key.mac([timestamp, partner_id, SUFFIX]);
        let mut text = alloc::vec![b'='; SIGNATURE_LENGTH];
        // 32 bytes always fill 44 places, and base64 is ASCII: there is nothing to fail. Encoding into the buffer that
        // becomes the text leaves no second copy of it behind.
        let _ = STANDARD.encode_slice(mac, &mut text);
        Self(Zeroizing::new(String::from_utf8(text).unwrap_or_default()))
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    pub(super) fn into_inner(self) -> Zeroizing<String> {
        self.0
    }
}

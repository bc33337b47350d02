//! Smile ID's signature: `base64(HMAC-SHA256(api key, timestamp + partner id + "sid_request"))`.
//!
//! Source: Smile ID's documentation; the same in every official SDK.

use alloc::string::String;
use core::slice::from_ref;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::block_api::compress256;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::value::ApiKey;
use crate::wiped::Wiped;

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
/// takes a [`crate::Timestamp`] and a [`crate::PartnerId`], which can't be confused.
///
/// ```
/// use enrollkit::smile_id::signature;
///
/// let signature = signature("apiKey", "2026-11-22T10:00:00.000Z", "085");
/// assert_eq!(signature, "gbW8x1SneSt13etDamsAReGuDERlTURhUWK2GM/s2DA=");
/// ```
#[must_use]
pub fn signature(api_key: &str, timestamp: &str, partner_id: &str) -> String {
    let mut mac = Hmac::<Sha256>::new((&*padded(api_key.as_bytes())).into());
    for part in [timestamp.as_bytes(), partner_id.as_bytes(), SUFFIX] {
        mac.update(part);
    }
    encode(mac.finalize().into_bytes().into()).into_text()
}

/// SHA-256's first state (FIPS 180-4, 5.3.3).
const FIRST_STATE: [u32; 8] =
    [0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19];

/// An API key with its HMAC schedule made: half of a signature's work is done once. Wiped when dropped.
///
/// `hmac`'s own type holds a buffer besides, copies and wipes it for each signature, which is as much as a third of the hashing: what is
/// signed here is a block or two, and goes to SHA-256's block function as it is.
#[derive(Clone)]
pub(crate) struct SigningKey {
    /// After the key's block in which each byte was turned by `ipad`.
    inner: Zeroizing<[u32; 8]>,
    /// As `inner`, by `opad`.
    outer: Zeroizing<[u32; 8]>,
}

impl SigningKey {
    pub(crate) fn new(key: &ApiKey) -> Self {
        Self::from_bytes(key.as_bytes())
    }

    fn from_bytes(key: &[u8]) -> Self {
        let block = padded(key);
        let state_after = |pad: u8| {
            let block = Zeroizing::new(block.map(|byte| byte ^ pad));
            let mut state = Zeroizing::new(FIRST_STATE);
            compress256(&mut state, from_ref(&*block));
            state
        };
        Self { inner: state_after(0x36), outer: state_after(0x5c) }
    }

    /// The signature of a time as it is written, by a partner.
    pub(crate) fn sign(&self, timestamp: &[u8], partner_id: &str) -> Wiped {
        encode(self.mac([timestamp, partner_id.as_bytes(), SUFFIX]))
    }

    fn mac(&self, parts: [&[u8]; 3]) -> [u8; 32] {
        let inner = hash_on(&self.inner, parts);
        hash_on(&self.outer, [&inner])
    }
}

/// RFC 2104: a key longer than a block is hashed, a shorter one padded with zeros.
fn padded(key: &[u8]) -> Zeroizing<[u8; BLOCK]> {
    let mut block = Zeroizing::new([0; BLOCK]);
    let hashed: Zeroizing<[u8; 32]>;
    let short = if key.len() > BLOCK {
        hashed = Zeroizing::new(Sha256::digest(key).into());
        hashed.as_slice()
    } else {
        key
    };
    block.iter_mut().zip(short).for_each(|(place, byte)| *place = *byte);
    block
}

/// SHA-256 of the parts, begun with a state that one block has made.
fn hash_on<const COUNT: usize>(state: &Zeroizing<[u32; 8]>, parts: [&[u8]; COUNT]) -> [u8; 32] {
    let (mut state, mut block, mut used) = (state.clone(), [0_u8; BLOCK], 0_usize);
    let mut bytes = 64_u64;
    for part in parts {
        bytes = bytes.saturating_add(u64::try_from(part.len()).unwrap_or(0));
        let mut rest = part;
        loop {
            let room = block.get_mut(used..).unwrap_or_default();
            let (now, later) = rest.split_at(rest.len().min(room.len()));
            room.iter_mut().zip(now).for_each(|(place, byte)| *place = *byte);
            used = used.saturating_add(now.len());
            rest = later;
            if used < BLOCK {
                break;
            }
            compress256(&mut state, from_ref(&block));
            (block, used) = ([0; BLOCK], 0);
        }
    }
    // FIPS 180-4, 5.1.1: one bit, zeros, and the length in bits at the end of a block.
    let (end, bits) = (BLOCK.saturating_sub(8), bytes.wrapping_mul(8));
    block.iter_mut().skip(used).take(1).for_each(|place| *place = 0x80);
    if used >= end {
        compress256(&mut state, from_ref(&block));
        block = [0; BLOCK];
    }
    block.iter_mut().skip(end).zip(bits.to_be_bytes()).for_each(|(place, byte)| *place = byte);
    compress256(&mut state, from_ref(&block));
    let mut hash = [0; 32];
    for (place, word) in hash.chunks_exact_mut(4).zip(*state) {
        place.copy_from_slice(&word.to_be_bytes());
    }
    hash
}

/// A MAC's base64.
fn encode(mac: [u8; 32]) -> Wiped {
    let mut text = alloc::vec![b'='; SIGNATURE_LENGTH];
    // 32 bytes always fill 44 places, and base64 is ASCII: there is nothing to fail. Encoding into the buffer that
    // becomes the text leaves no second copy of it behind.
    let _ = STANDARD.encode_slice(mac, &mut text);
    Wiped::new(String::from_utf8(text).unwrap_or_default())
}

//! IP addresses in a URL's host, as exact as the standard library's reader, which is several times the size.

use alloc::vec::Vec;

/// How many groups of 16 bits an IPv6 address has.
const GROUPS: usize = 8;

/// `1.2.3.4`: no leading zeros, nothing left out.
pub(crate) fn v4(text: &str) -> Option<[u16; 2]> {
    let mut parts = text.split('.').map(|digits| {
        let plain = digits.len() == 1 || !digits.starts_with('0');
        crate::text::digits(digits).and_then(|value| u8::try_from(value).ok()).filter(|_| plain)
    });
    let mut next = || parts.next().flatten();
    let [a, b, c, d] = [next()?, next()?, next()?, next()?];
    parts.next().is_none().then_some([u16::from_be_bytes([a, b]), u16::from_be_bytes([c, d])])
}

/// An IPv6 address in any of RFC 4291's forms.
pub(crate) fn v6(text: &str) -> Option<[u16; GROUPS]> {
    let Some((head, tail)) = crate::text::split_once(text, "::") else {
        return groups(text, true)?.try_into().ok();
    };
    let (mut all, tail) = (groups(head, false)?, groups(tail, true)?);
    // `::` stands for one group at least.
    let left_out = GROUPS.checked_sub(all.len().checked_add(tail.len())?).filter(|&count| count > 0)?;
    all.extend(core::iter::repeat_n(0, left_out).chain(tail));
    all.try_into().ok()
}

/// Groups of one to four hexadecimal digits; the last two may be written as an IPv4 address where they end the whole.
fn groups(text: &str, at_end: bool) -> Option<Vec<u16>> {
    let mut found = Vec::new();
    let mut parts = (!text.is_empty()).then(|| text.split(':')).into_iter().flatten().peekable();
    while let Some(part) = parts.next() {
        let last = at_end && parts.peek().is_none();
        if let Some(pair) = v4(part).filter(|_| last) {
            found.extend(pair);
        } else {
            let plain = part.len() <= 4 && part.bytes().all(|byte| byte.is_ascii_hexdigit());
            found.push(u32::from_str_radix(part, 16).ok().filter(|_| plain)?.try_into().ok()?);
        }
    }
    Some(found)
}

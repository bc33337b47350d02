//! IP addresses in a URL's host, as exact as the standard library's reader, which is several times the size.

use crate::text::{Steps, digits, hex, split_once};

/// How many groups of 16 bits an IPv6 address has.
const GROUPS: usize = 8;

/// `1.2.3.4`: no leading zeros, nothing left out.
pub(crate) fn v4(text: &str) -> Option<u32> {
    let (mut address, mut count) = (0_u32, 0_usize);
    for part in Steps::new(text, b'.') {
        let plain = part.len() == 1 || !part.starts_with('0');
        let byte = digits(part).and_then(|value| u8::try_from(value).ok()).filter(|_| plain)?;
        address = address.checked_mul(256)?.checked_add(byte.into())?;
        count = count.saturating_add(1);
    }
    (count == 4).then_some(address)
}

/// Groups of an IPv6 address: how many, whether one but the last is not zero, and the last.
#[derive(Default)]
struct Groups {
    count: usize,
    is_set_before: bool,
    last: u32,
}

impl Groups {
    fn push(&mut self, group: u32) {
        self.count = self.count.saturating_add(1);
        self.is_set_before |= self.last != 0;
        self.last = group;
    }
}

/// An IPv6 address in any of RFC 4291's forms: whether it is this machine's own, `::1`.
pub(crate) fn v6(text: &str) -> Option<bool> {
    let mut groups = Groups::default();
    let Some((head, tail)) = split_once(text, "::") else {
        read_groups(&mut groups, text, true)?;
        return (groups.count == GROUPS).then_some(!groups.is_set_before && groups.last == 1);
    };
    read_groups(&mut groups, head, false)?;
    // `::` stands for one group at least.
    groups.push(0);
    read_groups(&mut groups, tail, true)?;
    (groups.count <= GROUPS).then_some(!groups.is_set_before && groups.last == 1)
}

/// Groups of one to four hexadecimal digits; the last two may be written as an IPv4 address where they end the whole.
fn read_groups(groups: &mut Groups, text: &str, at_end: bool) -> Option<()> {
    let mut steps = Steps::new(text, b':');
    while let Some(part) = steps.next().filter(|_| !text.is_empty()) {
        if let Some(address) = v4(part).filter(|_| at_end && steps.is_at_end()) {
            groups.push(address >> 16);
            groups.push(address & 0xFFFF);
        } else {
            groups.push(hex(part).filter(|_| part.len() <= 4)?);
        }
    }
    Some(())
}

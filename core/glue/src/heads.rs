//! What the calls of a client have in common, their heads: each crosses once, and a call says by a number which is its own.

use alloc::collections::VecDeque;
use alloc::string::String;
use alloc::vec::Vec;
use core::cell::Cell;

/// How many heads a client keeps: more than there are operations; each organization makes one, and each address of a raw call.
const KEPT: usize = 32;

/// The heads of a client's last calls. The facade keeps what it has read of them, by their numbers.
///
/// A call may be cut off where the host's stack ends. Nothing stays borrowed then, and no number comes again.
#[derive(Default)]
pub struct Heads {
    kept: Cell<VecDeque<(u32, String)>>,
    /// The last call's.
    last: Cell<u32>,
    next: Cell<u32>,
}

impl Heads {
    /// Notes the head of a call: its lines, none of which can hold a line break.
    pub fn note<'a>(&self, lines: impl Iterator<Item = &'a str> + Clone) {
        let mut kept = self.kept.take();
        let known = kept.iter().find(|(_, head)| is_of(head, lines.clone())).map(|(number, _)| *number);
        let number = known.unwrap_or_else(|| {
            let number = self.next.get();
            self.next.set(number.wrapping_add(1));
            if kept.len() == KEPT {
                kept.pop_front();
            }
            kept.push_back((number, lines.collect::<Vec<_>>().join("\n")));
            number
        });
        self.last.set(number);
        self.kept.set(kept);
    }

    /// The last call's number.
    #[must_use]
    pub fn number(&self) -> u32 {
        self.last.get()
    }

    /// The last call's head.
    #[must_use]
    pub fn text(&self) -> String {
        let kept = self.kept.take();
        let text = kept.iter().find(|(number, _)| *number == self.last.get()).map(|(_, head)| head.clone());
        self.kept.set(kept);
        text.unwrap_or_default()
    }
}

/// Whether a head is of these lines: without joining them.
fn is_of<'a>(head: &str, lines: impl Iterator<Item = &'a str>) -> bool {
    let mut rest = Some(head);
    for (place, line) in lines.enumerate() {
        if place > 0 {
            rest = rest.and_then(|rest| rest.strip_prefix('\n'));
        }
        rest = rest.and_then(|rest| rest.strip_prefix(line));
    }
    rest == Some("")
}

#[cfg(test)]
mod tests {
    use alloc::format;
    use alloc::string::ToString;

    use super::*;

    #[test]
    fn a_head_keeps_its_number_while_it_is_kept() {
        let heads = Heads::default();
        heads.note(["POST", "/a"].into_iter());
        let first = heads.number();
        heads.note(["POST", "/ab"].into_iter());
        assert_ne!(heads.number(), first);
        assert_eq!(heads.text(), "POST\n/ab");
        heads.note(["POST", "/a"].into_iter());
        assert_eq!((heads.number(), heads.text().as_str()), (first, "POST\n/a"));
        // A line is not taken for a part of one, nor two for one.
        for other in [&["POST", "/"][..], &["POST\n/a"], &["POST"], &[]] {
            heads.note(other.iter().copied());
            assert_eq!(heads.number() == first, other == ["POST\n/a"]);
        }
        for place in 0..KEPT {
            heads.note(["GET", place.to_string().as_str()].into_iter());
            assert_eq!(heads.text(), format!("GET\n{place}"));
        }
        heads.note(["POST", "/a"].into_iter());
        assert_ne!(heads.number(), first);
        assert_eq!(heads.kept.take().len(), KEPT);
    }
}

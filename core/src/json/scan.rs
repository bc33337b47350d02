//! The scanner: what RFC 8259 says of one token, to the letter. The readers put tokens together.

use alloc::string::String;

use super::escape::plain_run;
use crate::text::hex;

/// Why a token can't be read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Flaw {
    Syntax,
    LoneSurrogate,
}

/// Why a text is not JSON that we take, and where.
pub(crate) struct Fault {
    pub(crate) kind: FaultKind,
    /// `None` for the whole document.
    pub(crate) path: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum FaultKind {
    Syntax { byte: usize },
    DuplicateKey,
    LoneSurrogate,
    TooDeep,
}

pub(super) struct Scanner<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Scanner<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    pub(super) fn at(&self) -> usize {
        self.at
    }

    /// What was read since `start`.
    pub(super) fn since(&self, start: usize) -> &'a str {
        self.text.get(start..self.at).unwrap_or_default()
    }

    #[cfg(feature = "speed")]
    pub(super) fn part(&self, start: usize, end: usize) -> &'a str {
        self.text.get(start..end).unwrap_or_default()
    }

    #[inline]
    pub(super) fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    pub(super) fn step(&mut self) {
        // Never beyond the text's end by more than one, so that nothing wraps.
        self.at = self.at.wrapping_add(1);
    }

    #[inline]
    pub(super) fn white_space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.step();
        }
    }

    /// Goes to the next quote, backslash or control character of a string.
    #[inline]
    pub(super) fn skip_run(&mut self) {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        self.at = self.at.wrapping_add(plain_run(rest));
    }

    /// What follows a backslash. A lone surrogate was read when it is refused.
    pub(super) fn escape(&mut self) -> Result<char, Flaw> {
        let character = match self.peek() {
            Some(b'"') => '"',
            Some(b'\\') => '\\',
            Some(b'/') => '/',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => {
                self.step();
                return self.unicode_escape();
            }
            _ => return Err(Flaw::Syntax),
        };
        self.step();
        Ok(character)
    }

    fn unicode_escape(&mut self) -> Result<char, Flaw> {
        let first = self.hex4()?;
        if let Some(character) = char::from_u32(first) {
            return Ok(character);
        }
        let behind_first = self.at;
        if first < 0xDC00 && self.peek() == Some(b'\\') {
            self.step();
            if self.peek() == Some(b'u') {
                self.step();
                let second = self.hex4()?;
                let pair =
                    char::decode_utf16([first, second].map(|unit| u16::try_from(unit).unwrap_or(0))).next();
                if let Some(Ok(character)) = pair {
                    return Ok(character);
                }
            }
            // What follows is an escape of its own, not the second half.
            self.at = behind_first;
        }
        Err(Flaw::LoneSurrogate)
    }

    fn hex4(&mut self) -> Result<u32, Flaw> {
        let digits = self.text.get(self.at..self.at.saturating_add(4)).unwrap_or_default();
        let value = hex(digits).filter(|_| digits.len() == 4).ok_or(Flaw::Syntax)?;
        self.at = self.at.saturating_add(4);
        Ok(value)
    }

    pub(super) fn number(&mut self) -> Result<&'a str, Flaw> {
        let start = self.at;
        if self.peek() == Some(b'-') {
            self.step();
        }
        match self.peek() {
            Some(b'0') => self.step(),
            _ => self.digits()?,
        }
        if self.peek() == Some(b'.') {
            self.step();
            self.digits()?;
        }
        if matches!(self.peek(), Some(b'e' | b'E')) {
            self.step();
            if matches!(self.peek(), Some(b'+' | b'-')) {
                self.step();
            }
            self.digits()?;
        }
        Ok(self.since(start))
    }

    /// One digit or more.
    fn digits(&mut self) -> Result<(), Flaw> {
        if !matches!(self.peek(), Some(b'0'..=b'9')) {
            return Err(Flaw::Syntax);
        }
        while matches!(self.peek(), Some(b'0'..=b'9')) {
            self.step();
        }
        Ok(())
    }

    pub(super) fn word(&mut self, word: &str) -> Result<(), Flaw> {
        let end = self.at.saturating_add(word.len());
        if self.text.get(self.at..end) != Some(word) {
            return Err(Flaw::Syntax);
        }
        self.at = end;
        Ok(())
    }
}

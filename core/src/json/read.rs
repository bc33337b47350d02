//! The reader: RFC 8259 to the letter, and iterative, so that no input overflows the stack.

use alloc::string::String;
use alloc::vec::Vec;
use core::mem::take;

use super::escape::{join, plain_run};
use super::tree::{Json, MAX_DEPTH, Number, Object};
use crate::text::{count, hex};

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

/// Reads what a caller wrote, or what we did.
pub(crate) fn read_strict(text: &str, depth: usize) -> Result<Json, Fault> {
    Reader::new(text, depth).document()
}

/// What a lenient reading lost.
#[derive(Clone, Copy, Default)]
pub(crate) struct Loss {
    /// A lone surrogate became U+FFFD.
    pub(crate) replaced: bool,
    /// The last of two equal keys counted.
    pub(crate) repeated: bool,
}

/// Reads what a service wrote, and tells what was lost.
pub(crate) fn read_lenient(text: &str, depth: usize) -> Result<(Json, Loss), Fault> {
    let mut reader = Reader::new(text.strip_prefix('\u{feff}').unwrap_or(text), depth);
    reader.lenient = true;
    let value = reader.document()?;
    Ok((value, reader.loss))
}

impl Number {
    /// A number from its JSON text; `None` if the text is not a JSON number.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut reader = Reader::new(text, MAX_DEPTH);
        (reader.number().is_ok() && reader.at == text.len()).then(|| Self::of_read(text.into()))
    }
}

/// An array or object that is not closed yet.
enum Frame {
    Array(Vec<Json>),
    /// The key is that of the value being read.
    Object {
        pairs: Vec<(String, Json)>,
        key: Option<String>,
    },
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    open: Vec<Frame>,
    depth: usize,
    lenient: bool,
    loss: Loss,
}

impl<'a> Reader<'a> {
    fn new(text: &'a str, depth: usize) -> Self {
        Self { text, at: 0, open: Vec::new(), depth, lenient: false, loss: Loss::default() }
    }

    fn document(&mut self) -> Result<Json, Fault> {
        loop {
            // A value begins here; containers are opened until a scalar or an empty container ends one.
            let Some(mut value) = self.begin_value()? else { continue };
            // A value ended: it belongs to the innermost open container, which may end in turn.
            loop {
                self.white_space();
                let Some(frame) = self.open.last_mut() else {
                    return if self.peek().is_none() { Ok(value) } else { Err(self.syntax()) };
                };
                match frame {
                    Frame::Array(items) => items.push(value),
                    Frame::Object { pairs, key } => pairs.push((take(key).unwrap_or_default(), value)),
                }
                let is_array = matches!(frame, Frame::Array(_));
                match self.peek() {
                    Some(b',') => {
                        self.step();
                        if !is_array {
                            self.key()?;
                        }
                        break;
                    }
                    Some(b']') if is_array => {}
                    Some(b'}') if !is_array => {}
                    _ => return Err(self.syntax()),
                }
                self.step();
                value = self.close()?;
            }
        }
    }

    /// Reads a scalar or an empty container, or opens a container and returns `None`.
    fn begin_value(&mut self) -> Result<Option<Json>, Fault> {
        self.white_space();
        match self.peek() {
            Some(b'{') => self.open(Frame::Object { pairs: Vec::new(), key: None }, b'}'),
            Some(b'[') => self.open(Frame::Array(Vec::new()), b']'),
            Some(b'"') => self.string().map(|text| Some(Json::String(text))),
            Some(b't') => self.word("true", Json::Bool(true)),
            Some(b'f') => self.word("false", Json::Bool(false)),
            Some(b'n') => self.word("null", Json::Null),
            _ => self.number().map(|number| Some(Json::Number(number))),
        }
    }

    fn open(&mut self, frame: Frame, end: u8) -> Result<Option<Json>, Fault> {
        if self.open.len() >= self.depth {
            return Err(self.fault(FaultKind::TooDeep));
        }
        self.step();
        self.white_space();
        let is_object = matches!(frame, Frame::Object { .. });
        self.open.push(frame);
        if self.peek() == Some(end) {
            self.step();
            return self.close().map(Some);
        }
        if is_object {
            self.key()?;
        }
        Ok(None)
    }

    /// Ends the innermost container.
    fn close(&mut self) -> Result<Json, Fault> {
        match self.open.pop() {
            Some(Frame::Array(items)) => Ok(Json::Array(items)),
            Some(Frame::Object { pairs, .. }) if self.lenient => {
                let (object, repeated) = Object::from_pairs_last_wins(pairs);
                self.loss.repeated |= repeated;
                Ok(Json::Object(object))
            }
            Some(Frame::Object { pairs, .. }) => Object::from_pairs(pairs).map(Json::Object).map_err(|key| {
                let Fault { kind, path } = self.fault(FaultKind::DuplicateKey);
                Fault { kind, path: Some(join(path.as_deref(), &key)) }
            }),
            None => Err(self.syntax()),
        }
    }

    /// Reads `"key":` into the innermost object.
    fn key(&mut self) -> Result<(), Fault> {
        self.white_space();
        if self.peek() != Some(b'"') {
            return Err(self.syntax());
        }
        let name = self.string()?;
        self.white_space();
        if self.peek() != Some(b':') {
            return Err(self.syntax());
        }
        self.step();
        if let Some(Frame::Object { key, .. }) = self.open.last_mut() {
            *key = Some(name);
        }
        Ok(())
    }

    fn string(&mut self) -> Result<String, Fault> {
        self.step();
        let mut out = String::new();
        loop {
            let rest = self.text.get(self.at..).unwrap_or_default();
            let run = rest.get(..plain_run(rest)).unwrap_or_default();
            out.push_str(run);
            self.at = self.at.saturating_add(run.len());
            match self.peek() {
                Some(b'"') => {
                    self.step();
                    return Ok(out);
                }
                Some(b'\\') => {
                    self.step();
                    out.push(self.escape()?);
                }
                _ => return Err(self.syntax()),
            }
        }
    }

    fn escape(&mut self) -> Result<char, Fault> {
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
            _ => return Err(self.syntax()),
        };
        self.step();
        Ok(character)
    }

    fn unicode_escape(&mut self) -> Result<char, Fault> {
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
        if self.lenient {
            self.loss.replaced = true;
            return Ok(char::REPLACEMENT_CHARACTER);
        }
        Err(self.fault(FaultKind::LoneSurrogate))
    }

    fn hex4(&mut self) -> Result<u32, Fault> {
        let digits = self.text.get(self.at..self.at.saturating_add(4)).unwrap_or_default();
        let value = hex(digits).filter(|_| digits.len() == 4).ok_or_else(|| self.syntax())?;
        self.at = self.at.saturating_add(4);
        Ok(value)
    }

    fn number(&mut self) -> Result<Number, Fault> {
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
        Ok(Number::of_read(self.text.get(start..self.at).unwrap_or_default().into()))
    }

    /// One digit or more.
    fn digits(&mut self) -> Result<(), Fault> {
        if !matches!(self.peek(), Some(b'0'..=b'9')) {
            return Err(self.syntax());
        }
        while matches!(self.peek(), Some(b'0'..=b'9')) {
            self.step();
        }
        Ok(())
    }

    fn word(&mut self, word: &str, value: Json) -> Result<Option<Json>, Fault> {
        let end = self.at.saturating_add(word.len());
        if self.text.get(self.at..end) != Some(word) {
            return Err(self.syntax());
        }
        self.at = end;
        Ok(Some(value))
    }

    fn white_space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.step();
        }
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn step(&mut self) {
        self.at = self.at.saturating_add(1);
    }

    fn syntax(&self) -> Fault {
        self.fault(FaultKind::Syntax { byte: self.at })
    }

    /// The path is made only here, when something is wrong.
    fn fault(&self, kind: FaultKind) -> Fault {
        let path = self.open.iter().fold(None, |path: Option<String>, frame| match frame {
            Frame::Array(items) => Some(join(path.as_deref(), &count(items.len()))),
            Frame::Object { key: Some(key), .. } => Some(join(path.as_deref(), key)),
            Frame::Object { key: None, .. } => path,
        });
        Fault { kind, path }
    }
}

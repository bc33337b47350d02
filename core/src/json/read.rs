//! The reader: RFC 8259 to the letter, and iterative, so that no input overflows the stack. It makes a tree; or no tree, but the compact
//! text with the places of members.

use alloc::string::String;
use alloc::vec::Vec;

use super::escape::join;
use super::places::{Kind, Places};
use super::scan::{Flaw, Scanner};
use super::tree::{Json, Number, Object};
use crate::text::count;

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
    Reader::new(text, depth, Some(Tree::default())).tree().map(|(json, _)| json)
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
    let tree = Tree { loss: Some(Loss::default()), ..Tree::default() };
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let (json, loss) = Reader::new(text, depth, Some(tree)).tree()?;
    Ok((json, loss.unwrap_or_default()))
}

/// The compact text of an object, with the places of its members. `None` for what is not JSON that we take, or no object: the reading of
/// a tree tells what is wrong with it, and where.
#[cfg(feature = "speed")]
pub(super) fn read_places(text: &str, depth: usize) -> Option<Places> {
    let mut reader = Reader::new(text, depth, None);
    reader.places = Places::new();
    reader.blanks();
    if reader.scan.peek() != Some(b'{') {
        return None;
    }
    reader.document().ok()?;
    reader.places.end(&reader.scan);
    Some(reader.places)
}

impl Number {
    /// A number from its JSON text; `None` if the text is not a JSON number.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut scan = Scanner::new(text);
        (scan.number().is_ok() && scan.peek().is_none()).then(|| Self::of_read(text.into()))
    }
}

/// An array or object that is not closed yet.
#[derive(Clone, Copy)]
struct Frame {
    is_object: bool,
    /// How many values, or keys, there were before its first.
    first: usize,
}

/// The tree that is being made.
#[derive(Default)]
struct Tree {
    /// What the open containers have so far; in an object also the key whose value is being read.
    values: Vec<(String, Json)>,
    /// Whether the innermost object's last key is that of the value being read.
    in_value: bool,
    /// What was lost so far, in a lenient reading.
    loss: Option<Loss>,
}

struct Reader<'a> {
    scan: Scanner<'a>,
    open: Vec<Frame>,
    depth: usize,
    tree: Option<Tree>,
    /// Without a tree.
    places: Places,
}

impl<'a> Reader<'a> {
    fn new(text: &'a str, depth: usize, tree: Option<Tree>) -> Self {
        Self { scan: Scanner::new(text), open: Vec::new(), depth, tree, places: Places::default() }
    }

    fn tree(mut self) -> Result<(Json, Option<Loss>), Fault> {
        self.document()?;
        let Tree { mut values, loss, .. } = self.tree.unwrap_or_default();
        Ok((values.pop().map_or(Json::Null, |(_, json)| json), loss))
    }

    fn document(&mut self) -> Result<(), Fault> {
        loop {
            // A value begins here; containers are opened until a scalar or an empty container ends one.
            if self.begin_value()? {
                continue;
            }
            // A value ended: it belongs to the innermost open container, which may end in turn.
            loop {
                match &mut self.tree {
                    Some(tree) => tree.in_value = false,
                    None => self.places.end_value(self.open.len(), self.scan.at()),
                }
                self.blanks();
                let Some(frame) = self.open.last().copied() else {
                    return if self.scan.peek().is_none() { Ok(()) } else { Err(self.syntax()) };
                };
                match self.scan.peek() {
                    Some(b',') => {
                        self.scan.step();
                        if frame.is_object {
                            self.key()?;
                        }
                        break;
                    }
                    Some(b']') if !frame.is_object => {}
                    Some(b'}') if frame.is_object => {}
                    _ => return Err(self.syntax()),
                }
                self.scan.step();
                self.open.pop();
                self.close(frame)?;
            }
        }
    }

    /// Reads a scalar or an empty container, or opens a container, and tells whether it did.
    fn begin_value(&mut self) -> Result<bool, Fault> {
        self.blanks();
        let first = self.scan.peek();
        let kind = match first {
            Some(b'{') => Kind::Object,
            Some(b'[') => Kind::Array,
            Some(b'"') => Kind::String,
            Some(b't' | b'f') => Kind::Bool,
            Some(b'n') => Kind::Null,
            _ => Kind::Number,
        };
        if self.tree.is_none() {
            self.places.begin_value(self.open.len(), self.scan.at(), kind);
        }
        let read = match kind {
            Kind::Object => return self.open(true, b'}'),
            Kind::Array => return self.open(false, b']'),
            Kind::String => Ok(Json::String(self.string()?)),
            Kind::Null => self.scan.word("null").map(|()| Json::Null),
            Kind::Bool if first == Some(b't') => self.scan.word("true").map(|()| Json::Bool(true)),
            Kind::Bool => self.scan.word("false").map(|()| Json::Bool(false)),
            Kind::Number => self.scan.number().map(|number| match self.tree {
                Some(_) => Json::Number(Number::of_read(number.into())),
                None => Json::Null,
            }),
        };
        match read {
            Ok(json) => self.put(json),
            Err(flaw) => return Err(self.flaw(flaw)),
        }
        Ok(false)
    }

    fn open(&mut self, is_object: bool, end: u8) -> Result<bool, Fault> {
        if self.open.len() >= self.depth {
            return Err(self.fault(FaultKind::TooDeep));
        }
        self.scan.step();
        self.blanks();
        let first = match &mut self.tree {
            Some(tree) => {
                tree.in_value = false;
                tree.values.len()
            }
            None => self.places.key_count(),
        };
        let frame = Frame { is_object, first };
        if self.scan.peek() == Some(end) {
            self.scan.step();
            return self.close(frame).map(|()| false);
        }
        self.open.push(frame);
        if is_object {
            self.key()?;
        }
        Ok(true)
    }

    /// Ends a container, which is the innermost no more.
    fn close(&mut self, frame: Frame) -> Result<(), Fault> {
        let Some(tree) = &mut self.tree else {
            if frame.is_object && self.places.has_key_again(frame.first, &self.scan) {
                return Err(self.fault(FaultKind::DuplicateKey));
            }
            return Ok(());
        };
        tree.in_value = true;
        let pairs = tree.values.split_off(frame.first);
        let json = if !frame.is_object {
            Ok(Json::Array(pairs.into_iter().map(|(_, item)| item).collect()))
        } else if let Some(loss) = &mut tree.loss {
            let (object, repeated) = Object::from_pairs_last_wins(pairs);
            loss.repeated |= repeated;
            Ok(Json::Object(object))
        } else {
            Object::from_pairs(pairs).map(Json::Object)
        };
        match json {
            Ok(json) => self.put(json),
            Err(key) => {
                let Fault { kind, path } = self.fault(FaultKind::DuplicateKey);
                return Err(Fault { kind, path: Some(join(path.as_deref(), &key)) });
            }
        }
        Ok(())
    }

    /// Gives a value to the innermost container.
    fn put(&mut self, json: Json) {
        let Some(tree) = &mut self.tree else { return };
        match self.open.last() {
            Some(Frame { is_object: true, .. }) => {
                if let Some((_, value)) = tree.values.last_mut() {
                    *value = json;
                }
            }
            _ => tree.values.push((String::new(), json)),
        }
    }

    /// Reads `"key":` into the innermost object.
    fn key(&mut self) -> Result<(), Fault> {
        self.blanks();
        if self.scan.peek() != Some(b'"') {
            return Err(self.syntax());
        }
        let start = self.places.place(self.scan.at());
        let name = self.string()?;
        if self.tree.is_none() {
            self.places.key(self.open.len(), start, &self.scan);
        }
        self.blanks();
        if self.scan.peek() != Some(b':') {
            return Err(self.syntax());
        }
        self.scan.step();
        if let Some(tree) = &mut self.tree {
            tree.values.push((name, Json::Null));
            tree.in_value = true;
        }
        Ok(())
    }

    /// Reads a string: into the tree, if there is one.
    fn string(&mut self) -> Result<String, Fault> {
        self.scan.step();
        let mut out = String::new();
        loop {
            let start = self.scan.at();
            self.scan.skip_run();
            if self.tree.is_some() {
                out.push_str(self.scan.since(start));
            }
            match self.scan.peek() {
                Some(b'"') => {
                    self.scan.step();
                    return Ok(out);
                }
                Some(b'\\') => self.escape(&mut out)?,
                _ => return Err(self.syntax()),
            }
        }
    }

    fn escape(&mut self, out: &mut String) -> Result<(), Fault> {
        let start = self.scan.at();
        self.scan.step();
        let first = self.scan.peek();
        let escaped = self.scan.escape();
        match (&mut self.tree, escaped) {
            (Some(Tree { loss: Some(loss), .. }), Err(Flaw::LoneSurrogate)) => {
                loss.replaced = true;
                out.push(char::REPLACEMENT_CHARACTER);
            }
            (_, Err(flaw)) => return Err(self.flaw(flaw)),
            (Some(_), Ok(character)) => out.push(character),
            // Those that our writer would write as they are.
            (None, Ok(_)) if matches!(first, Some(b'"' | b'\\' | b'n' | b'r' | b't')) => {}
            (None, Ok(character)) => self.places.replace(start, &self.scan, character),
        }
        Ok(())
    }

    fn blanks(&mut self) {
        if self.scan.peek().is_some_and(|byte| byte <= b' ') {
            let start = self.scan.at();
            self.scan.white_space();
            if self.tree.is_none() {
                self.places.leave_out(start, &self.scan);
            }
        }
    }

    fn flaw(&self, flaw: Flaw) -> Fault {
        match flaw {
            Flaw::Syntax => self.syntax(),
            Flaw::LoneSurrogate => self.fault(FaultKind::LoneSurrogate),
        }
    }

    fn syntax(&self) -> Fault {
        self.fault(FaultKind::Syntax { byte: self.scan.at() })
    }

    /// The path is made only here, when something is wrong.
    fn fault(&self, kind: FaultKind) -> Fault {
        let mut path: Option<String> = None;
        let Some(Tree { values, in_value, .. }) = &self.tree else { return Fault { kind, path } };
        let ends = self.open.iter().skip(1).map(|inner| inner.first).chain([values.len()]);
        for (place, (frame, end)) in self.open.iter().zip(ends).enumerate() {
            let is_innermost = place.saturating_add(1) == self.open.len();
            if !frame.is_object {
                path = Some(join(path.as_deref(), &count(end.saturating_sub(frame.first))));
            } else if *in_value || !is_innermost {
                let key = end.checked_sub(1).and_then(|last| values.get(last));
                path = key.map(|(key, _)| join(path.as_deref(), key));
            }
        }
        Fault { kind, path }
    }
}

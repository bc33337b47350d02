//! The reader: RFC 8259 to the letter, and iterative, so that no input overflows the stack.

use alloc::string::String;
use alloc::vec::Vec;

use super::escape::join;
use super::growing::{Frame, Loss, Tree};
use super::kind::Kind;
use super::places::Places;
use super::scan::{Fault, FaultKind, Flaw, Scanner};
use super::tree::{Json, Number};

pub(super) struct Reader<'a> {
    scan: Scanner<'a>,
    open: Vec<Frame>,
    depth: usize,
    tree: Option<Tree>,
    /// Without a tree.
    places: Places,
}

impl<'a> Reader<'a> {
    pub(super) fn of_tree(text: &'a str, depth: usize, tree: Tree) -> Self {
        let (scan, places) = (Scanner::new(text), Places::default());
        Self { scan, open: Vec::new(), depth, tree: Some(tree), places }
    }

    #[cfg(feature = "speed")]
    pub(super) fn of_places(text: &'a str, depth: usize, places: Places) -> Self {
        Self { scan: Scanner::new(text), open: Vec::new(), depth, tree: None, places }
    }

    /// What was noted, if it is an object.
    #[cfg(feature = "speed")]
    pub(super) fn places(mut self) -> Option<Places> {
        self.blanks();
        if self.scan.peek() != Some(b'{') {
            return None;
        }
        self.document().ok()?;
        self.places.end(&self.scan);
        Some(self.places)
    }

    pub(super) fn tree(mut self) -> Result<(Json, Option<Loss>), Fault> {
        self.document()?;
        Ok(self.tree.unwrap_or_default().finish())
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
                tree.count()
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
        match tree.end(frame) {
            Ok(json) => self.put(json),
            Err(key) => {
                let Fault { kind, path } = self.fault(FaultKind::DuplicateKey);
                return Err(Fault { kind, path: Some(join(path.as_deref(), &key)) });
            }
        }
        Ok(())
    }

    fn put(&mut self, json: Json) {
        if let Some(tree) = &mut self.tree {
            tree.put(self.open.last(), json);
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
            tree.key(name);
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

    fn fault(&self, kind: FaultKind) -> Fault {
        Fault { kind, path: self.tree.as_ref().and_then(|tree| tree.path(&self.open)) }
    }
}

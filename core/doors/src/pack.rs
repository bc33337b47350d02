//! Fields as bytes: a flag is one byte; a number eight, the lowest first; bytes and texts are four of length, then themselves;
//! a text that is not there has the length `0xffff_ffff`; a list is four of length, then its items. A plain form comes as the
//! value that it is, so that the other side needs no reader of JSON for it.

use enrollkit::Json;

use crate::answer::Fault;

const NONE: u32 = u32::MAX;

/// Fields that are being packed.
#[derive(Default)]
pub struct Packing(Vec<u8>);

impl Packing {
    pub(crate) fn beginning(first: u8) -> Self {
        let mut bytes = Vec::with_capacity(512);
        bytes.push(first);
        Self(bytes)
    }

    /// Adds a flag.
    pub fn flag(&mut self, flag: bool) {
        self.0.push(flag.into());
    }

    /// Adds a number.
    pub fn number(&mut self, number: i64) {
        self.0.extend_from_slice(&number.to_le_bytes());
    }

    /// Adds how many items of a list follow.
    pub fn count(&mut self, count: usize) {
        // Longer is nothing that is in memory: the core refuses larger bodies, and the JVM has no longer arrays.
        let count = u32::try_from(count).unwrap_or(NONE);
        self.0.extend_from_slice(&count.to_le_bytes());
    }

    /// Adds bytes.
    pub fn bytes(&mut self, bytes: &[u8]) {
        self.count(bytes.len());
        self.0.extend_from_slice(bytes);
    }

    /// Adds a text.
    pub fn text(&mut self, text: &str) {
        self.bytes(text.as_bytes());
    }

    /// Adds a text that may not be there.
    pub fn optional(&mut self, text: Option<&str>) {
        match text {
            Some(text) => self.text(text),
            None => self.0.extend_from_slice(&NONE.to_le_bytes()),
        }
    }

    /// Adds a JSON value: a byte for its kind, then what it holds; a number is the text that it was written with.
    // Recursion is bounded by the depth that the reader allows.
    pub fn json(&mut self, json: &Json) {
        match json {
            Json::Null => self.0.push(0),
            Json::Bool(value) => self.0.push(1 + u8::from(*value)),
            Json::Number(number) => {
                self.0.push(3);
                self.text(number.as_str());
            }
            Json::String(text) => {
                self.0.push(4);
                self.text(text);
            }
            Json::Array(items) => {
                self.0.push(5);
                self.count(items.len());
                for item in items {
                    self.json(item);
                }
            }
            Json::Object(object) => {
                self.0.push(6);
                self.count(object.len());
                for (key, value) in object.iter() {
                    self.text(key);
                    self.json(value);
                }
            }
        }
    }

    /// All of it.
    #[must_use]
    pub fn into_bytes(self) -> Vec<u8> {
        self.0
    }
}

/// Fields that are being read, in their order.
pub struct Packed<'a>(&'a [u8]);

impl<'a> Packed<'a> {
    /// Of bytes that [`Packing`], or the other side, made.
    #[must_use]
    pub fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    fn take(&mut self, length: usize) -> Result<&'a [u8], Fault> {
        let (taken, rest) = self.0.split_at_checked(length).ok_or(UNFIT)?;
        self.0 = rest;
        Ok(taken)
    }

    fn length(&mut self) -> Result<u32, Fault> {
        let bytes = self.take(4)?.try_into().map_err(|_| UNFIT)?;
        Ok(u32::from_le_bytes(bytes))
    }

    /// The next field, a flag.
    pub fn flag(&mut self) -> Result<bool, Fault> {
        Ok(self.take(1)? == [1])
    }

    /// The next field, a number.
    pub fn number(&mut self) -> Result<i64, Fault> {
        let bytes = self.take(8)?.try_into().map_err(|_| UNFIT)?;
        Ok(i64::from_le_bytes(bytes))
    }

    /// The next field, bytes.
    pub fn bytes(&mut self) -> Result<&'a [u8], Fault> {
        let length = self.length()?;
        self.take(usize::try_from(length).map_err(|_| UNFIT)?)
    }

    /// The next field, a text.
    pub fn text(&mut self) -> Result<&'a str, Fault> {
        std::str::from_utf8(self.bytes()?).map_err(|_| UNFIT)
    }

    /// The next field, a text that may not be there.
    pub fn optional(&mut self) -> Result<Option<&'a str>, Fault> {
        if self.0.starts_with(&NONE.to_le_bytes()) {
            self.take(4)?;
            return Ok(None);
        }
        self.text().map(Some)
    }

    /// The next field, a list of texts.
    pub fn texts(&mut self) -> Result<Vec<&'a str>, Fault> {
        (0..self.length()?).map(|_| self.text()).collect()
    }

    /// The next field, a list of pairs of texts: headers.
    pub fn pairs(&mut self) -> Result<Vec<(&'a str, &'a str)>, Fault> {
        (0..self.length()?).map(|_| Ok((self.text()?, self.text()?))).collect()
    }

    /// That there is no field more.
    pub fn end(&self) -> Result<(), Fault> {
        if self.0.is_empty() { Ok(()) } else { Err(UNFIT) }
    }
}

/// Another version's fields, or a fault of a facade.
const UNFIT: Fault =
    Fault::Misused("the fields of the door do not fit: the library is of another version than what calls it");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_is_read() {
        let mut packing = Packing::default();
        packing.flag(true);
        packing.number(i64::MIN);
        packing.text("Zoë");
        packing.optional(None);
        packing.optional(Some(""));
        packing.count(2);
        packing.text("a");
        packing.text("b");
        packing.bytes(&[0xff]);
        let bytes = packing.into_bytes();
        let mut packed = Packed::new(&bytes);
        assert!(packed.flag().is_ok_and(|flag| flag));
        assert!(packed.number().is_ok_and(|number| number == i64::MIN));
        assert!(packed.text().is_ok_and(|text| text == "Zoë"));
        assert!(packed.optional().is_ok_and(|text| text.is_none()));
        assert!(packed.optional().is_ok_and(|text| text == Some("")));
        assert!(packed.texts().is_ok_and(|texts| texts == ["a", "b"]));
        assert!(packed.end().is_err(), "something is left");
        assert!(packed.text().is_err(), "no UTF-8");
    }

    #[test]
    fn what_is_cut_off_is_refused_and_nothing_is_reserved_for_it() {
        assert!(Packed::new(b"1234567").number().is_err());
        for bytes in [&b""[..], b"\x05", b"\x05\0\0\0abcd", b"\xfe\xff\xff\xffa"] {
            assert!(Packed::new(bytes).text().is_err());
            assert!(Packed::new(bytes).texts().is_err());
            assert!(Packed::new(bytes).pairs().is_err());
        }
    }
}

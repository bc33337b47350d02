//! The time, as an argument: the core reads no clock.

use alloc::string::String;
use core::fmt;

use crate::input::{InvalidInput, Violation, ViolationCode};

/// The last instant that the emitted form can write: 9999-12-31T23:59:59.999Z.
const LAST_MILLIS: i64 = 253_402_300_799_999;
/// How many bytes the emitted form has.
pub(crate) const TIMESTAMP_LENGTH: usize = 24;

const SECOND: i64 = 1_000;
const MINUTE_MILLIS: i64 = 60_000;
const MINUTE: u32 = 60;
const HOUR: u32 = 60 * MINUTE;
const DAY: u32 = 24 * HOUR;

/// An instant between 1970 and 9999, to the millisecond.
///
/// Its one emitted form is `YYYY-MM-DDTHH:MM:SS.mmmZ`: Smile ID re-serialises a timestamp to three fraction digits
/// before it recomputes the signature, so any other precision is refused with code 2205.
///
/// ```
/// use enrollkit::Timestamp;
///
/// let now = Timestamp::from_unix_millis(1_795_341_600_000)?;
/// assert_eq!(now.to_text(), "2026-11-22T10:00:00.000Z");
/// assert_eq!(Timestamp::parse("2026-11-22 10:00:00 +0000")?, now);
/// # Ok::<(), enrollkit::InvalidInput>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

impl Timestamp {
    /// From milliseconds since 1970-01-01T00:00:00Z.
    ///
    /// # Errors
    /// `out_of_range` before 1970 and after 9999.
    pub fn from_unix_millis(millis: i64) -> Result<Self, InvalidInput> {
        if (0..=LAST_MILLIS).contains(&millis) {
            return Ok(Self(millis));
        }
        Err(Violation::new("timestamp", ViolationCode::OutOfRange)
            .expected("a time from 1970 to 9999")
            .into())
    }

    /// From text: `YYYY-MM-DDTHH:MM:SS`, up to nine fraction digits (floored to milliseconds), then `Z`, `+00:00` or
    /// `+0000`; also `YYYY-MM-DD HH:MM:SS +0000`. These are the forms that Smile ID's own SDKs emit.
    ///
    /// # Errors
    /// `bad_timestamp` for any other form, another offset than UTC, a day that does not exist, or a time before 1970.
    pub fn parse(text: &str) -> Result<Self, InvalidInput> {
        let zone = |rest: &[u8]| matches!(rest, b"Z" | b"+00:00" | b"+0000").then_some(0);
        parse(text, b"T", zone)
            .ok_or_else(|| Violation::new("timestamp", ViolationCode::BadTimestamp).expected(EXAMPLE).into())
    }

    /// A time that was received: as [`Self::parse`], and whatever RFC 3339 allows (`t`, `z`, any offset).
    pub(crate) fn parse_received(text: &str) -> Option<Self> {
        parse(text, b"Tt", offset_minutes)
    }

    /// As [`Self::parse_received`], and a time without an offset is in UTC.
    pub(crate) fn parse_received_utc_if_unsaid(text: &str) -> Option<Self> {
        parse(text, b"Tt", |rest| if rest.is_empty() { Some(0) } else { offset_minutes(rest) })
    }

    /// Milliseconds since 1970-01-01T00:00:00Z.
    #[must_use]
    pub const fn unix_millis(self) -> i64 {
        self.0
    }

    /// The emitted form, `YYYY-MM-DDTHH:MM:SS.mmmZ`.
    #[must_use]
    pub fn to_text(self) -> String {
        // ASCII is UTF-8.
        String::from_utf8_lossy(&self.ascii()).into_owned()
    }

    /// Whole seconds from `earlier` to this, negative when this is the earlier one.
    pub(crate) const fn seconds_since(self, earlier: Self) -> i64 {
        // Both are at most 9999 years of milliseconds: the difference can't overflow.
        self.0.saturating_sub(earlier.0).div_euclid(SECOND)
    }

    /// The emitted form's bytes, without an allocation.
    pub(crate) fn ascii(self) -> [u8; TIMESTAMP_LENGTH] {
        // From 1970 to 9999, all of this fits.
        let narrow = |value: i64| u32::try_from(value).unwrap_or_default();
        let seconds = self.0.div_euclid(SECOND);
        let (year, month, day) = civil_from_days(narrow(seconds.div_euclid(DAY.into())));
        let second_of_day = narrow(seconds.rem_euclid(DAY.into()));
        let [y1, y2] = two_digits(year.div_euclid(100));
        let [y3, y4] = two_digits(year.rem_euclid(100));
        let [m1, m2] = two_digits(month);
        let [d1, d2] = two_digits(day);
        let [h1, h2] = two_digits(second_of_day.div_euclid(HOUR));
        let [i1, i2] = two_digits(second_of_day.rem_euclid(HOUR).div_euclid(MINUTE));
        let [s1, s2] = two_digits(second_of_day.rem_euclid(MINUTE));
        let millis = narrow(self.0.rem_euclid(SECOND));
        let [f1, f2] = two_digits(millis.div_euclid(10));
        let [_, f3] = two_digits(millis.rem_euclid(10));
        [
            y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2, b'T', h1, h2, b':', i1, i2, b':', s1, s2, b'.', f1,
            f2, f3, b'Z',
        ]
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_text())
    }
}

/// What a message shows as the form of a time.
pub(crate) const EXAMPLE: &str = "2026-11-22T10:00:00.000Z";

/// The two digits of a value below 100.
fn two_digits(value: u32) -> [u8; 2] {
    let value = u8::try_from(value).unwrap_or(0);
    // `0` to `9` differ in their low bits only.
    [b'0' | value.div_euclid(10), b'0' | value.rem_euclid(10)]
}

/// A time with one of the `separators` between day and time of day; `zone` reads what stands behind it, as minutes east of UTC.
fn parse(text: &str, separators: &[u8], zone: impl FnOnce(&[u8]) -> Option<i64>) -> Option<Timestamp> {
    let mut rest = text.as_bytes();
    let year = digits(&mut rest, 4)?;
    literal(&mut rest, b"-")?;
    let month = digits(&mut rest, 2)?;
    literal(&mut rest, b"-")?;
    let day = digits(&mut rest, 2)?;
    let spaced = literal(&mut rest, b" ").is_some();
    if !spaced {
        rest.first().filter(|byte| separators.contains(byte))?;
        rest = rest.get(1..)?;
    }
    let hour = digits(&mut rest, 2)?;
    literal(&mut rest, b":")?;
    let minute = digits(&mut rest, 2)?;
    literal(&mut rest, b":")?;
    let second = digits(&mut rest, 2)?;
    let mut millis = 0;
    if !spaced && literal(&mut rest, b".").is_some() {
        millis = fraction(&mut rest)?;
    }
    let east = if spaced { (rest == b" +0000").then_some(0)? } else { zone(rest)? };
    let local = from_civil([year, month, day, hour, minute, second], millis)?;
    Timestamp::from_unix_millis(local.0.saturating_sub(east.saturating_mul(MINUTE_MILLIS))).ok()
}

/// `Z`, `+HH:MM` or `+HHMM`, in minutes east of UTC.
fn offset_minutes(mut rest: &[u8]) -> Option<i64> {
    if matches!(rest, b"Z" | b"z") {
        return Some(0);
    }
    let east = literal(&mut rest, b"+").is_some();
    if !east {
        literal(&mut rest, b"-")?;
    }
    let hours = digits(&mut rest, 2)?;
    // Without a colon, too, as one of the SDKs writes it.
    let _ = literal(&mut rest, b":");
    let minutes = digits(&mut rest, 2)?;
    if !rest.is_empty() || hours > 23 || minutes > 59 {
        return None;
    }
    let offset = i64::from(hours.wrapping_mul(60).wrapping_add(minutes));
    Some(if east { offset } else { offset.saturating_neg() })
}

/// One to nine digits, floored to milliseconds.
fn fraction(rest: &mut &[u8]) -> Option<u32> {
    let count = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let whole = digits(rest, count.min(3))?;
    let ignored = count.saturating_sub(3);
    if count == 0 || ignored > 6 {
        return None;
    }
    digits(rest, ignored)?;
    Some(match count {
        1 => whole.wrapping_mul(100),
        2 => whole.wrapping_mul(10),
        _ => whole,
    })
}

/// An HTTP date (`Sun, 22 Nov 2026 10:00:00 GMT`, RFC 9110's preferred form). The day's name is not checked.
pub(crate) fn parse_http_date(text: &str) -> Option<Timestamp> {
    const MONTHS: [&[u8; 3]; 12] =
        [b"Jan", b"Feb", b"Mar", b"Apr", b"May", b"Jun", b"Jul", b"Aug", b"Sep", b"Oct", b"Nov", b"Dec"];
    let (_, date) = crate::text::split_once(text, ", ")?;
    let mut rest = date.as_bytes();
    let day = digits(&mut rest, 2)?;
    literal(&mut rest, b" ")?;
    let place = MONTHS.iter().position(|name| rest.starts_with(*name))?;
    rest = rest.get(3..)?;
    literal(&mut rest, b" ")?;
    let year = digits(&mut rest, 4)?;
    literal(&mut rest, b" ")?;
    let hour = digits(&mut rest, 2)?;
    literal(&mut rest, b":")?;
    let minute = digits(&mut rest, 2)?;
    literal(&mut rest, b":")?;
    let second = digits(&mut rest, 2)?;
    let month = u32::try_from(place).ok()?.saturating_add(1);
    (rest == b" GMT").then(|| from_civil([year, month, day, hour, minute, second], 0))?
}

/// As many digits, six at most.
fn digits(rest: &mut &[u8], count: usize) -> Option<u32> {
    let (head, tail) = rest.split_at_checked(count)?;
    let mut value = 0_u32;
    for byte in head {
        let digit = byte.checked_sub(b'0').filter(|&digit| digit < 10)?;
        value = value.wrapping_mul(10).wrapping_add(digit.into());
    }
    *rest = tail;
    Some(value)
}

fn literal(rest: &mut &[u8], expected: &[u8]) -> Option<()> {
    *rest = rest.strip_prefix(expected)?;
    Some(())
}

fn from_civil([year, month, day, hour, minute, second]: [u32; 6], millis: u32) -> Option<Timestamp> {
    // A leap second (60) is no time that the emitted form could give back.
    if year < 1970 || hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    let days = days_from_civil(year, month, day);
    // A day that does not exist comes back as another.
    if civil_from_days(days) != (year, month, day) {
        return None;
    }
    let second_of_day =
        hour.wrapping_mul(HOUR).wrapping_add(minute.wrapping_mul(MINUTE)).wrapping_add(second);
    let seconds = i64::from(days).wrapping_mul(DAY.into()).wrapping_add(second_of_day.into());
    Timestamp::from_unix_millis(seconds.wrapping_mul(SECOND).wrapping_add(millis.into())).ok()
}

/// Days since 1970-01-01 in the proleptic Gregorian calendar, counted in eras of 400 years that begin in March. Years have four
/// digits and begin in 1970, months and days have two: nothing here can overflow, so it wraps, which is the least code.
fn days_from_civil(year: u32, month: u32, day: u32) -> u32 {
    let year = year.wrapping_sub(u32::from(month <= 2));
    let (era, year_of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let month_from_march = month.wrapping_add(9).rem_euclid(12);
    let day_of_year =
        month_from_march.wrapping_mul(153).wrapping_add(2).div_euclid(5).wrapping_add(day).wrapping_sub(1);
    let leap_days = year_of_era.div_euclid(4).wrapping_sub(year_of_era.div_euclid(100));
    let day_of_era = year_of_era.wrapping_mul(365).wrapping_add(leap_days).wrapping_add(day_of_year);
    era.wrapping_mul(146_097).wrapping_add(day_of_era).wrapping_sub(719_468)
}

/// The inverse of [`days_from_civil`].
fn civil_from_days(days: u32) -> (u32, u32, u32) {
    let days = days.wrapping_add(719_468);
    let (era, day_of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let leap_days = day_of_era
        .div_euclid(1_460)
        .wrapping_sub(day_of_era.div_euclid(36_524))
        .wrapping_add(day_of_era.div_euclid(146_096));
    let year_of_era = day_of_era.wrapping_sub(leap_days).div_euclid(365);
    let days_before = year_of_era
        .wrapping_mul(365)
        .wrapping_add(year_of_era.div_euclid(4))
        .wrapping_sub(year_of_era.div_euclid(100));
    let day_of_year = day_of_era.wrapping_sub(days_before);
    let month_from_march = day_of_year.wrapping_mul(5).wrapping_add(2).div_euclid(153);
    let day = day_of_year
        .wrapping_sub(month_from_march.wrapping_mul(153).wrapping_add(2).div_euclid(5))
        .wrapping_add(1);
    let month = month_from_march.wrapping_add(2).rem_euclid(12).wrapping_add(1);
    let year = era.wrapping_mul(400).wrapping_add(year_of_era).wrapping_add(u32::from(month <= 2));
    (year, month, day)
}

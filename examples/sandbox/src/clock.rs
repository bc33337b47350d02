//! The server's clock, which a test may shift, and the three text forms of a time.

use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

const DAY_MS: i64 = 86_400_000;
/// Ten years: far more than any skew test needs, and every date stays four digits long.
pub(crate) const MAX_OFFSET_SECONDS: i64 = 315_360_000;

#[derive(Default)]
pub(crate) struct Clock {
    offset_ms: AtomicI64,
    last_signed_ms: AtomicI64,
}

impl Clock {
    /// Unix milliseconds as this server sees them.
    pub(crate) fn now_ms(&self) -> i64 {
        let real = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |age| age.as_millis());
        i64::try_from(real).unwrap_or(0).saturating_add(self.offset_ms.load(Ordering::Relaxed))
    }

    pub(crate) fn shift(&self, seconds: i64) {
        self.offset_ms.store(seconds.saturating_mul(1000), Ordering::Relaxed);
        self.last_signed_ms.store(0, Ordering::Relaxed);
    }

    /// A time that no earlier delivery was signed at: receivers may take one signature seen twice for an attack.
    pub(crate) fn signing_ms(&self) -> i64 {
        let now = self.now_ms();
        let last = self
            .last_signed_ms
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |last| Some(now.max(last + 1)));
        last.map_or(now, |last| now.max(last + 1))
    }
}

/// `2026-11-22T10:00:00.000Z`, the form that the services sign.
pub(crate) fn stamp(ms: i64) -> String {
    let (year, month, day) = civil(ms.div_euclid(DAY_MS));
    let (hour, minute, second) = time_of_day(ms);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{:03}Z", ms.rem_euclid(1000))
}

/// `Sun, 22 Nov 2026 10:00:00 GMT`, the form of the `Date` header.
pub(crate) fn http_date(ms: i64) -> String {
    const DAYS: [&str; 7] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let name = |names: &[&'static str], at: i64| usize::try_from(at).ok().and_then(|i| names.get(i).copied());
    let days = ms.div_euclid(DAY_MS);
    let (year, month, day) = civil(days);
    let (hour, minute, second) = time_of_day(ms);
    let weekday = name(&DAYS, days.rem_euclid(7)).unwrap_or("Thu");
    let month = name(&MONTHS, month - 1).unwrap_or("Jan");
    format!("{weekday}, {day:02} {month} {year:04} {hour:02}:{minute:02}:{second:02} GMT")
}

/// `10:00:00`, for the log.
pub(crate) fn log_time(ms: i64) -> String {
    let (hour, minute, second) = time_of_day(ms);
    format!("{hour:02}:{minute:02}:{second:02}")
}

/// Reads exactly `YYYY-MM-DDTHH:MM:SS.mmmZ`: other precisions are a documented cause of error 2205.
pub(crate) fn parse_stamp(text: &str) -> Option<i64> {
    const SHAPE: &[u8; 24] = b"0000-00-00T00:00:00.000Z";
    let bytes: &[u8; 24] = text.as_bytes().try_into().ok()?;
    let fits = SHAPE.iter().zip(bytes).all(|(shape, byte)| match shape {
        b'0' => byte.is_ascii_digit(),
        other => byte == other,
    });
    if !fits {
        return None;
    }
    let number = |from: usize, to: usize| text.get(from..to)?.parse::<i64>().ok();
    let (year, month, day) = (number(0, 4)?, number(5, 7)?, number(8, 10)?);
    let (hour, minute, second) = (number(11, 13)?, number(14, 16)?, number(17, 19)?);
    if hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    let days = days_of(year, month, day);
    // A date that does not exist (30 February) comes back as another one.
    if civil(days) != (year, month, day) {
        return None;
    }
    Some(days * DAY_MS + ((hour * 60 + minute) * 60 + second) * 1000 + number(20, 23)?)
}

fn time_of_day(ms: i64) -> (i64, i64, i64) {
    let seconds = ms.rem_euclid(DAY_MS) / 1000;
    (seconds / 3600, seconds / 60 % 60, seconds % 60)
}

/// Days since 1970-01-01, counted in years that start in March so that leap days come last.
fn days_of(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

/// The inverse of [`days_of`].
fn civil(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = era * 400 + year_of_era + i64::from(month <= 2);
    (year, month, day_of_year - (153 * shifted + 2) / 5 + 1)
}

#[cfg(test)]
mod tests {
    use super::{http_date, parse_stamp, stamp};

    #[test]
    fn times_round_trip() {
        for text in ["1970-01-01T00:00:00.000Z", "2024-02-29T23:59:59.999Z", "2026-11-22T10:00:00.001Z"] {
            assert_eq!(parse_stamp(text).map(stamp).as_deref(), Some(text));
        }
        assert_eq!(http_date(784_111_777_000), "Sun, 06 Nov 1994 08:49:37 GMT");
    }

    #[test]
    fn other_forms_are_refused() {
        for text in [
            "2026-11-22T10:00:00Z",
            "2026-11-22T10:00:00.000000Z",
            "2026-11-22T10:00:00.000+00:00",
            "2026-02-30T10:00:00.000Z",
            "2026-13-01T10:00:00.000Z",
            "2026-00-01T10:00:00.000Z",
            "2026-11-22T24:00:00.000Z",
            "2026-11-22t10:00:00.000Z",
            "",
        ] {
            assert_eq!(parse_stamp(text), None, "{text}");
        }
    }
}

//! The types of `time` 0.3 for texts with a format: instants with their offset, and dates.

pub use time::{Date, OffsetDateTime};

use time::UtcOffset;
use time::format_description::well_known::{Iso8601, Rfc3339};

use crate::typed::{FormatType, is_full_date};

/// `date-time`: an instant with its offset (RFC 3339).
impl FormatType for OffsetDateTime {
    fn parse(text: &str) -> Option<Self> {
        Self::parse(text, &Rfc3339).ok()
    }

    fn to_text(&self) -> String {
        // The format has neither offsets with seconds nor years before 0.
        let written = self.format(&Rfc3339);
        let written = written.or_else(|_| self.to_offset(UtcOffset::UTC).format(&Rfc3339));
        written.unwrap_or_else(|_| self.to_string())
    }
}

/// `date`: a full date (RFC 3339).
impl FormatType for Date {
    fn parse(text: &str) -> Option<Self> {
        if is_full_date(text) { Self::parse(text, &Iso8601::DATE).ok() } else { None }
    }

    fn to_text(&self) -> String {
        self.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Typed;
    use crate::typed::{assert_kept, assert_parsed};
    use time::Month;

    fn instant(seconds: i64, nanoseconds: u32, hours: i8) -> OffsetDateTime {
        let utc = OffsetDateTime::from_unix_timestamp(seconds).unwrap();
        let utc = utc.replace_nanosecond(nanoseconds).unwrap();
        utc.to_offset(UtcOffset::from_hms(hours, 0, 0).unwrap())
    }

    /// The examples of RFC 3339 §5.8.
    #[test]
    fn instants() {
        assert_parsed("1985-04-12T23:20:50.52Z", &instant(482_196_050, 520_000_000, 0));
        assert_parsed("1996-12-19T16:39:57-08:00", &instant(851_042_397, 0, -8));
        for text in ["2026-04-01", "2026-04-01T10:00:00", "tomorrow", "1711965600", ""] {
            assert_kept::<OffsetDateTime>(text);
        }
        let typed = Typed::from(instant(851_042_397, 0, -8));
        assert_eq!(typed.as_str(), "1996-12-19T16:39:57-08:00");
        // An offset of 90 seconds is none of the format.
        let odd = instant(851_042_397, 0, 0).to_offset(UtcOffset::from_hms(0, 1, 30).unwrap());
        assert_eq!(Typed::from(odd).as_str(), "1996-12-20T00:39:57Z");
    }

    #[test]
    fn dates() {
        let date = Date::from_calendar_date(2024, Month::February, 29).unwrap();
        assert_parsed("2024-02-29", &date);
        for text in ["2023-02-29", "20240229", "2024-02-29T10:00:00Z", "2024-2-29", ""] {
            assert_kept::<Date>(text);
        }
        assert_eq!(Typed::from(date).as_str(), "2024-02-29");
    }
}

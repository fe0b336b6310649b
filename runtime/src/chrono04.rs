//! The types of `chrono` 0.4 for texts with a format: instants with their offset, and dates.

pub use chrono::NaiveDate;

use chrono::{FixedOffset, SecondsFormat};

use crate::typed::{FormatType, is_full_date};

/// An instant with its offset.
pub type DateTime = chrono::DateTime<FixedOffset>;

/// `date-time`: an instant with its offset (RFC 3339).
impl FormatType for DateTime {
    fn parse(text: &str) -> Option<Self> {
        Self::parse_from_rfc3339(text).ok()
    }

    fn to_text(&self) -> String {
        self.to_rfc3339_opts(SecondsFormat::AutoSi, true)
    }
}

/// `date`: a full date (RFC 3339).
impl FormatType for NaiveDate {
    fn parse(text: &str) -> Option<Self> {
        if is_full_date(text) { text.parse().ok() } else { None }
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

    fn instant(seconds: i64, nanoseconds: u32, offset: i32) -> DateTime {
        let utc = chrono::DateTime::from_timestamp(seconds, nanoseconds).unwrap();
        utc.with_timezone(&FixedOffset::east_opt(offset).unwrap())
    }

    /// The examples of RFC 3339 §5.8.
    #[test]
    fn instants() {
        assert_parsed("1985-04-12T23:20:50.52Z", &instant(482_196_050, 520_000_000, 0));
        assert_parsed("1996-12-19T16:39:57-08:00", &instant(851_042_397, 0, -8 * 3600));
        for text in ["2026-04-01", "2026-04-01T10:00:00", "tomorrow", "1711965600", ""] {
            assert_kept::<DateTime>(text);
        }
        let typed = Typed::from(instant(851_042_397, 0, -8 * 3600));
        assert_eq!(typed.as_str(), "1996-12-19T16:39:57-08:00");
        let typed = Typed::from(instant(851_042_397, 0, 0));
        assert_eq!(typed.as_str(), "1996-12-20T00:39:57Z");
    }

    #[test]
    fn dates() {
        assert_parsed("2024-02-29", &NaiveDate::from_ymd_opt(2024, 2, 29).unwrap());
        for text in ["2023-02-29", "20240229", "2024-02-29T10:00:00Z", "2024-2-29", ""] {
            assert_kept::<NaiveDate>(text);
        }
        let typed = Typed::from(NaiveDate::from_ymd_opt(2024, 2, 29).unwrap());
        assert_eq!(typed.as_str(), "2024-02-29");
    }
}

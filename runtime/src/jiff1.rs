//! The types of `jiff` 1 for texts with a format: instants, dates and durations.

pub use jiff::civil::Date;
pub use jiff::{Span, Timestamp};

use crate::typed::{FormatType, is_full_date};

/// `date-time`: an instant; the text also has the offset (RFC 3339).
impl FormatType for Timestamp {
    fn parse(text: &str) -> Option<Self> {
        text.parse().ok()
    }

    fn to_text(&self) -> String {
        self.to_string()
    }
}

/// `date`: a full date (RFC 3339).
impl FormatType for Date {
    fn parse(text: &str) -> Option<Self> {
        if is_full_date(text) { text.parse().ok() } else { None }
    }

    fn to_text(&self) -> String {
        self.to_string()
    }
}

/// `duration`: years to seconds, each as it is written (RFC 3339, appendix A).
impl FormatType for Span {
    fn parse(text: &str) -> Option<Self> {
        // The library also reads `5 hours`, which no server of this format sends.
        let is_iso = text.trim_start_matches(['-', '+']).starts_with('P');
        if is_iso { text.parse().ok() } else { None }
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

    /// The examples of RFC 3339 §5.8; the last two are one instant.
    #[test]
    fn instants() {
        for (text, seconds, nanoseconds) in [
            ("1985-04-12T23:20:50.52Z", 482_196_050, 520_000_000),
            ("1996-12-19T16:39:57-08:00", 851_042_397, 0),
            ("1996-12-20T00:39:57Z", 851_042_397, 0),
        ] {
            assert_parsed(text, &Timestamp::new(seconds, nanoseconds).unwrap());
        }
        for text in ["2026-04-01", "2026-04-01T10:00:00", "tomorrow", "1711965600", ""] {
            assert_kept::<Timestamp>(text);
        }
        let typed = Typed::from(Timestamp::new(482_196_050, 520_000_000).unwrap());
        assert_eq!(typed.as_str(), "1985-04-12T23:20:50.52Z");
    }

    #[test]
    fn dates() {
        assert_parsed("2024-02-29", &Date::new(2024, 2, 29).unwrap());
        for text in ["2023-02-29", "20240229", "2024-02-29T10:00:00Z", "2024-2-29", ""] {
            assert_kept::<Date>(text);
        }
        assert_eq!(Typed::from(Date::new(2024, 2, 29).unwrap()).as_str(), "2024-02-29");
    }

    #[test]
    fn durations() {
        let span = Span::new().days(3).hours(4).minutes(59);
        let typed = Typed::<Span>::from_text("P3DT4H59M");
        assert_eq!(typed.value().map(|it| it.fieldwise()), Some(span.fieldwise()));
        assert_eq!(Typed::from(span).as_str(), "P3DT4H59M");
        for text in ["3 days", "P", "3:59", ""] {
            assert_kept::<Span>(text);
        }
    }
}

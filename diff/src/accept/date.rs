//! Days of the calendar, from `YYYY-MM-DD` or a count of days.

use std::fmt;

/// A day of the Gregorian calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

impl Date {
    /// The last day that can be written.
    pub const LAST: Self = Self { year: 9999, month: 12, day: 31 };

    /// Reads `YYYY-MM-DD`; `None` when it is written otherwise or there is no
    /// such day.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        let is_shaped = bytes.len() == 10
            && bytes.iter().enumerate().all(|(index, byte)| match index {
                4 | 7 => *byte == b'-',
                _ => byte.is_ascii_digit(),
            });
        if !is_shaped {
            return None;
        }
        let (year, month, day) =
            (text[..4].parse().ok()?, text[5..7].parse().ok()?, text[8..].parse().ok()?);
        let exists = (1..=12).contains(&month) && (1..=length(year, month)).contains(&day);
        exists.then_some(Self { year, month, day })
    }

    /// Returns the day this many days after 1970-01-01; `None` after 9999.
    pub fn of_days(mut days: u64) -> Option<Self> {
        let mut year = 1970;
        while days >= days_of(year) {
            days -= days_of(year);
            year += 1;
            if year > 9999 {
                return None;
            }
        }
        let mut month = 1;
        while days >= u64::from(length(year, month)) {
            days -= u64::from(length(year, month));
            month += 1;
        }
        Some(Self { year, month, day: u8::try_from(days + 1).ok()? })
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

fn is_leap(year: u16) -> bool {
    year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
}

fn days_of(year: u16) -> u64 {
    if is_leap(year) { 366 } else { 365 }
}

/// Returns how many days a month has.
fn length(year: u16, month: u8) -> u8 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_since_1970_are_counted_over_leap_years() {
        // From `date -u -d @$((days * 86400))`.
        for (days, text) in [
            (0, "1970-01-01"),
            (59, "1970-03-01"),
            (11_016, "2000-02-29"),
            (19_782, "2024-02-29"),
            (20_779, "2026-11-22"),
            (47_541, "2100-03-01"),
        ] {
            assert_eq!(Date::of_days(days).map(|it| it.to_string()), Some(text.to_owned()));
        }
        assert_eq!(Date::of_days(u64::MAX), None);
    }

    #[test]
    fn only_days_that_exist_are_read() {
        for good in ["2024-02-29", "2000-02-29", "9999-12-31", "0001-01-01"] {
            assert_eq!(Date::parse(good).map(|it| it.to_string()), Some(good.to_owned()));
        }
        for bad in
            ["2023-02-29", "1900-02-29", "2026-13-01", "2026-00-01", "2026-04-31", "2026-1-01"]
        {
            assert_eq!(Date::parse(bad), None, "{bad}");
        }
        for bad in ["", "2026-04-0é", "+026-04-01", "2026/04/01", "2026-04-01T00:00:00Z"] {
            assert_eq!(Date::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn days_compare_as_they_follow() {
        let day = |text| Date::parse(text).unwrap();
        assert!(day("2025-12-31") < day("2026-01-01"));
        assert!(day("2026-01-31") < day("2026-02-01"));
    }
}

//! The formats of strings that can be told for certain.

use std::net::{Ipv4Addr, Ipv6Addr};

/// Returns whether a text is of a format; of one that is not known here, every text is.
pub(super) fn is_valid(format: &str, text: &str) -> bool {
    match format {
        "date" => date(text).is_some(),
        "time" => time(text).is_some(),
        "date-time" => is_date_time(text),
        "duration" => is_duration(text),
        "uuid" => is_uuid(text),
        "uri" => is_uri(text),
        "email" => is_email(text),
        "ipv4" => text.parse::<Ipv4Addr>().is_ok(),
        "ipv6" => text.parse::<Ipv6Addr>().is_ok(),
        "hostname" => is_hostname(text),
        _ => true,
    }
}

/// Returns the number that a part of a text is, of that many digits.
fn number(text: &str, from: usize, n: usize) -> Option<u32> {
    let digits = text.get(from..from + n)?;
    digits.bytes().all(|it| it.is_ascii_digit()).then(|| digits.parse().ok())?
}

fn has(text: &str, at: usize, among: &[u8]) -> bool {
    text.as_bytes().get(at).is_some_and(|it| among.contains(it))
}

/// `full-date` (RFC 3339 §5.6), of a day that there is.
fn date(text: &str) -> Option<()> {
    let (year, month, day) = (number(text, 0, 4)?, number(text, 5, 2)?, number(text, 8, 2)?);
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let last = match month {
        4 | 6 | 9 | 11 => 30,
        2 if is_leap => 29,
        2 => 28,
        _ => 31,
    };
    let is_right = text.len() == 10
        && has(text, 4, b"-")
        && has(text, 7, b"-")
        && (1..=12).contains(&month)
        && (1..=last).contains(&day);
    is_right.then_some(())
}

/// `full-time` (RFC 3339 §5.6); a leap second is the last of a day in UTC.
fn time(text: &str) -> Option<()> {
    let (hour, minute, second) = (number(text, 0, 2)?, number(text, 3, 2)?, number(text, 6, 2)?);
    let mut rest = text.get(8..)?;
    if let Some(fraction) = rest.strip_prefix('.') {
        rest = fraction.trim_start_matches(|c: char| c.is_ascii_digit());
        if rest.len() == fraction.len() {
            return None;
        }
    }
    let minutes_of_day = 24 * 60;
    let offset = match rest.as_bytes() {
        [b'Z' | b'z'] => 0,
        [sign @ (b'+' | b'-'), _, _, b':', _, _] => {
            let (hours, minutes) = (number(rest, 1, 2)?, number(rest, 4, 2)?);
            if hours > 23 || minutes > 59 {
                return None;
            }
            let ahead = hours * 60 + minutes;
            // What is ahead of UTC is behind it by the rest of the day.
            if *sign == b'+' { minutes_of_day - ahead } else { ahead }
        }
        _ => return None,
    };
    let in_utc = (hour * 60 + minute + offset) % minutes_of_day;
    let is_right = has(text, 2, b":")
        && has(text, 5, b":")
        && hour <= 23
        && minute <= 59
        && (second <= 59 || (second == 60 && in_utc + 1 == minutes_of_day));
    is_right.then_some(())
}

/// `date-time` (RFC 3339 §5.6); a space may stand for the `T`, as its note says.
fn is_date_time(text: &str) -> bool {
    let parts = text.get(..10).zip(text.get(11..));
    has(text, 10, b"Tt ")
        && parts.is_some_and(|(day, hours)| date(day).is_some() && time(hours).is_some())
}

/// `duration` (RFC 3339 appendix A).
fn is_duration(text: &str) -> bool {
    let Some(rest) = text.strip_prefix('P') else { return false };
    let (days, hours) = match rest.split_once('T') {
        Some((_, "")) => return false,
        Some((days, hours)) => (days, hours),
        None => (rest, ""),
    };
    let is_weeks = hours.is_empty() && !rest.contains('T') && is_units(days, "W");
    let is_all = is_units(days, "YMD") && is_units(hours, "HMS");
    !rest.is_empty() && (is_weeks || is_all)
}

/// Returns whether a text is digits and a unit, any number of times, with the units in this order, none left out
/// between two.
fn is_units(mut text: &str, units: &str) -> bool {
    let mut before: Option<usize> = None;
    while !text.is_empty() {
        let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
        let unit = rest.chars().next();
        let Some(at) = unit.and_then(|it| units.find(it)) else { return false };
        if rest.len() == text.len() || before.is_some_and(|before| at != before + 1) {
            return false;
        }
        before = Some(at);
        text = &rest[1..];
    }
    true
}

/// RFC 9562 §4.
fn is_uuid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(index, byte)| match index {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}

/// A URI begins with its scheme and has the characters of RFC 3986 alone (§2, §3.1).
fn is_uri(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else { return false };
    let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.bytes().all(|it| it.is_ascii_alphanumeric() || b"+-.".contains(&it));
    let bytes = rest.as_bytes();
    let is_right = |(index, byte): (usize, &u8)| match byte {
        b'%' => [1, 2].iter().all(|n| bytes.get(index + n).is_some_and(u8::is_ascii_hexdigit)),
        byte => byte.is_ascii_alphanumeric() || b"-._~:/?#[]@!$&'()*+,;=".contains(byte),
    };
    is_scheme && bytes.iter().enumerate().all(is_right)
}

/// What no address is without: a name, an `@`, a domain (RFC 5321 §4.1.2, with §4.5.3.1 on lengths).
fn is_email(text: &str) -> bool {
    let Some((name, domain)) = text.rsplit_once('@') else { return false };
    let is_quoted = name.len() > 1 && name.starts_with('"') && name.ends_with('"');
    let is_name = !name.is_empty()
        && (is_quoted || !name.contains(['@', ' ', '(', ')', ',', ';', '<', '>', '\\']));
    is_name
        && !domain.is_empty()
        && !domain.contains(char::is_whitespace)
        && !text.chars().any(char::is_control)
}

/// RFC 1123 §2.1, with a dot at the end or without.
fn is_hostname(text: &str) -> bool {
    let name = text.strip_suffix('.').unwrap_or(text);
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    name.len() <= 253 && name.split('.').all(is_label)
}

#[cfg(test)]
mod tests {
    use super::is_valid;

    #[track_caller]
    fn check(format: &str, valid: &[&str], invalid: &[&str]) {
        for (texts, expected) in [(valid, true), (invalid, false)] {
            for text in texts {
                assert_eq!(is_valid(format, text), expected, "{format} {text:?}");
            }
        }
    }

    /// The examples of RFC 3339 §5.8, and days that there are not.
    #[test]
    fn days_and_times_are_those_of_rfc_3339() {
        check(
            "date-time",
            &[
                "1985-04-12T23:20:50.52Z",
                "1996-12-19T16:39:57-08:00",
                "1990-12-31T23:59:60Z",
                "1990-12-31T15:59:60-08:00",
                "1937-01-01T12:00:27.87+00:20",
                "2000-02-29t00:00:00z",
                "2000-01-01 00:00:00Z",
            ],
            &[
                "",
                "2000-01-01T00:00:00",
                "2000-01-01T24:00:00Z",
                "2000-01-01T00:00:60Z",
                "1990-12-31T15:59:60+08:00",
                "2000-01-01T00:00:00.Z",
                "2000-01-01T00:00:00+1:00",
                "2000-01-01T00:00:00+24:00",
                "2000-01-01TT0:00:00Z",
                "२०००-01-01T00:00:00Z",
            ],
        );
        check(
            "date",
            &["2024-02-29", "0000-01-01"],
            &["2023-02-29", "1900-02-29", "2024-13-01", "2024-04-31", "2024-1-01", "2024-01-01Z"],
        );
        check(
            "time",
            &["08:30:06.283185Z", "23:59:59+05:30"],
            &["08:30:06", "8:30:06Z", "24:00:00Z"],
        );
    }

    /// RFC 3339 appendix A: its grammar has no fraction, no sign, and no unit left out between two.
    #[test]
    fn durations_are_those_of_rfc_3339() {
        check(
            "duration",
            &["P4DT12H30M5S", "P4Y", "PT0S", "P1M", "PT1M", "PT36H", "P1DT12H", "P2W", "P1Y2M3D"],
            &[
                "", "P", "PT", "P1DT", "PT1D", "P2D1Y", "P1D2H", "4DT5H", "P1", "PT1Y", "P1Y2W",
                "P1Y1D", "P٢Y",
            ],
        );
    }

    #[test]
    fn names_and_addresses() {
        check(
            "uuid",
            &["f81d4fae-7dec-11d0-a765-00a0c91e6bf6", "F81D4FAE-7DEC-11D0-A765-00A0C91E6BF6"],
            &[
                "f81d4fae7dec11d0a76500a0c91e6bf6",
                "{f81d4fae-7dec-11d0-a765-00a0c91e6bf6}",
                "g81d4fae-7dec-11d0-a765-00a0c91e6bf6",
            ],
        );
        // Valid: the examples of RFC 3986 §1.1.2.
        check(
            "uri",
            &[
                "ftp://ftp.is.co.za/rfc/rfc1808.txt",
                "ldap://[2001:db8::7]/c=GB?objectClass?one",
                "mailto:John.Doe@example.com",
                "tel:+1-816-555-1212",
                "urn:oasis:names:specification:docbook:dtd:xml:4.1.2",
                "https://a/%41",
            ],
            &["/a", "a", "", "1a:b", "https://a b", "https://a/%4", "https://ä", "https://a/<b>"],
        );
        check(
            "email",
            &["a@b", "\"a b\"@example.com", "o'hara+x@example.com", "a@[127.0.0.1]"],
            &["", "a", "@b", "a@", "a b@c", "a@b c", "a@b@c"],
        );
        check("ipv4", &["127.0.0.1"], &["127.0.0.01", "256.0.0.1", "1.2.3", "1.2.3.4.5"]);
        check(
            "ipv6",
            &["::1", "2001:db8::1", "::ffff:1.2.3.4"],
            &["::1%eth0", "1::2::3", "12345::"],
        );
        let long = "a".repeat(64);
        check(
            "hostname",
            &["example.com", "a", "xn--4gbwdl.xn--wgbh1c", "1.example"],
            &["", "-a", "a-", "a..b", "a_b", ".", "ä.de", &long],
        );
        check("nobody-knows", &["", "x"], &[]);
    }
}

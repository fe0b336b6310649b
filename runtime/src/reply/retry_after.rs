//! Parses the header `Retry-After` (RFC 9110 section 10.2.3).

use std::time::{Duration, SystemTime};

use http::HeaderMap;
use http::header::{DATE, HeaderName, RETRY_AFTER};

pub(super) fn read(headers: &HeaderMap, now: Option<SystemTime>) -> Option<Duration> {
    let value = text(headers, RETRY_AFTER)?;
    if let Some(seconds) = seconds(value) {
        return Some(Duration::from_secs(seconds));
    }
    let until = httpdate::parse_http_date(value).ok()?;
    let sent = text(headers, DATE).and_then(|date| httpdate::parse_http_date(date).ok());
    Some(until.duration_since(sent.or(now)?).unwrap_or_default())
}

/// Reads digits, and beyond the RFC a negative number, which can only mean "now".
fn seconds(value: &str) -> Option<u64> {
    let digits = value.strip_prefix('-').unwrap_or(value);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    // A number too large for the type is as good as forever.
    let seconds = digits.parse().unwrap_or(u64::MAX);
    Some(if value.starts_with('-') { 0 } else { seconds })
}

fn text(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    Some(headers.get(name)?.to_str().ok()?.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wait(retry_after: &str, date: Option<&str>, now: Option<SystemTime>) -> Option<u64> {
        let mut headers = HeaderMap::new();
        headers.insert(RETRY_AFTER, retry_after.parse().unwrap());
        if let Some(date) = date {
            headers.insert(DATE, date.parse().unwrap());
        }
        read(&headers, now).map(|wait| wait.as_secs())
    }

    #[test]
    fn seconds_need_no_clock() {
        let cases = [
            ("120", Some(120)),
            (" 7 ", Some(7)),
            ("0", Some(0)),
            ("-5", Some(0)),
            ("1000000000", Some(1_000_000_000)),
            ("99999999999999999999999", Some(u64::MAX)),
            ("-", None),
            ("+5", None),
            ("1.5", None),
            ("soon", None),
            ("", None),
        ];
        for (value, expected) in cases {
            assert_eq!(wait(value, None, None), expected, "{value}");
        }
    }

    #[test]
    fn dates_are_relative_to_the_reply_or_to_the_given_time() {
        // The three spellings of one instant in RFC 9110 section 5.6.7: 784111777 seconds.
        let instant = SystemTime::UNIX_EPOCH + Duration::from_secs(784_111_777);
        let minute_before = instant - Duration::from_secs(60);
        for spelling in [
            "Sun, 06 Nov 1994 08:49:37 GMT",
            "Sunday, 06-Nov-94 08:49:37 GMT",
            "Sun Nov  6 08:49:37 1994",
        ] {
            assert_eq!(wait(spelling, None, None), None);
            assert_eq!(wait(spelling, None, Some(minute_before)), Some(60));
            assert_eq!(wait(spelling, Some("Sun, 06 Nov 1994 08:49:07 GMT"), None), Some(30));
            // The server's clock wins over ours.
            let date = Some("Sun, 06 Nov 1994 08:49:27 GMT");
            assert_eq!(wait(spelling, date, Some(minute_before)), Some(10));
            assert_eq!(wait(spelling, Some("Mon, 07 Nov 1994 08:49:37 GMT"), None), Some(0));
            assert_eq!(wait(spelling, Some("garbage"), Some(minute_before)), Some(60));
        }
    }
}

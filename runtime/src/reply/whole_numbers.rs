//! Rewrites JSON in which a whole number is written with a fraction, as `1.0`.
//!
//! JSON Schema takes it for an integer (2020-12 Validation, section 6.1.1), and some servers write it so. A type for
//! integers does not read it, and one that did would make each type of a document larger; so a body that cannot be
//! decoded is rewritten and decoded once more.

use std::ops::Range;

use zeroize::Zeroizing;

/// The number up to which each whole number is one of 64-bit floating point.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// Returns the text with `1.0`, `1e3` and the like as `1` and `1000`; `None` if it has none of them.
pub(super) fn without_fractions(json: &str) -> Option<Zeroizing<String>> {
    let found = found(json);
    if found.is_empty() {
        return None;
    }
    let n_more: usize = found.iter().map(|(_, whole)| whole.len()).sum();
    // It never grows, so that no copy of a secret is left behind.
    let mut acc = Zeroizing::new(String::with_capacity(json.len() + n_more));
    let mut done = 0;
    for (range, whole) in found {
        acc.push_str(&json[done..range.start]);
        acc.push_str(&whole);
        done = range.end;
    }
    acc.push_str(&json[done..]);
    Some(acc)
}

/// Returns the whole numbers with a fraction or an exponent, each as an integer.
fn found(json: &str) -> Vec<(Range<usize>, String)> {
    let bytes = json.as_bytes();
    let (mut acc, mut at) = (Vec::new(), 0);
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' => at = end_of_string(bytes, at),
            b'-' | b'0'..=b'9' => {
                let is_part = |it: &&u8| it.is_ascii_digit() || b"+-.eE".contains(it);
                let end = at + bytes[at..].iter().take_while(is_part).count();
                acc.extend(whole(&json[at..end]).map(|whole| (at..end, whole)));
                at = end;
            }
            _ => at += 1,
        }
    }
    acc
}

/// Returns the position after a string that begins here.
fn end_of_string(bytes: &[u8], start: usize) -> usize {
    let mut at = start + 1;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' => return at + 1,
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    bytes.len()
}

/// Returns a number that is whole, and not written so, as an integer.
fn whole(number: &str) -> Option<String> {
    let is_zeros = |it: &str| !it.is_empty() && it.bytes().all(|it| it == b'0');
    let whole = match number.split_once('.') {
        Some((whole, fraction)) if is_zeros(fraction) => whole.to_owned(),
        _ if number.contains(['e', 'E']) => {
            let value: f64 = number.parse().ok()?;
            // What is larger may have been rounded.
            let is_whole = value.fract() == 0.0 && value.abs() <= EXACT;
            is_whole.then(|| value.to_string())?
        }
        _ => return None,
    };
    // A type without a sign reads no `-0`.
    Some(if whole == "-0" { "0".to_owned() } else { whole })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_are_written_without_a_fraction() {
        for (json, expected) in [
            ("1.0", "1"),
            ("-2.00", "-2"),
            ("[1e3, 1.5e1, 100E-2]", "[1000, 15, 1]"),
            ("-0.0", "0"),
            ("9007199254740993.0", "9007199254740993"),
            ("9e15", "9000000000000000"),
            (r#"{"a": "1.0", "b\"1.0": 2.0}"#, r#"{"a": "1.0", "b\"1.0": 2}"#),
        ] {
            assert_eq!(
                without_fractions(json).as_deref().map(String::as_str),
                Some(expected),
                "{json}"
            );
        }
    }

    proptest::proptest! {
        #[test]
        fn a_value_stays_what_it_is(n: i32, digits in 0..4_usize, text in ".*") {
            let _ = without_fractions(&text);
            let text = serde_json::json!(text);
            let json = format!("[{text}, {n}.{:0<width$}, {n}.5]", "", width = digits + 1);
            let whole = without_fractions(&json).unwrap();
            let expected = serde_json::json!([text, n, f64::from(n) + 0.5_f64.copysign(f64::from(n))]);
            let found: serde_json::Value = serde_json::from_str(&whole).unwrap();
            proptest::prop_assert_eq!(found, expected);
        }
    }

    #[test]
    fn what_has_none_stays() {
        for json in ["1", "1.5", "-0.25", "1e-3", "1e300", "1.", r#""1.0"#, "\"1.0\"", "[]", ""] {
            assert!(without_fractions(json).is_none(), "{json}");
        }
    }
}

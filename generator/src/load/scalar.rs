//! What a plain scalar of YAML is: null, a flag, a number or a text.
//!
//! The core schema of YAML 1.2.2 (10.3.2) with what `serde_yaml` adds to it: `0b11`, a sign before `0x`, `1.` and
//! `.5`, and texts where it has numbers: `007`, and numbers that no float is near to.

use serde_yaml::{Number, Value};

/// Returns the value of a scalar without quotes and tag.
pub(super) fn plain(text: &str) -> Value {
    match text.as_bytes() {
        [] | b"~" | b"null" | b"Null" | b"NULL" => Value::Null,
        b"true" | b"True" | b"TRUE" => Value::Bool(true),
        b"false" | b"False" | b"FALSE" => Value::Bool(false),
        [b'0'..=b'9' | b'+' | b'-' | b'.', ..] => {
            number(text).map_or_else(|| text.into(), Value::Number)
        }
        _ => text.into(),
    }
}

fn number(text: &str) -> Option<Number> {
    let (is_negative, unsigned) = match text.as_bytes() {
        [b'-', ..] => (true, &text[1..]),
        [b'+', ..] => (false, &text[1..]),
        _ => (false, text),
    };
    let digits = unsigned.as_bytes();
    // Of two signs, and of zeros before a number.
    let is_text = matches!(digits, [b'+' | b'-', ..])
        || matches!(digits, [b'0', _, ..] if digits.iter().all(u8::is_ascii_digit));
    if is_text {
        return None;
    }
    integer(unsigned, is_negative).or_else(|| float(text, unsigned, is_negative))
}

fn integer(unsigned: &str, is_negative: bool) -> Option<Number> {
    let (digits, radix) = match unsigned.as_bytes() {
        [b'0', b'x', ..] => (&unsigned[2..], 16),
        [b'0', b'o', ..] => (&unsigned[2..], 8),
        [b'0', b'b', ..] => (&unsigned[2..], 2),
        _ => (unsigned, 10),
    };
    // The standard library takes a sign.
    if digits.starts_with(['+', '-']) {
        return None;
    }
    if !is_negative {
        if let Ok(it) = u64::from_str_radix(digits, radix) {
            return Some(it.into());
        }
        let long = u128::from_str_radix(digits, radix).ok()?;
        return Some(rounded(long).into());
    }
    let magnitude = u128::from_str_radix(digits, radix).ok()?;
    let whole = i128::try_from(magnitude).map(|it| -it);
    // The least of them has no positive one beside it.
    let whole =
        whole.ok().or_else(|| (magnitude == i128::MIN.unsigned_abs()).then_some(i128::MIN))?;
    Some(i64::try_from(whole).map_or_else(|_| (-rounded(magnitude)).into(), Number::from))
}

#[expect(clippy::cast_precision_loss, reason = "parsers of JSON round such numbers, too")]
fn rounded(whole: u128) -> f64 {
    whole as f64
}

fn float(text: &str, unsigned: &str, is_negative: bool) -> Option<Number> {
    let float = match unsigned {
        ".inf" | ".Inf" | ".INF" if is_negative => f64::NEG_INFINITY,
        ".inf" | ".Inf" | ".INF" => f64::INFINITY,
        ".nan" | ".NaN" | ".NAN" if unsigned == text => f64::NAN.copysign(1.0),
        _ => {
            let sign = if is_negative { -1.0 } else { 1.0 };
            unsigned.parse::<f64>().ok().filter(|it| it.is_finite())? * sign
        }
    };
    Some(float.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The tags that YAML 1.2.2, 10.3.2 gives, but for what `serde_yaml` reads otherwise, which is said.
    #[test]
    fn scalars_are_resolved() {
        let int = |it: i64| Value::from(it);
        let float = |it: f64| Value::from(it);
        let text = |it: &str| Value::from(it);
        let (yes, no) = (Value::from(true), Value::from(false));
        let table: &[(&[&str], Value)] = &[
            (&["", "~", "null", "Null", "NULL"], Value::Null),
            (&["true", "True", "TRUE"], yes),
            (&["false", "False", "FALSE"], no),
            (&["0", "-0", "+0", "0x0", "0o0"], int(0)),
            (&["12", "+12", "0xC", "0o14"], int(12)),
            (&["-19"], int(-19)),
            (&["0x3A", "0x3a"], int(58)),
            (&["9223372036854775807"], int(i64::MAX)),
            (&["-9223372036854775808"], int(i64::MIN)),
            (&["18446744073709551615"], Value::from(u64::MAX)),
            (&["1.5", "+1.5", "15e-1", "0.15E+1", "1.50"], float(1.5)),
            (&["0.", "+0.0", ".0"], float(0.0)),
            (&["-0.0"], float(-0.0)),
            (&["12e03", "12E03", "+12e3"], float(12_000.0)),
            (&[".5", "0.5"], float(0.5)),
            (&["-2E+05"], float(-200_000.0)),
            (&[".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF"], float(f64::INFINITY)),
            (&["-.inf", "-.Inf", "-.INF"], float(f64::NEG_INFINITY)),
            // Beside the schema: two more ways to write integers.
            (&["0b1010", "+0xA", "+0b1010", "+0o12"], int(10)),
            (&["-0xA", "-0o12", "-0b1010"], int(-10)),
            // What has more bits than an integer is rounded.
            (&["18446744073709551616", "0x10000000000000000"], float(18_446_744_073_709_551_616.0)),
            (&["-9223372036854775809"], float(-9_223_372_036_854_775_808.0)),
        ];
        for (spellings, value) in table {
            for it in *spellings {
                assert_eq!(format!("{:?}", plain(it)), format!("{value:?}"), "{it}");
            }
        }
        // Not of the schema: no number of YAML 1.1, no date, no word for a flag.
        for it in [
            "nULL",
            "tRUE",
            "yes",
            "no",
            "on",
            "off",
            "y",
            "N",
            "1_000",
            "0x1_0",
            "190:20:30",
            "0X1F",
            "0O7",
            "0o8",
            "0xG",
            "0x",
            "0o",
            "0b2",
            "+",
            "-",
            ".",
            "..",
            "-.",
            "+-1",
            "-+1",
            "--1",
            "0x-1",
            "-0x-1",
            "+0x+1",
            "1e",
            "e5",
            "inf",
            "nan",
            "-inf",
            "+nan",
            "-.nan",
            "+.nan",
            ".iNF",
            "infinity",
            "+infinity",
            "2025-10",
            "2025-10-01",
            "12:30",
            "1 2",
            "1,5",
            "0x1.8p1",
            "٣",
        ] {
            assert_eq!(plain(it), text(it), "{it}");
        }
        // Of the schema, and texts all the same: they are rather a code or an id than a number.
        for it in ["00", "007", "+007", "-007", "0123456789"] {
            assert_eq!(plain(it), text(it), "{it}");
        }
        // No float is near to them.
        for it in ["1e999", "-1e999"] {
            assert_eq!(plain(it), text(it), "{it}");
        }
        assert!(matches!(plain(".nan"), Value::Number(it) if it.is_nan()));
    }

    #[test]
    fn scalars_are_what_the_other_parser_takes_them_for() {
        let signs = ["", "-", "+", "--", "+-"];
        let prefixes = ["", "0x", "0o", "0b", "0", ".", "00"];
        let digits = [
            "",
            "0",
            "7",
            "1",
            "10",
            "1f",
            "1.5",
            "1.",
            "1e3",
            "1e-3",
            "1E400",
            "inf",
            "nan",
            "NaN",
            "INF",
            "1_0",
            "9223372036854775807",
            "9223372036854775808",
            "18446744073709551615",
            "18446744073709551616",
            "170141183460469231731687303715884105727",
            "170141183460469231731687303715884105728",
            "170141183460469231731687303715884105729",
            "340282366920938463463374607431768211455",
            "340282366920938463463374607431768211456",
            "ffffffffffffffff",
            "ffffffffffffffffff",
            "e",
            "x",
            "-1",
            "+1",
        ];
        for sign in signs {
            for prefix in prefixes {
                for digits in digits {
                    let it = format!("{sign}{prefix}{digits}");
                    // A dash alone begins an element.
                    if it == "-" {
                        continue;
                    }
                    let other =
                        super::super::show(super::super::parse_rare_yaml, &format!("a: {it}\n"));
                    let ours = Value::Mapping([("a".into(), plain(&it))].into_iter().collect());
                    assert_eq!(Ok(format!("{ours:?}")), other, "{it}");
                }
            }
        }
    }
}

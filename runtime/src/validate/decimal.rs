//! Compares numbers by their decimal digits, so that bounds such as `0.1` mean what they say.

use std::cmp::Ordering;

/// A number: `digits` times a power of ten.
#[derive(Clone, Copy, Debug)]
pub(super) struct Decimal {
    digits: i128,
    exponent: i32,
}

impl Decimal {
    /// Reads a number of JSON, or one as Rust writes it; `None` if it has more than 38 digits.
    pub(super) fn of(text: &str) -> Option<Self> {
        let (mantissa, exponent) = match text.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().ok()?),
            None => (text, 0),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let fraction = fraction.trim_end_matches('0');
        let n = i32::try_from(fraction.len()).ok()?;
        let digits = format!("{whole}{fraction}").parse().ok()?;
        Some(Self { digits, exponent: exponent.checked_sub(n)? }.shortest())
    }

    fn shortest(mut self) -> Self {
        while self.digits != 0 && self.digits % 10 == 0 && self.exponent < i32::MAX {
            self.digits /= 10;
            self.exponent += 1;
        }
        if self.digits == 0 { Self { digits: 0, exponent: 0 } } else { self }
    }

    /// Returns the digits with a smaller exponent, if there is room for them.
    fn digits_at(self, exponent: i32) -> Option<i128> {
        let n = u32::try_from(self.exponent.checked_sub(exponent)?).ok()?;
        self.digits.checked_mul(10_i128.checked_pow(n)?)
    }

    /// Compares two numbers; `None` if their digits are too far apart.
    pub(super) fn compare(self, other: Self) -> Option<Ordering> {
        let exponent = self.exponent.min(other.exponent);
        if self.digits.signum() != other.digits.signum() {
            return Some(self.digits.signum().cmp(&other.digits.signum()));
        }
        match (self.digits_at(exponent), other.digits_at(exponent)) {
            (Some(one), Some(other)) => Some(one.cmp(&other)),
            // Of the same sign, what does not fit into 38 digits is further from zero.
            (None, Some(_)) => Some(self.digits.cmp(&0)),
            (Some(_), None) => Some(0.cmp(&other.digits)),
            (None, None) => None,
        }
    }

    /// Returns whether this is a multiple of another number; `None` if that cannot be told.
    pub(super) fn is_multiple_of(self, other: Self) -> Option<bool> {
        if self.digits == 0 {
            return Some(true);
        }
        let exponent = self.exponent.min(other.exponent);
        self.digits_at(exponent)?.checked_rem(other.digits_at(exponent)?).map(|it| it == 0)
    }

    /// Returns a text that all equal numbers have.
    pub(super) fn text(self) -> String {
        format!("{}e{}", self.digits, self.exponent)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Decimal {
        Decimal::of(text).unwrap_or_else(|| panic!("{text}"))
    }

    #[test]
    fn numbers_are_compared_digit_by_digit() {
        use Ordering::{Equal, Greater, Less};
        for (one, other, expected) in [
            ("1", "1.0", Equal),
            ("0.30000000000000004", "0.3", Greater),
            ("18446744073709551615", "18446744073709551614", Greater),
            ("-5", "3", Less),
            ("1e300", "-1e-300", Greater),
            ("1e300", "7", Greater),
            ("-1e300", "-7", Less),
            ("7", "1e300", Less),
            ("-0.0", "0", Equal),
            ("100", "1e2", Equal),
        ] {
            assert_eq!(of(one).compare(of(other)), Some(expected), "{one} {other}");
        }
    }

    /// The first four are of the test suite of JSON Schema.
    #[test]
    fn multiples_are_those_of_decimals() {
        for (number, of_what, expected) in [
            ("0.0075", "0.0001", Some(true)),
            ("0.00751", "0.0001", Some(false)),
            ("4.5", "1.5", Some(true)),
            ("35", "1.5", Some(false)),
            ("0.3", "0.1", Some(true)),
            ("19.99", "0.01", Some(true)),
            ("0", "7", Some(true)),
            ("-6", "3", Some(true)),
            ("1e308", "0.123456789", None),
            ("7", "0", None),
        ] {
            assert_eq!(of(number).is_multiple_of(of(of_what)), expected, "{number} {of_what}");
        }
    }

    #[test]
    fn what_is_no_short_number_is_none() {
        for text in ["", "x", "inf", "NaN", "1e99999999999", &"9".repeat(50)] {
            assert!(Decimal::of(text).is_none(), "{text}");
        }
    }
}

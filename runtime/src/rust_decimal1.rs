//! The type of `rust_decimal` 1 for texts with the format `decimal`.

pub use rust_decimal::Decimal;

use crate::typed::FormatType;

/// `decimal`: a number with up to 28 digits, as a text.
impl FormatType for Decimal {
    fn parse(text: &str) -> Option<Self> {
        // What has more digits would be rounded.
        Self::from_str_exact(text).ok()
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

    #[test]
    fn digits_are_kept_and_never_rounded() {
        assert_parsed("1.10", &Decimal::new(110, 2));
        assert_parsed("-0.1", &Decimal::new(-1, 1));
        assert_parsed("+1", &Decimal::new(1, 0));
        assert_eq!(Typed::from(Decimal::new(110, 2)).as_str(), "1.10");
        for text in ["0.00000000000000000000000000000000001", "1,5", "12 EUR", ""] {
            assert_kept::<Decimal>(text);
        }
    }
}

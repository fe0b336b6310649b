//! The type of `uuid` 1 for texts with the format `uuid`.

pub use uuid::Uuid;

use crate::typed::FormatType;

/// `uuid` (RFC 9562).
impl FormatType for Uuid {
    fn parse(text: &str) -> Option<Self> {
        Self::try_parse(text).ok()
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

    /// The example of RFC 9562 §4, whose letters may be in either case.
    #[test]
    fn the_case_of_letters_is_kept() {
        let uuid = Uuid::from_u128(0xf81d_4fae_7dec_11d0_a765_00a0_c91e_6bf6);
        assert_parsed("f81d4fae-7dec-11d0-a765-00a0c91e6bf6", &uuid);
        assert_parsed("F81D4FAE-7DEC-11D0-A765-00A0C91E6BF6", &uuid);
        assert_eq!(Typed::from(uuid).as_str(), "f81d4fae-7dec-11d0-a765-00a0c91e6bf6");
        for text in ["f81d4fae-7dec-11d0-a765", "pet_1", ""] {
            assert_kept::<Uuid>(text);
        }
    }
}

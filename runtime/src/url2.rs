//! The type of `url` 2 for texts with the formats `uri` and `url`.

pub use url::Url;

use crate::typed::FormatType;

/// `uri` and `url`: an absolute URL.
impl FormatType for Url {
    fn parse(text: &str) -> Option<Self> {
        Self::parse(text).ok()
    }

    fn to_text(&self) -> String {
        self.as_str().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Typed;
    use crate::typed::{assert_kept, assert_parsed};

    /// The URL Standard gives the two one serialization.
    #[test]
    fn what_the_library_normalizes_is_kept() {
        let url = Url::parse("https://example.com/").unwrap();
        assert_parsed("https://example.com/", &url);
        assert_parsed("HTTPS://EXAMPLE.com:443", &url);
        assert_eq!(Typed::from(url).as_str(), "https://example.com/");
        for text in ["/pets/1", "example.com", ""] {
            assert_kept::<Url>(text);
        }
    }
}

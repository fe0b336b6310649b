//! Every code in, the page that explains them out.

/// Returns the page.
pub fn page() -> String {
    String::new()
}

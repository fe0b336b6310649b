//! The servers that operations have of their own, beside the base URL of the client.

use crate::base_url::{BaseUrl, BaseUrlError};

/// A server that a document declares for some of its operations, which send their requests there and not
/// to the base URL of the client.
///
/// Its URL is what the document says, or what [`ClientBuilder::server`](crate::ClientBuilder::server) was
/// given for it. Setting the base URL does not move it: credentials of an operation are sent to the
/// servers that the document declares for it, and to no other unless the caller names one.
///
/// ```
/// use tamarack_runtime::DeclaredServer;
///
/// const UPLOADS: DeclaredServer =
///     DeclaredServer { url: "https://{region}.uploads.example/v1", variables: &[("region", "us")] };
/// assert_eq!(UPLOADS.base_url(&[])?.as_str(), "https://us.uploads.example/v1");
/// assert_eq!(UPLOADS.base_url(&[("region", "eu")])?.as_str(), "https://eu.uploads.example/v1");
/// # Ok::<(), tamarack_runtime::BaseUrlError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct DeclaredServer {
    /// The URL, with variables in braces: absolute, or a path on the host of the base URL.
    pub url: &'static str,
    /// The variables that have a default, each with it.
    pub variables: &'static [(&'static str, &'static str)],
}

impl DeclaredServer {
    /// Returns the URL with these values in place of the defaults, for
    /// [`ClientBuilder::server`](crate::ClientBuilder::server).
    ///
    /// A URL that is a path has no host: the error is [`BaseUrlError::Relative`].
    pub fn base_url(&self, variables: &[(&str, &str)]) -> Result<BaseUrl, BaseUrlError> {
        self.filled("", variables.iter().copied())
    }

    /// Returns the URL for a client with this base URL. A variable that the caller made the base URL with
    /// has the same value here; one of the document's own base URL only where nothing else is its default.
    pub(crate) fn on(&self, base: &BaseUrl) -> Result<BaseUrl, BaseUrlError> {
        let origin = if self.url.starts_with('/') { base.origin() } else { "" };
        if base.is_default() {
            return self.filled(origin, self.variables.iter().copied().chain(base.variables()));
        }
        self.filled(origin, base.variables())
    }

    fn filled<'a>(
        &'a self,
        origin: &str,
        variables: impl Iterator<Item = (&'a str, &'a str)>,
    ) -> Result<BaseUrl, BaseUrlError> {
        // The first of two values of a variable counts.
        let variables: Vec<_> = variables.chain(self.variables.iter().copied()).collect();
        BaseUrl::from_template(&format!("{origin}{}", self.url), &variables)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILES: DeclaredServer = DeclaredServer {
        url: "https://{region}.files.example/{version}",
        variables: &[("version", "v2")],
    };

    #[test]
    fn variables_have_the_values_of_the_base_url() {
        let base =
            BaseUrl::from_template("https://{region}.a.example", &[("region", "eu")]).unwrap();
        assert_eq!(FILES.on(&base).unwrap().as_str(), "https://eu.files.example/v2");
        let values = [("region", "us"), ("version", "v3")];
        assert_eq!(FILES.base_url(&values).unwrap().as_str(), "https://us.files.example/v3");
        let plain = BaseUrl::parse("https://a.example").unwrap();
        let missing = BaseUrlError::MissingVariable { name: "region".into() };
        assert_eq!(FILES.on(&plain), Err(missing));
    }

    #[test]
    fn variables_of_the_default_base_url_are_no_choice() {
        let values = [("region", "eu"), ("version", "v1")];
        let base = BaseUrl::from_template("https://{region}.a.example/{version}", &values).unwrap();
        assert_eq!(FILES.on(&base).unwrap().as_str(), "https://eu.files.example/v1");
        assert_eq!(FILES.on(&base.into_default()).unwrap().as_str(), "https://eu.files.example/v2");
    }

    #[test]
    fn a_path_is_on_the_host_of_the_base_url() {
        let server = DeclaredServer { url: "/{version}/raw", variables: &[("version", "v2")] };
        let base = BaseUrl::parse("https://a.example:8443/v1").unwrap();
        assert_eq!(server.on(&base).unwrap().as_str(), "https://a.example:8443/v2/raw");
        assert_eq!(server.base_url(&[]), Err(BaseUrlError::Relative));
    }
}

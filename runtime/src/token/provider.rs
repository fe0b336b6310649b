//! The trait of token providers, so that code can use any source of tokens, and tests need no network.

use std::fmt;

use super::access_token::AccessToken;
use super::error::TokenError;
use super::source::TokenSource;
use crate::secret::Secret;
use crate::transport::BoxFuture;

/// A provider of bearer tokens.
pub trait TokenProvider: Send + Sync {
    /// Returns a usable token.
    fn token(&self) -> BoxFuture<'_, Result<AccessToken, TokenError>>;

    /// Tells the provider that an API has rejected this token. Does nothing by default.
    fn invalidate(&self, token: &AccessToken) {
        let _ = token;
    }
}

impl<P: TokenProvider + ?Sized> TokenProvider for std::sync::Arc<P> {
    fn token(&self) -> BoxFuture<'_, Result<AccessToken, TokenError>> {
        (**self).token()
    }

    fn invalidate(&self, token: &AccessToken) {
        (**self).invalidate(token);
    }
}

impl TokenProvider for TokenSource {
    fn token(&self) -> BoxFuture<'_, Result<AccessToken, TokenError>> {
        Box::pin(self.token())
    }

    fn invalidate(&self, token: &AccessToken) {
        self.invalidate(token);
    }
}

/// A fixed token, for example in a test.
#[derive(Clone, Debug)]
pub struct StaticToken(AccessToken);

impl StaticToken {
    /// Creates a provider of a token, whose text must be visible ASCII.
    pub fn new(text: impl Into<Secret>) -> Result<Self, TokenError> {
        AccessToken::new(&text.into()).map(Self)
    }
}

impl TokenProvider for StaticToken {
    fn token(&self) -> BoxFuture<'_, Result<AccessToken, TokenError>> {
        Box::pin(std::future::ready(Ok(self.0.clone())))
    }
}

/// A token from an environment variable, which is read each time.
#[derive(Clone, Debug)]
pub struct EnvToken {
    variable: Box<str>,
}

impl EnvToken {
    /// Creates a provider that reads a variable.
    pub fn new(variable: &str) -> Self {
        Self { variable: variable.into() }
    }

    fn read(&self) -> Result<AccessToken, TokenError> {
        match std::env::var(&*self.variable) {
            Ok(text) => AccessToken::new(&text.into()),
            // Not the error itself: it may show the value.
            Err(_) => Err(TokenError::unavailable(format!(
                "environment variable `{}` is not set or not text",
                self.variable
            ))),
        }
    }
}

impl TokenProvider for EnvToken {
    fn token(&self) -> BoxFuture<'_, Result<AccessToken, TokenError>> {
        Box::pin(std::future::ready(self.read()))
    }
}

/// A token from a function, which is called each time and has to cache by itself.
///
/// ```
/// use tamarack_runtime::token::{AccessToken, CallbackToken};
///
/// let provider = CallbackToken::new(|| async { AccessToken::new(&"from-a-vault".into()) });
/// ```
pub struct CallbackToken<F>(F);

impl<F, R> CallbackToken<F>
where
    F: Fn() -> R + Send + Sync,
    R: Future<Output = Result<AccessToken, TokenError>> + Send + 'static,
{
    /// Creates a provider that calls a function.
    pub fn new(callback: F) -> Self {
        Self(callback)
    }
}

impl<F, R> TokenProvider for CallbackToken<F>
where
    F: Fn() -> R + Send + Sync,
    R: Future<Output = Result<AccessToken, TokenError>> + Send + 'static,
{
    fn token(&self) -> BoxFuture<'_, Result<AccessToken, TokenError>> {
        Box::pin((self.0)())
    }
}

impl<F> fmt::Debug for CallbackToken<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CallbackToken")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;
    use std::task::{Context, Poll, Waker};

    fn text_of(provider: &dyn TokenProvider) -> Result<String, TokenError> {
        match provider.token().as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(result) => result.map(|token| token.expose().to_owned()),
            Poll::Pending => panic!("these are always ready"),
        }
    }

    #[test]
    fn tokens_from_everywhere() {
        assert_eq!(text_of(&StaticToken::new("abc").unwrap()).unwrap(), "abc");
        assert!(StaticToken::new("a\nb").is_err());
        let callback = CallbackToken::new(|| async { AccessToken::new(&"def".into()) });
        assert_eq!(text_of(&Arc::new(callback)).unwrap(), "def");
        let error = text_of(&EnvToken::new("TAMARACK_NO_SUCH_VARIABLE")).unwrap_err();
        let source = std::error::Error::source(&error).unwrap().to_string();
        assert!(source.contains("TAMARACK_NO_SUCH_VARIABLE"), "{source}");
        // Cargo sets it for every test.
        assert_eq!(text_of(&EnvToken::new("CARGO_PKG_NAME")).unwrap(), "tamarack-runtime");
    }
}

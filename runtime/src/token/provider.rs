//! Turns whatever a token comes from into one trait, so that code that needs a token need not know,
//! and tests need no network.

use std::fmt;

use super::access_token::AccessToken;
use super::error::TokenError;
use super::source::TokenSource;
use crate::secret::Secret;
use crate::transport::BoxFuture;

/// Has a bearer token when one is needed.
pub trait TokenProvider: Send + Sync {
    /// Returns a usable token.
    fn token(&self) -> BoxFuture<'_, Result<AccessToken, TokenError>>;

    /// Takes the word of an API that this token is not valid. Does nothing unless overridden.
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

/// The same token always: one that somebody else cares for, or one of a test.
#[derive(Clone, Debug)]
pub struct StaticToken(AccessToken);

impl StaticToken {
    /// Takes the text of a token, which must be visible ASCII.
    pub fn new(text: impl Into<Secret>) -> Result<Self, TokenError> {
        AccessToken::new(&text.into()).map(Self)
    }
}

impl TokenProvider for StaticToken {
    fn token(&self) -> BoxFuture<'_, Result<AccessToken, TokenError>> {
        Box::pin(std::future::ready(Ok(self.0.clone())))
    }
}

/// A token from an environment variable, read each time: whoever changes it need not restart.
#[derive(Clone, Debug)]
pub struct EnvToken {
    variable: Box<str>,
}

impl EnvToken {
    /// Names the variable.
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

/// A token from a function, called each time; it caches for itself.
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
    /// Takes the function.
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

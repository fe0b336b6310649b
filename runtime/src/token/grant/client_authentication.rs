//! Turns the ways in which a client proves who it is into what a token request says of it.

use std::fmt;
use std::sync::Arc;

use http::HeaderValue;

use super::assertion::{AssertionClaims, AssertionSigner};
use super::form::{self, Form};
use crate::token::credentials::ClientCredentials;
use crate::token::endpoint::EndpointError;
use crate::token::error::TokenError;
use crate::token::scrub;
use crate::wipe::WipedBuffer;

/// How a client proves at the token URL who it is: one way in each request, and no other is tried.
#[derive(Clone)]
#[non_exhaustive]
pub enum ClientAuthentication {
    /// `client_secret_basic`: id and secret by HTTP Basic, form-encoded (RFC 6749 section 2.3.1).
    Basic,
    /// `client_secret_post`: id and secret in the body, for servers that take no Basic.
    Post,
    /// `private_key_jwt` or `client_secret_jwt`: an assertion that the caller signs (RFC 7523 section
    /// 2.2).
    Assertion(Arc<dyn AssertionSigner>),
    /// `tls_client_auth` or `self_signed_tls_client_auth`: the certificate of the transport (RFC 8705
    /// section 2); the body has the client's id.
    Tls,
    /// `none`: a public client, whose id the body has (RFC 6749 section 3.2.1).
    None,
    /// Neither id nor proof, where the grant says who asks (RFC 7521 section 4.1).
    Absent,
}

impl ClientAuthentication {
    /// Makes [`Assertion`](Self::Assertion) of a signer.
    pub fn assertion(signer: impl AssertionSigner + 'static) -> Self {
        Self::Assertion(Arc::new(signer))
    }

    /// Refuses a way that sends a secret where there is none.
    pub(super) fn check(&self, credentials: &ClientCredentials) -> Result<(), TokenError> {
        credentials.check()?;
        match self {
            Self::Basic | Self::Post if !credentials.has_secret() => {
                Err(TokenError::config("the client has no secret to authenticate with"))
            }
            _ => Ok(()),
        }
    }

    /// Adds what proves the client to a request; returns the value of `Authorization`, if it has one.
    pub(super) async fn apply(
        &self,
        credentials: &ClientCredentials,
        token_url: &str,
        form: &mut Form<'_>,
    ) -> Result<Option<HeaderValue>, EndpointError> {
        let id = credentials.id().expose();
        match self {
            Self::Basic => return basic(credentials).map(Some),
            Self::Post => {
                form.push("client_id", id);
                form.push("client_secret", credentials.secret().expose());
            }
            Self::Assertion(signer) => {
                let claims = AssertionClaims::new(credentials.id(), token_url.to_owned());
                let assertion = signer.sign(&claims).await.map_err(TokenError::unavailable)?;
                form.push("client_id", id);
                form.push(
                    "client_assertion_type",
                    "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
                );
                form.push_secret("client_assertion", assertion);
            }
            Self::Tls | Self::None => form.push("client_id", id),
            Self::Absent => {}
        }
        Ok(None)
    }
}

/// Makes `Basic base64(form(id) ":" form(secret))`, in buffers that are cleared.
fn basic(credentials: &ClientCredentials) -> Result<HeaderValue, EndpointError> {
    let mut pair = WipedBuffer::new();
    form::push_encoded(&mut pair, credentials.id().expose());
    pair.push(b":");
    form::push_encoded(&mut pair, credentials.secret().expose());
    let mut value = WipedBuffer::copy_of(b"Basic ");
    value.push(scrub::base64(pair.as_ref()).as_ref());
    let mut value = HeaderValue::from_maybe_shared(value.into_bytes())
        .map_err(|_| TokenError::config("the client's id or secret cannot be sent"))?;
    value.set_sensitive(true);
    Ok(value)
}

impl fmt::Debug for ClientAuthentication {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Basic => "Basic",
            Self::Post => "Post",
            Self::Assertion(_) => "Assertion",
            Self::Tls => "Tls",
            Self::None => "None",
            Self::Absent => "Absent",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 6749 sections 2.3.1 and 4.4.2, and a pair in which every character matters.
    #[test]
    fn id_and_secret_are_encoded_before_they_are_joined() {
        for (id, secret, expected) in [
            ("s6BhdRkqt3", "gX1fBat3bV", "czZCaGRSa3F0MzpnWDFmQmF0M2JW"),
            (
                "1PpG/Q 1",
                "z/tZ9VwFZqApmIQ+ZH1I5pLk/uB4ud:X2/8bL+wfFTt1rFw=",
                "MVBwRyUyRlErMTp6JTJGdFo5VndGWnFBcG1JUSUyQlpIMUk1cExrJTJGdUI0dWQlM0FYMiUyRjhiTCUy\
                 QndmRlR0MXJGdyUzRA==",
            ),
        ] {
            let value = basic(&ClientCredentials::new(id, secret)).unwrap();
            assert_eq!(value, format!("Basic {expected}"));
            assert!(value.is_sensitive());
        }
    }
}

//! The trait of the six generated modules, so that shared tests are written once.
//!
//! The variants of each error stand here beside the status that the document
//! declares for them; a test compares the statuses with the document.

use std::error::Error;
use std::fmt::Debug;
use std::future::Future;
use std::time::Duration;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use tamarack_clients::runtime::token::{ClientCredentials, TokenSource};
use tamarack_clients::runtime::{
    ApiError, ClientBuilder, ClientCore, DeclaredErrors, Error as CallError, RawReply, Reply,
    RequestError, Secret, TransportError, Undecodable,
};

/// A generated module, used as its users would: build a client, call `get_token`, look at the error.
pub trait Api {
    /// The document, relative to `specs/`.
    const SPEC: &'static str;
    /// Each declared error status and the variant that it arrives as.
    const DECLARED: &'static [(u16, &'static str)];
    /// Of the module `client`.
    type Client: Clone + Debug + From<ClientCore>;
    /// The body of the request.
    type Request: Clone + Debug + Serialize + DeserializeOwned;
    /// The body of the response.
    type Token: Debug + DeserializeOwned;
    /// What `get_token` fails with.
    type CallError: Failure + Clone;
    /// What every operation's error becomes.
    type Error: Failure + Clone + From<Self::CallError>;

    /// Returns the module's builder.
    fn builder() -> ClientBuilder<Self::Client>;
    /// Returns a request with what the constructor asks for.
    fn request(id: &str, secret: &str) -> Self::Request;
    /// Calls `get_token`.
    fn call(
        client: &Self::Client,
        request: &Self::Request,
    ) -> impl Future<Output = Result<Reply<Self::Token>, Self::CallError>>;
    /// Returns a source of tokens with the default settings.
    fn token_source(client: &Self::Client, credentials: ClientCredentials) -> TokenSource;
    /// Returns access token, the text of the token type, and the lifetime.
    fn token(token: &Self::Token) -> (&Secret, &str, i64);
    /// Looks at the variant of an error.
    fn fate(error: &Self::CallError) -> Fate<'_>;
}

/// The methods that every generated error has.
pub trait Failure: Error + 'static {
    /// Calls `raw`.
    fn raw_reply(&self) -> Option<&RawReply>;
    /// Calls `status`.
    fn received_status(&self) -> Option<u16>;
    /// Calls `retry_after`.
    fn wait(&self) -> Option<Duration>;
}

/// The variant of an error.
#[derive(Debug)]
pub enum Fate<'a> {
    /// A declared status: the name of the variant and the decoded body.
    Declared(&'static str, Value),
    /// `Undeclared`
    Undeclared(&'a RawReply),
    /// `Undecodable`
    Undecodable(&'a Undecodable),
    /// `Request`
    Request(&'a RequestError),
    /// `Transport`
    Transport(&'a TransportError),
}

impl Fate<'_> {
    /// Returns the name of the variant.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Declared(name, _) => name,
            Self::Undeclared(_) => "Undeclared",
            Self::Undecodable(_) => "Undecodable",
            Self::Request(_) => "Request",
            Self::Transport(_) => "Transport",
        }
    }
}

macro_rules! api {
    ($(#[$doc:meta])* $name:ident, $spec:literal, $($module:ident)::+, $($status:literal => $variant:ident),+) => {
        $(#[$doc])*
        #[derive(Debug)]
        pub enum $name {}

        const _: () = {
            use tamarack_clients::$($module)::+::{self as module, client, operations, types};

            impl Api for $name {
                const SPEC: &'static str = $spec;
                const DECLARED: &'static [(u16, &'static str)] =
                    &[$(($status, stringify!($variant))),+];
                type Client = client::Client;
                type Request = types::TokenRequest;
                type Token = types::TokenResponse;
                type CallError = CallError<operations::GetTokenError>;
                type Error = module::Error;

                fn builder() -> ClientBuilder<Self::Client> {
                    client::Client::builder()
                }

                fn request(id: &str, secret: &str) -> Self::Request {
                    types::TokenRequest::new(id, secret)
                }

                async fn call(
                    client: &Self::Client,
                    request: &Self::Request,
                ) -> Result<Reply<Self::Token>, Self::CallError> {
                    client.get_token(request.clone()).await
                }

                fn token_source(client: &Self::Client, credentials: ClientCredentials) -> TokenSource {
                    client.token_source(credentials).build().expect("the credentials can be sent")
                }

                fn token(token: &Self::Token) -> (&Secret, &str, i64) {
                    (&token.access_token, token.token_type.as_str(), token.expires_in)
                }

                fn fate(error: &Self::CallError) -> Fate<'_> {
                    match error {
                        $(CallError::Declared(operations::GetTokenError::$variant(reply)) => {
                            let body = serde_json::to_value(reply.body());
                            Fate::Declared(stringify!($variant), body.expect("bodies have JSON"))
                        })+
                        CallError::Undeclared(raw) => Fate::Undeclared(raw),
                        CallError::Undecodable(error) => Fate::Undecodable(error),
                        CallError::Request(error) => Fate::Request(error),
                        CallError::Transport(error) => Fate::Transport(error),
                        other => panic!("a variant that is in no table: {other:?}"),
                    }
                }
            }
        };
    };
}

macro_rules! failure {
    ($([$($generics:tt)*] $error:ty;)+) => {$(
        impl<$($generics)*> Failure for $error {
            fn raw_reply(&self) -> Option<&RawReply> {
                self.raw()
            }

            fn received_status(&self) -> Option<u16> {
                self.status().map(|status| status.as_u16())
            }

            fn wait(&self) -> Option<Duration> {
                self.retry_after()
            }
        }
    )+};
}

failure! {
    [E: DeclaredErrors] CallError<E>;
    [] ApiError;
}

macro_rules! pinecone {
    ($($name:ident, $spec:literal, $module:ident;)+) => {$(
        api!(
            /// One version of Pinecone's.
            $name, $spec, pinecone::oauth::$module,
            400 => BadRequest, 401 => Unauthorized, 403 => Forbidden, 429 => TooManyRequests,
            500 => InternalServerError, 501 => NotImplemented, 503 => ServiceUnavailable
        );
    )+};
}

pinecone! {
    Pinecone2025_04, "pinecone/2025-04/oauth.oas.yaml", v2025_04;
    Pinecone2025_10, "pinecone/2025-10/oauth.oas.yaml", v2025_10;
    Pinecone2026_01Alpha, "pinecone/2026-01.alpha/oauth.oas.yaml", v2026_01_alpha;
    Pinecone2026_04, "pinecone/2026-04/oauth.oas.yaml", v2026_04;
}

api!(
    /// PlainID's, whose one error has no body.
    PlainId, "plainid/v1.0/token.oas.yaml", plainid::token::v1_0, 401 => Unauthorized
);

api!(
    /// Pipedream's.
    Pipedream, "pipedream/v1/oauth.oas.yaml", pipedream::oauth::v1,
    400 => BadRequest, 401 => Unauthorized, 429 => TooManyRequests
);

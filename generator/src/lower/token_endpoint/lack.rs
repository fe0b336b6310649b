//! What an operation lacks to be a token endpoint, and how an entry of the overlay that does not fit is reported.

use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::overlay;
use crate::pointer::Pointer;

/// What an operation lacks to give tokens for client credentials.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Lack {
    /// A phrase.
    pub(super) what: String,
    /// What would say it.
    pub(super) remedy: Remedy,
}

/// What of an entry of the overlay would say what is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Remedy {
    /// That there is one.
    Entry,
    /// Its `grant-type`.
    GrantType,
    /// Its `client-id`.
    ClientId,
    /// Its `client-secret`.
    ClientSecret,
    /// Its `access-token`.
    AccessToken,
    /// Nothing: the operation is for another grant, or its types hold no such request.
    Nothing,
}

impl Remedy {
    /// Returns the key of an entry.
    pub(super) fn key(self) -> Option<&'static str> {
        match self {
            Self::GrantType => Some("grant-type"),
            Self::ClientId => Some("client-id"),
            Self::ClientSecret => Some("client-secret"),
            Self::AccessToken => Some("access-token"),
            Self::Entry | Self::Nothing => None,
        }
    }

    /// Returns what an entry says under the key.
    fn said(self, entry: &overlay::TokenEndpoint) -> Option<&str> {
        match self {
            Self::GrantType => entry.grant_type.as_deref(),
            Self::ClientId => entry.client_id.as_deref(),
            Self::ClientSecret => entry.client_secret.as_deref(),
            Self::AccessToken => entry.access_token.as_deref(),
            Self::Entry | Self::Nothing => None,
        }
    }
}

impl Lack {
    pub(super) fn new(remedy: Remedy, what: impl Into<String>) -> Self {
        Self { what: what.into(), remedy }
    }

    /// Says that an entry of the overlay leaves this missing.
    pub(super) fn of_entry(&self, entry: &overlay::TokenEndpoint) -> Diagnostic {
        let title =
            format!("the `token-endpoint` entry for `{}` does not fit: {}", entry.at, self.what);
        let at = Pointer::parse(&entry.at).unwrap_or_else(Pointer::root);
        let diagnostic = Diagnostic::error(codes::UNUSED_OVERLAY, at, title).at_key();
        match (self.remedy.key(), self.remedy.said(entry)) {
            (Some(key), Some(said)) => diagnostic.help(format!("correct `{key} = \"{said}\"`")),
            (Some(key), None) => diagnostic.help(format!("say which it is with `{key} = \"...\"`")),
            (None, _) => diagnostic.help("remove the entry, or correct its `at`"),
        }
    }
}

//! The servers that operations have of their own, each URL made once.

use std::sync::{PoisonError, RwLock};

use crate::base_url::{BaseUrl, BaseUrlError};
use crate::server::DeclaredServer;

/// Where requests to the servers of operations go, for clients with the same base URL.
pub(super) struct Servers {
    /// What the caller set.
    chosen: Vec<(DeclaredServer, BaseUrl)>,
    /// What was made of the others so far: as many as the operations have.
    made: RwLock<Vec<(DeclaredServer, BaseUrl)>>,
}

impl Servers {
    pub(super) fn new(chosen: Vec<(DeclaredServer, BaseUrl)>) -> Self {
        Self { chosen, made: RwLock::default() }
    }

    /// Returns the servers for clients with another base URL, which what was made depends on.
    pub(super) fn for_another_base(&self) -> Self {
        Self::new(self.chosen.clone())
    }

    /// Returns the URL of a server for this base URL; that of an operation is kept.
    pub(super) fn of(
        &self,
        server: &DeclaredServer,
        base: &BaseUrl,
        is_kept: bool,
    ) -> Result<BaseUrl, BaseUrlError> {
        let find = |all: &[(DeclaredServer, BaseUrl)]| {
            all.iter().find(|(known, _)| known == server).map(|(_, url)| url.clone())
        };
        let known = find(&self.chosen);
        let known =
            known.or_else(|| find(&self.made.read().unwrap_or_else(PoisonError::into_inner)));
        if let Some(url) = known {
            return Ok(url);
        }
        let url = server.on(base)?;
        if is_kept {
            // Another thread may have made the same meanwhile, which is found first.
            let mut made = self.made.write().unwrap_or_else(PoisonError::into_inner);
            made.push((*server, url.clone()));
        }
        Ok(url)
    }
}

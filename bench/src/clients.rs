//! Our client and the peers, each behind the one trait.

mod gcp;
mod google;
mod husk;
mod key;
mod naive;
mod ours;
mod yup;

pub(crate) use gcp::Gcp;
pub(crate) use google::Google;
pub(crate) use husk::Huskarl;
pub(crate) use naive::Naive;
pub(crate) use ours::Ours;
pub(crate) use yup::Yup;

use tamarack_clients::runtime::http::HeaderValue;

use crate::client::Failure;

const ID: &str = "id";
const SECRET: &str = "secret";
const SCOPE: &str = "https://api.example.com/scope";

fn endpoint(origin: &str) -> String {
    format!("{origin}/oauth/token")
}

/// What a user of a client without such a function writes.
fn bearer(token: &str) -> Result<HeaderValue, Failure> {
    Ok(HeaderValue::try_from(format!("Bearer {token}"))?)
}

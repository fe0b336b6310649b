//! Turns the transports that this crate brings into reports without a breach.

use crate::with_tokio;

#[test]
fn reqwest013() {
    with_tokio(tamarack_runtime::reqwest013::Reqwest013::new().unwrap()).assert_kept();
}

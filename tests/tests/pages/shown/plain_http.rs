//! `docs/security-model.md`.

use tamarack_clients::pinecone::admin::v2026_04::client::{Client, Credential};

use super::Done;

fn in_a_cluster() -> Done {
    let client = Client::builder()
        .base_url("http://admin.pinecone-local.svc.cluster.local:8080")
        .allow_plain_http()
        .allow_credentials_over_plain_http()
        .credential(Credential::BearerAuth("the-token".into()))
        .build()?;
    drop(client);
    Ok(())
}

#[test]
fn both_words_are_needed() {
    in_a_cluster().unwrap();
    let builder = || Client::builder().base_url("http://admin.svc:8080");
    assert!(builder().build().is_err());
    assert!(builder().allow_plain_http().build().is_ok());
}

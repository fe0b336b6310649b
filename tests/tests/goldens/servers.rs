//! Turns the variables of the server's template into a base URL, each checked by its place
//! (OpenAPI 3.0.3, "Server Variable Object").

use tamarack_goldens::golden::calls::v1::client::{Client, Server, ServerPort, ServerStage};
use tamarack_goldens::golden::{shapes, unions};
use tamarack_goldens::runtime::{BaseUrl, BaseUrlError, BuildError};

use crate::InMemory;

fn url(server: Server) -> Result<String, BaseUrlError> {
    BaseUrl::try_from(server).map(|url| url.to_string())
}

fn refused(server: Server) -> Box<str> {
    match url(server) {
        Err(BaseUrlError::Variable { name, .. }) => name,
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_defaults_of_the_document() {
    let server = Server::new("acme");
    assert_eq!((server.port.as_str(), server.stage.as_str()), ("443", "live"));
    assert_eq!(url(server).unwrap(), "https://acme.calls.example:443/live");
}

#[test]
fn each_variable_has_its_place() {
    let server = Server::new("acme").with_port("8443").with_stage(ServerStage::Test);
    assert_eq!(server.port, ServerPort::N8443);
    assert_eq!(url(server).unwrap(), "https://acme.calls.example:8443/test");
}

/// A list of values in a document is what was known when it was written.
#[test]
fn a_value_that_is_not_listed_is_taken_where_it_fits() {
    let server = Server::new("a-1").with_port("1").with_stage("canary");
    assert_eq!(url(server).unwrap(), "https://a-1.calls.example:1/canary");
}

/// The tenant is one label before the domain (RFC 1123, section 2.1): no value may name another host.
#[test]
fn a_tenant_cannot_choose_the_host() {
    let long = "a".repeat(64);
    let values =
        ["", "evil.com/", "evil.com#", "evil.com?", "a.b", "u@evil", "a:1", "a b", "ü", "-a"];
    for tenant in values.into_iter().chain([long.as_str()]) {
        assert_eq!(*refused(Server::new(tenant)), *"tenant", "{tenant}");
    }
    assert!(url(Server::new("a".repeat(63))).is_ok());
}

#[test]
fn a_port_is_a_port() {
    for port in ["", "0", "65536", "+1", "443/x", "443@evil.com", "https", "4 43"] {
        assert_eq!(*refused(Server::new("acme").with_port(port)), *"port", "{port}");
    }
    assert!(url(Server::new("acme").with_port("65535")).is_ok());
}

#[test]
fn a_stage_stays_in_the_path() {
    for stage in ["..", ".", "a/../b", "%2e%2E", "a?b", "a#b", "a b", "a\\b", "a%"] {
        assert_eq!(*refused(Server::new("acme").with_stage(stage)), *"stage", "{stage}");
    }
}

#[test]
fn faults_are_reported_when_the_client_is_built() {
    let build = |server| {
        Client::builder().base_url(server).shared_transport(InMemory::replying(500, "")).build()
    };
    let error = build(Server::new("acme").with_stage("..")).unwrap_err();
    let BuildError::BaseUrl(BaseUrlError::Variable { name, .. }) = &error else {
        panic!("{error}")
    };
    assert_eq!(**name, *"stage");
    let client = build(Server::new("acme").with_stage("test")).unwrap();
    let base = client.core().base_url();
    assert_eq!(base.origin(), "https://acme.calls.example:443");
    assert_eq!(base.prefix(), "/test");
}

/// A server whose template needs a value has no default.
#[test]
fn a_client_of_nobodys_server_is_not_built() {
    let builder = Client::builder().shared_transport(InMemory::replying(500, ""));
    assert!(matches!(builder.build().unwrap_err(), BuildError::NoBaseUrl));
}

#[test]
fn the_one_server_of_a_document_is_the_default() {
    let builder = shapes::v1::Client::builder().shared_transport(InMemory::replying(500, ""));
    let client = builder.build().unwrap();
    assert_eq!(client.core().base_url().as_str(), "https://shapes.example");
    let builder = unions::v1::Client::builder().shared_transport(InMemory::replying(500, ""));
    let client = builder.build().unwrap();
    assert_eq!(client.core().base_url().as_str(), "https://unions.example");
}

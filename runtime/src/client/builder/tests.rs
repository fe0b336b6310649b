//! What the settings of a client become.

use std::error::Error as _;

use super::*;
use crate::base_url::BaseUrlError;
use crate::client::tests::Fixed;

fn builder() -> ClientBuilder<ClientCore> {
    ClientBuilder::new("test/1").transport(Fixed(0))
}

#[test]
fn a_base_url_from_every_source() {
    let base = BaseUrl::parse("https://a.example").unwrap();
    let owned = "https://a.example".to_owned();
    for builder in [
        builder().base_url("https://a.example"),
        builder().base_url(&owned),
        builder().base_url(owned.clone()),
        builder().base_url(base.clone()).default_base_url("https://b.example"),
        builder().default_base_url("https://a.example"),
    ] {
        assert_eq!(*builder.build().unwrap().base_url(), base);
    }
}

#[test]
fn faults_are_reported_by_build() {
    let error = builder().base_url("http://a.example").build().unwrap_err();
    assert!(matches!(error, BuildError::BaseUrl(BaseUrlError::PlainHttp)));
    let source = error.source().unwrap().to_string();
    assert_eq!(source, BaseUrlError::PlainHttp.to_string());
    assert!(matches!(builder().build().unwrap_err(), BuildError::NoBaseUrl));
    for user_agent in ["a\nb", "\u{e4}"] {
        let builder = builder().base_url("https://a.example").user_agent(user_agent);
        assert!(matches!(builder.build().unwrap_err(), BuildError::UserAgent));
    }
}

#[test]
fn a_base_url_without_a_path_has_the_one_of_the_document() {
    for (base_url, expected) in [
        ("https://a.example", "https://a.example/api/v3"),
        ("https://a.example/", "https://a.example/api/v3"),
        ("https://a.example/proxy", "https://a.example/proxy"),
    ] {
        let core = builder().base_path("/api/v3/").base_url(base_url).build().unwrap();
        assert_eq!(core.base_url().as_str(), expected);
    }
    let error = builder().base_path("/a b").base_url("https://a.example").build().unwrap_err();
    assert!(matches!(error, BuildError::BaseUrl(BaseUrlError::Path)));
}

#[test]
fn servers_of_operations_are_set_one_by_one() {
    const FILES: DeclaredServer = DeclaredServer { url: "https://files.example", variables: &[] };
    const OTHER: DeclaredServer = DeclaredServer { url: "/v2", variables: &[] };
    let core = builder().base_url("https://a.example/v1");
    let core = core.server(&FILES, "https://b.example").server(&FILES, "https://c.example/x");
    let core = core.build().unwrap();
    assert_eq!(core.server(&FILES).unwrap().as_str(), "https://c.example/x");
    assert_eq!(core.server(&OTHER).unwrap().as_str(), "https://a.example/v2");
    let builder = builder().base_url("https://a.example").server(&FILES, "http://b.example");
    assert!(matches!(builder.build(), Err(BuildError::BaseUrl(BaseUrlError::PlainHttp))));
}

#[cfg(not(feature = "_reqwest013"))]
#[test]
fn a_transport_is_needed() {
    let builder = ClientBuilder::<ClientCore>::new("test/1").base_url("https://a.example");
    assert!(matches!(builder.build().unwrap_err(), BuildError::NoTransport));
}

#[cfg(feature = "blocking")]
#[test]
fn a_client_without_async_has_a_transport_of_its_own_or_none() {
    let builder = || ClientBuilder::<ClientCore>::new("test/1").base_url("https://a.example");
    let built = builder().blocking().build();
    assert_eq!(built.is_ok(), cfg!(feature = "ureq3"), "{built:?}");
    let core = builder().transport(Fixed(0)).max_body(7).blocking().build();
    assert_eq!(core.unwrap().limits().max_body, 7);
}

#[test]
fn settings_reach_the_core() {
    let token = |text: &str| ("key", Credential::Token(text.into()));
    let builder = builder().base_url("https://a.example").timeout(Duration::from_secs(3));
    let builder = builder.max_body(7).user_agent("mine/2");
    let builder = builder.credential(token("hunter1")).credential(token("hunter2"));
    assert!(!format!("{builder:?}").contains("hunter"), "{builder:?}");
    let core = builder.build().unwrap();
    let limits = Limits::default().with_timeout(Duration::from_secs(3)).with_max_body(7);
    assert_eq!(*core.limits(), limits);
    assert_eq!(core.user_agent(), "mine/2");
    let Some(Credential::Token(token)) = core.credential("key") else { panic!("a token") };
    assert_eq!(token.expose(), "hunter2");
    assert!(core.credential("other").is_none());
}
